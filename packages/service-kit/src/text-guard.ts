import type { Violation } from '@siku/contracts'
import type { FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { RequestInvalid } from './errors.ts'
import { textFault } from './json-inspection.ts'
import { escapePointer } from './pointer.ts'

/** Refuses NUL bytes and halves of surrogate pairs in path, query and forms; JSON is looked through while it is parsed. */
export function guardText(request: FastifyRequest, _reply: unknown, done: HookHandlerDoneFunction): void {
  const { params, query, headers } = request
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false
  if (!isForm && isEmpty(params) && isEmpty(query)) return done()
  const violations = [...faults('/params', params), ...faults('/query', query), ...(isForm ? faults('', request.body) : [])]
  done(violations.length > 0 ? RequestInvalid(summary(violations)).with({ errors: violations }) : undefined)
}

function isEmpty(values: unknown): boolean {
  for (const _name in values as object) return false
  return true
}

/** The sentence above a list of violations. */
export const summary = (violations: Violation[]): string => {
  const [first] = violations
  if (!first) return 'see errors'
  const where = first.pointer === '' ? 'the body' : first.pointer
  const more = violations.length - 1
  return `${where} ${first.detail}${more > 0 ? ` (and ${more} more, see errors)` : ''}`
}

function faults(prefix: string, values: unknown): Violation[] {
  if (typeof values !== 'object' || values === null) return []
  return Object.entries(values).flatMap(([name, value]) =>
    [name, ...(Array.isArray(value) ? value : [value])].flatMap((text) => {
      const detail = typeof text === 'string' ? textFault(text) : undefined
      return detail === undefined ? [] : [{ pointer: `${prefix}/${escapePointer(name)}`.toWellFormed().replaceAll('\0', ''), detail }]
    })
  )
}
