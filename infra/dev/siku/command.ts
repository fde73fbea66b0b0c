import type { Logger, Opened } from '@siku/service-kit'
import type { parseArgs } from 'node:util'

export type Option = {
  type: 'string' | 'boolean'
  multiple?: boolean
  short?: string
  /** What stands for the value in the help. */
  value?: string
  description: string
  required?: boolean
}
export type Options = Record<string, Option>
export type Values<O extends Options> = ReturnType<typeof parseArgs<{ options: O }>>['values']

/** What a command gets: what was asked, where to say things, and what to close when it ends, however it ends. */
export type Call<O extends Options = Options> = {
  values: Values<O>
  positionals: string[]
  opened: Opened
  log: Logger
  /** A line of the answer, on standard output. */
  out: (line: string) => void
  /** A line for a person who waits; on standard error, so that an answer for machines stays whole. */
  say: (line: string) => void
}

export type Command = {
  summary: string
  /** What may follow the name besides options, such as `[library]`. */
  follows?: string
  /** Longest number of words that may follow; none unless told. */
  followsMax?: number
  more?: string
  /** Everything after the name goes on to another program as it is. */
  passesOn?: boolean
  options: Options
  /** Gives the exit code; 0 where it gives none. */
  run: (call: Call) => Promise<number | void>
}

/** Keeps the types of the options for `run`, which the table of commands cannot know. */
export const defineCommand = <const O extends Options>(
  command: Omit<Command, 'options' | 'run'> & { options: O; run: (call: Call<O>) => Promise<number | void> }
): Command => command as unknown as Command

export const jsonOption = { type: 'boolean', description: 'Answer as JSON, for machines' } as const satisfies Option

/** Something a command cannot do for a reason the person can mend; its message is all they need. */
export class CommandError extends Error {
  readonly code: string
  /** 1 where something is wrong, 2 where the command was not well asked. */
  readonly exitCode: 1 | 2

  constructor(code: `SIKU_COMMAND_${string}`, message: string, exitCode: 1 | 2 = 1) {
    super(message)
    this.name = 'CommandError'
    this.code = code
    this.exitCode = exitCode
  }
}

export const usageError = (message: string): CommandError => new CommandError('SIKU_COMMAND_USAGE', message, 2)

/** Lines of a table, each column as wide as its widest cell. */
export function tableOf(rows: readonly (readonly (string | number)[])[], indent = '  '): string[] {
  const widths: number[] = []
  for (const row of rows) row.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, String(cell).length)))
  return rows.map((row) => `${indent}${row.map((cell, at) => pad(cell, widths[at] ?? 0)).join('  ')}`.trimEnd())
}

const pad = (cell: string | number, width: number): string => (typeof cell === 'number' ? String(cell).padStart(width) : cell.padEnd(width))
