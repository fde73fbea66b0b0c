import fc, { type Arbitrary } from 'fast-check'
import { oddText, oddValue, toJsonText } from './odd-values.ts'

type Path = (string | number)[]
export type Body = { type: string | undefined; bytes: Buffer | undefined }

const json = 'application/json'
const otherTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/json; charset=utf-16',
  'application/merge-patch+json',
  'application/JSON ',
  'a/b/c',
  '',
  'application/octet-stream'
]
const otherBytes = [
  '',
  ' ',
  'null',
  '5',
  '"x"',
  '[]',
  '{',
  '{"a":}',
  'nul',
  '{"a":1}{"b":2}',
  '\ufeff{}',
  "{'a':1}",
  '{"a":NaN}',
  '{"\\u0000":1}',
  '{"title":"x",}'
].map((text) => Buffer.from(text))
const notUtf8 = [Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d]), Buffer.from([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])]

/** Bodies from a good one: as it is, with one thing wrong, or with no JSON in it at all. */
export function bodyFrom(good: Arbitrary<unknown>): Arbitrary<Body> {
  const asJson = (value: Arbitrary<unknown>) => value.map((one): Body => ({ type: json, bytes: Buffer.from(toJsonText(one)) }))
  return fc.oneof(
    { weight: 8, arbitrary: asJson(good) },
    { weight: 9, arbitrary: asJson(fc.tuple(good, fc.nat(), change).map(([value, at, how]) => changed(value, at, how))) },
    { weight: 1, arbitrary: asJson(oddValue) },
    { weight: 1, arbitrary: fc.constantFrom(...otherBytes, ...notUtf8).map((bytes): Body => ({ type: json, bytes })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(good, fc.constantFrom(...otherTypes))
        .map(([value, type]): Body => ({ type, bytes: Buffer.from(toJsonText(value)) }))
    },
    { weight: 1, arbitrary: fc.constant<Body>({ type: undefined, bytes: undefined }) }
  )
}

type Change = { kind: 'replace' | 'add'; value: unknown; name: string } | { kind: 'remove' } | { kind: 'double' }

const change: Arbitrary<Change> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('replace' as const), value: oddValue, name: fc.constant('') }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('add' as const), value: oddValue, name: oddText }) },
  { weight: 2, arbitrary: fc.constant<Change>({ kind: 'remove' }) },
  { weight: 1, arbitrary: fc.constant<Change>({ kind: 'double' }) }
)

/** One thing wrong at one place of a value. */
function changed(value: unknown, at: number, how: Change): unknown {
  const paths = pathsIn(value)
  const path = paths[at % paths.length] ?? []
  if (path.length === 0)
    return how.kind === 'add' && isObject(value) ? { ...value, [how.name]: how.value } : how.kind === 'replace' ? how.value : value
  const copy: unknown = structuredClone(value)
  const parent = path.slice(0, -1).reduce<unknown>((inner, step) => (inner as Record<string, unknown>)[step], copy) as Record<
    string | number,
    unknown
  >
  const step = path.at(-1) ?? ''
  if (how.kind === 'replace') parent[step] = how.value
  else if (how.kind === 'remove') delete parent[step]
  else if (how.kind === 'double' && !Array.isArray(parent))
    parent[step] = { '@raw': `${toJsonText(parent[step])},${JSON.stringify(step)}:${toJsonText(parent[step])}` }
  else if (how.kind === 'add' && isObject(parent[step])) parent[step] = { ...parent[step], [how.name]: how.value }
  return copy
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => pathsIn(inner, [...path, Array.isArray(value) ? Number(name) : name]))]
}
