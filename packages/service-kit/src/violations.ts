import type { Violation } from '@siku/contracts'
import type { ErrorObject } from 'ajv'
import { escapePointer } from './pointer.ts'
import { sentenceOf } from './sentences.ts'

const violationsMax = 50

/** Body pointers stand alone (`/title`); the other parts of a request say which they are (`/query/limit`). */
const prefixes: Record<string, string> = { body: '', querystring: '/query', params: '/params', headers: '/headers' }

/** What a validator found, as pointers with sentences. */
export function toViolations(errors: ErrorObject[], part: string): Violation[] {
  const prefix = prefixes[part] ?? ''
  const violations = withoutBranches(errors).map((error) => ({
    pointer: prefix + pointerOf(error),
    detail: isAbsentBody(error, part) ? 'is required; send a JSON object' : sentenceOf(error)
  }))
  return unique(violations).slice(0, violationsMax)
}

/** Fastify hands an absent body to the validator as null. */
const isAbsentBody = ({ instancePath, keyword, data }: ErrorObject, part: string) =>
  part === 'body' && instancePath === '' && keyword === 'type' && (data === null || data === undefined)

/** The pointer names the field that is missing or unknown, not the object around it. */
function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  const field = keyword === 'required' ? params.missingProperty : keyword === 'additionalProperties' ? params.additionalProperty : undefined
  return typeof field === 'string' ? `${instancePath}/${escapePointer(field)}` : instancePath
}

/**
 * A union reports every branch that did not fit. A reader wants the one that was meant: the branch whose type fits, or the only one
 * beside null; if none stands out, the union speaks for itself.
 */
function withoutBranches(errors: ErrorObject[]): ErrorObject[] {
  let kept = errors
  for (const union of errors.filter(({ keyword }) => keyword === 'anyOf' || keyword === 'oneOf')) {
    const inside = kept.filter((error) => error !== union && error.schemaPath.startsWith(`${union.schemaPath}/`))
    const meant = meantBranch(union, inside)
    kept = kept.filter((error) => (meant ? error !== union : true) && (!inside.includes(error) || meant?.includes(error)))
  }
  return kept
}

function meantBranch(union: ErrorObject, inside: ErrorObject[]): ErrorObject[] | undefined {
  const branches = groupBranches(union, inside)
  const fitting = branches.filter((branch) => !branch.some((error) => error.instancePath === union.instancePath && isShape(error)))
  if (fitting.length === 1) return fitting[0]
  const notNull = branches.filter((branch) => !branch.some((error) => error.keyword === 'type' && error.params.type === 'null'))
  return notNull.length === 1 ? notNull[0] : undefined
}

function groupBranches(union: ErrorObject, inside: ErrorObject[]): ErrorObject[][] {
  const branches = new Map<string, ErrorObject[]>()
  for (const error of inside) {
    const branch = error.schemaPath.slice(union.schemaPath.length + 1).split('/')[0] ?? ''
    branches.set(branch, [...(branches.get(branch) ?? []), error])
  }
  return [...branches.values()]
}

const isShape = ({ keyword }: ErrorObject) => keyword === 'type' || keyword === 'const' || keyword === 'enum'

const unique = (violations: Violation[]) =>
  violations.filter((one, index) => violations.findIndex((other) => other.pointer === one.pointer && other.detail === one.detail) === index)
