import { tableOf, type Command, type Options } from './command.ts'

const opening = 'npm run siku -- <command> [options]'

/** The help on everything, or on the commands that begin with a word. */
export function generalHelp(commands: Record<string, { summary: string }>, prefix = ''): string {
  const shown = Object.entries(commands).filter(([name]) => prefix === '' || name.startsWith(`${prefix} `))
  return [
    opening,
    '',
    ...tableOf(shown.map(([name, { summary }]) => [name, summary])),
    '',
    'Each has its own help: npm run siku -- <command> --help. Exit codes: 0 done, 1 something is wrong, 2 not well asked.',
    'A script calls `npm run -s siku --`, or `node infra/dev/run.mjs siku`: then nothing but the answer is on standard output.'
  ].join('\n')
}

export function commandHelp(name: string, { summary, follows, more, options }: Command): string {
  const asked = [`npm run siku -- ${name}`, follows, Object.keys(options).length > 0 ? '[options]' : undefined]
  return [
    asked.filter((part) => part !== undefined).join(' '),
    '',
    `${summary}.`,
    ...(more === undefined ? [] : ['', more]),
    '',
    ...tableOf(optionLines(options))
  ].join('\n')
}

const optionLines = (options: Options): string[][] => [
  ...Object.entries(options).map(([name, { type, value, description, required, multiple }]) => [
    `--${name}${type === 'string' ? ` ${value ?? 'TEXT'}` : ''}`,
    `${description}${required ? ' (needed)' : ''}${multiple ? ' (may be given again)' : ''}`
  ]),
  ['--help', 'Shows this']
]
