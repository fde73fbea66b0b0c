import { BaseConfig, describeConfig, type ConfigRow } from '@siku/service-kit'
import { installationSettings } from '../../generate/installation-settings.ts'
import { processConfigs } from '../../generate/process-configs.ts'
import { defineCommand, jsonOption, tableOf } from './command.ts'

export const command = defineCommand({
  summary: 'Lists every setting with its default and what it is; no value of yours is shown',
  more: '`npm start`, `npm run demo` and `npm run siku` need none of them. The same as a page: infra/docs/environment.md.',
  options: { json: jsonOption },
  run: async ({ values, out }) => {
    const groups = settingGroups()
    if (values.json) return out(JSON.stringify(groups))
    for (const [group, rows] of Object.entries(groups)) {
      out(`${group}:`)
      for (const line of tableOf(rows.map((row) => [row.name, needOf(row), row.description]))) out(line)
    }
  }
})

/** The common ones once, then what each process has of its own, then what the commands read. */
function settingGroups(): Record<string, ConfigRow[]> {
  const common = new Set(Object.keys(BaseConfig.properties))
  const own = Object.entries(processConfigs).map(([service, schema]) => [
    service,
    describeConfig(schema).filter(({ name }) => !common.has(name))
  ])
  return { 'every process': describeConfig(BaseConfig), ...Object.fromEntries(own), 'the installation': installationSettings }
}

const needOf = ({ required, default: value }: ConfigRow): string => (required ? 'required' : value === null ? '' : value)
