import { parseArgs } from 'node:util'
import { CommandError, usageError, type Call, type Command } from './command.ts'
import { commands } from './commands.ts'
import { commandHelp, generalHelp } from './help.ts'
import { sentenceOf } from './sentence-of.ts'

/** Read only where a command runs: help and refusals need none of it. */
const chassis = () => import('@siku/service-kit')

export type Terminal = {
  out: (line: string) => void
  say: (line: string) => void
  /** Aborted when the person wants it to stop. */
  stopped?: AbortSignal
}

const interrupted = 130

/** Runs one command line to its end and gives the exit code. Whatever the command opened is closed again. */
export async function runSiku(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal)
  } catch (error) {
    terminal.say(error instanceof CommandError ? error.message : await sentenceOf(error))
    return error instanceof CommandError ? error.exitCode : 1
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const found = findName(args)
  if (found === undefined) return helpOrRefuse(args, terminal)
  const entry = commands[found.name]
  const command = await entry?.load()
  if (!command) throw usageError(`The command '${found.name}' cannot be loaded.`)
  if (!command.passesOn && (found.rest.includes('--help') || found.rest.includes('-h'))) {
    terminal.out(commandHelp(found.name, command))
    return 0
  }
  return runCommand(found, command, terminal)
}

type Found = { name: string; rest: string[] }

/** A name is one word or two: `keys list` before `keys`. */
function findName(args: readonly string[]): Found | undefined {
  for (const words of [2, 1]) {
    const name = args.slice(0, words).join(' ')
    if (commands[name]) return { name, rest: args.slice(words) }
  }
  return undefined
}

function helpOrRefuse(args: readonly string[], { out }: Terminal): number {
  const [first = '--help'] = args
  const isPrefix = Object.keys(commands).some((name) => name.startsWith(`${first} `))
  const asksForHelp = ['--help', '-h', 'help'].includes(first) || (isPrefix && ['--help', '-h', undefined].includes(args[1]))
  if (asksForHelp) {
    out(generalHelp(commands, isPrefix ? first : ''))
    return args.length === 0 || (isPrefix && args.length === 1) ? 2 : 0
  }
  const near = isPrefix ? Object.keys(commands).filter((name) => name.startsWith(`${first} `)) : Object.keys(commands)
  throw usageError(
    `There is no command '${args.slice(0, isPrefix ? 2 : 1).join(' ')}'. There ${near.length === 1 ? 'is' : 'are'}: ${near.join(', ')}.`
  )
}

async function runCommand({ name, rest }: Found, command: Command, { out, say, stopped }: Terminal): Promise<number> {
  const { values, positionals } = command.passesOn ? { values: {}, positionals: rest } : parse(name, command, rest)
  const { createLogger, openedThings } = await chassis()
  const log = createLogger({
    name: 'siku',
    level: process.env.LOG_LEVEL ?? 'error',
    destination: { write: (line: string) => say(line.trimEnd()) }
  })
  const opened = openedThings(log)
  try {
    const run = command
      .run({ values, positionals, opened, log, say, out: (line: string) => void out(line) } as Call)
      .then((code) => code ?? 0)
    return await Promise.race([run, untilStopped(stopped)])
  } catch (error) {
    log.debug({ event: 'command.failed', err: error }, 'a command failed')
    throw error
  } finally {
    await opened.close()
  }
}

const untilStopped = (stopped: AbortSignal | undefined) =>
  new Promise<number>((resolve) => stopped?.addEventListener('abort', () => resolve(interrupted), { once: true }))

function parse(name: string, { options, follows = '', followsMax = 0 }: Command, rest: string[]) {
  const asked = readArguments(name, options, rest)
  if (asked.positionals.length > followsMax) {
    throw usageError(
      `'${asked.positionals[followsMax]}' is one word too many for '${name}'${followsMax > 0 ? `; it takes ${follows}` : ''}.`
    )
  }
  const missing = Object.entries(options).find(([option, { required }]) => required && asked.values[option] === undefined)
  if (missing) throw usageError(`'${name}' needs --${missing[0]}: ${missing[1].description}.`)
  return asked
}

function readArguments(name: string, options: Command['options'], rest: string[]) {
  try {
    return parseArgs({ args: rest, options, allowPositionals: true, strict: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split('. ')
    throw usageError(`${sentence}. \`npm run siku -- ${name} --help\` shows what '${name}' takes.`)
  }
}
