import fc, { type Arbitrary } from 'fast-check'
import type { Document, Operation, Parameter } from '../support/openapi.ts'
import { bodyFrom, type Body } from './broken-bodies.ts'
import { oddText } from './odd-values.ts'
import { validValue } from './valid-values.ts'

/** Which of the objects known at the moment; they change while the fuzzer runs. */
export type Pick = { known: number } | { text: string }
/** At the public door also a plain member, a program, and those who have come only half way in. */
export type Caller = 'owner' | 'reviewer' | 'visitor' | 'member' | 'code needed' | 'enrolment needed' | 'key'
const usualCallers: readonly Caller[] = ['owner', 'owner', 'owner', 'reviewer', 'reviewer', 'visitor']
export type FuzzRequest = {
  caller: Caller
  ids: Pick[]
  query: [string, string][]
  rawQuery: string
  headers: Record<string, string>
  revision: 'current' | 'none' | string
  body: Body
}

const known: Arbitrary<Pick> = fc.record({ known: fc.nat(999) })
const odd: Arbitrary<Pick> = fc.oneof(
  fc.record({ text: oddText }),
  fc.uuid().map((text) => ({ text })),
  fc.constantFrom('x'.repeat(64), 'x'.repeat(256), 'x'.repeat(300)).map((text) => ({ text }))
)
const ids = (count: number) =>
  fc.array(fc.oneof({ weight: 8, arbitrary: known }, { weight: 2, arbitrary: odd }), { minLength: count, maxLength: count })

const revision: Arbitrary<FuzzRequest['revision']> = fc.oneof(
  { weight: 8, arbitrary: fc.constant('current' as const) },
  { weight: 1, arbitrary: fc.constant('none' as const) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '"r1"',
      'W/"r1"',
      '*',
      'r1',
      '"r0"',
      '"r-1"',
      '"r99999999999999999999"',
      '"r1", "r2"',
      '""',
      '"r1e3"',
      '"r2147483648"',
      '"r1.5"'
    )
  }
)

/** One odd thing at a time: a request with three of them tells only of the first. */
function mostly<T>(plain: T, odd: readonly T[]): Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(plain) }, { weight: 1, arbitrary: fc.constantFrom(...odd) })
}

const oddHeaders = mostly<Record<string, string>>({}, [
  { 'accept-language': 'zz;q=9, fr;q=x, *' },
  { 'accept-language': ','.repeat(2000) },
  { accept: 'image/png' },
  { accept: '' },
  { 'x-http-method-override': 'DELETE' },
  { 'content-encoding': 'gzip' },
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-request-id': 'made-up' },
  { range: 'bytes=0-1' },
  { 'if-none-match': '*' },
  { prefer: 'return=minimal' },
  { expect: '200-ok' },
  { cookie: '__Host-siku-session=x; a=b; a=c' },
  { host: 'evil.example' },
  { 'content-length': '5' },
  { connection: 'close, x' }
])
const oddQueries = ['a=%ZZ', '%', 'a=%ED%A0%80', '&&=&', 'a[b]=c', 'limit=1&limit=2', '__proto__=1', `a=${'x'.repeat(9000)}`]
const keys = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Record<string, string>>({}) },
  { weight: 2, arbitrary: fc.uuid().map((key) => ({ 'idempotency-key': key })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('same', 'a b', 'k'.repeat(255), 'k'.repeat(256), '', "'", '\u00e9')
      .map((key) => ({ 'idempotency-key': key }))
  }
)

/** Requests to one operation: good, at the limits, with one thing wrong, or odd all over. `good` gives bodies that get far. */
export function requestsTo(
  document: Document,
  { method, path, parameters, body }: Operation,
  { good, callers = usualCallers }: { good: readonly unknown[]; callers?: readonly Caller[] | undefined }
): Arbitrary<FuzzRequest> {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const isRead = method === 'GET' || method === 'HEAD'
  const takesBody = body?.type === 'application/json' && !isRead
  const valid = takesBody ? validValue(document, body.schema) : fc.constant({})
  const bodies = good.length > 0 ? fc.oneof(fc.constantFrom(...good), valid) : valid
  const nothing: Body = { type: undefined, bytes: undefined }
  const noBody = fc.oneof({ weight: 9, arbitrary: fc.constant(nothing) }, { weight: isRead ? 0 : 1, arbitrary: bodyFrom(fc.constant({})) })
  const bytes = fc
    .oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom('%PDF-1.7', 'PK\u0003\u0004', '<svg/>', 'a,b\n1,2', '\u0000').map((text) => Buffer.from(text))
    )
    .map((one): Body => ({ type: 'application/octet-stream', bytes: Buffer.from(one) }))
  return fc.record({
    caller: fc.constantFrom(...callers),
    ids: ids(path.split('{').length - 1),
    query: queryOf(document, inQuery),
    rawQuery: mostly('', oddQueries),
    headers: fc.tuple(oddHeaders, keys).map(([one, two]) => ({ ...one, ...two })),
    revision,
    body: takesBody
      ? bodyFrom(bodies)
      : body === undefined
        ? noBody
        : fc.oneof({ weight: 8, arbitrary: bytes }, { weight: 2, arbitrary: bodyFrom(fc.constant({})) })
  })
}

/** What is needed is mostly there, and mostly right; sometimes given twice, sometimes unknown. */
function queryOf(document: Document, parameters: readonly Parameter[]): Arbitrary<[string, string][]> {
  const lines = parameters.map(({ name, required, schema }) => {
    const value = fc.oneof({ weight: 7, arbitrary: validValue(document, schema).map(toText) }, { weight: 2, arbitrary: oddText })
    const times = fc.oneof(
      { weight: required ? 8 : 1, arbitrary: fc.constant(1) },
      { weight: required ? 1 : 4, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.constant(2) }
    )
    return times.chain((count) =>
      fc.array(
        value.map((text): [string, string] => [name, text]),
        { minLength: count, maxLength: count }
      )
    )
  })
  const unknown = fc.oneof(
    { weight: 12, arbitrary: fc.constant<[string, string][]>([]) },
    { weight: 1, arbitrary: fc.tuple(oddText, oddText).map((pair): [string, string][] => [pair]) }
  )
  return fc.tuple(...lines, unknown).map((parts) => parts.flat())
}

const toText = (value: unknown): string => (Array.isArray(value) ? value.join(',') : String(value))
