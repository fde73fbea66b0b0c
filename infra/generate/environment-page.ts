import { BaseConfig, describeConfig, type ConfigRow } from '@siku/service-kit'
import { installationSettings } from './installation-settings.ts'
import { processConfigs } from './process-configs.ts'

/** The page of every setting: the common ones once, then what each process has of its own. */
export function environmentPage(): string {
  const common = new Set(Object.keys(BaseConfig.properties))
  const processes = Object.entries(processConfigs).flatMap(([service, schema]) => [
    `## ${service}`,
    table(describeConfig(schema).filter(({ name }) => !common.has(name)))
  ])
  return `${[
    '# Settings',
    'Written by `npm run generate` from the settings schema of each process; do not edit it here. An empty value counts as absent, a name that begins with `SIKU_` and is no setting of the process stops it, and a message names what is wrong.',
    '`npm start`, `npm run demo` and `npm run siku` need none of these; `docker-compose.yml` sets them, with its secrets from `.env`.',
    '## Every process',
    table(describeConfig(BaseConfig)),
    ...processes,
    '## The installation',
    'Read by the commands and by `docker-compose.yml`, not by a service.',
    table(installationSettings)
  ].join('\n\n')}\n`
}

function table(rows: readonly ConfigRow[]): string {
  const lines = rows.map(({ name, type, required, default: value, description, example }) => {
    const shown = example === null ? description : `${description}; such as \`${example}\``
    return [`\`${name}\``, type, required ? '**required**' : value === null ? '' : `\`${value}\``, shown].map(inCell)
  })
  return [['Name', 'Type', 'Default', 'What it is'], ['---', '---', '---', '---'], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
