import fc, { type Arbitrary } from 'fast-check'

/** Stands for JSON that no program value can say; it is put in when the body becomes text. */
type Raw = { '@raw': string }
const raw = (json: string): Raw => ({ '@raw': json })

const nested = (levels: number) => raw('[1,{"a":'.repeat(levels / 2) + '0' + '}]'.repeat(levels / 2))

/** Texts that have broken programs before. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  '\ud83d',
  '\udc00x',
  '\u202etxet',
  '\u200f',
  '\ufeff',
  'e\u0301',
  '\u00e9',
  '１２３',
  '٣',
  'ﬁ',
  '\u0130',
  'ß',
  '\u2028',
  '\u{10ffff}',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  'null',
  'true',
  'NaN',
  'Infinity',
  '-0',
  '1e400',
  '0x10',
  '0',
  '-1',
  '9007199254740993',
  '9223372036854775808',
  '00',
  '1,5',
  '2027-02-29',
  '2027-02-30',
  '0000-00-00',
  '9999-12-31',
  '+275760-09-13',
  '-000001-01-01',
  '2027-3-1',
  '2027-01-01T00:00:00Z',
  '2027-01-01T24:00:00Z',
  '2027-01-01T23:59:60Z',
  '0001-01-01T00:00:00Z',
  "'; drop table record; --",
  '${7*7}',
  '{{7*7}}',
  '../../etc/passwd',
  '%00',
  '%',
  '<script>alert(1)</script>',
  '=1+1',
  '\\',
  '"',
  "'",
  '\r\nSet-Cookie: a=b',
  '{}',
  '[]',
  '{a,b}',
  '*',
  '_',
  '%25',
  '\\u0000',
  'TO-CN-20270301-1',
  '00000000-0000-0000-0000-000000000000',
  'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
  'working',
  'published',
  '__proto__',
  'constructor',
  'toString'
]

const oddScalars: readonly unknown[] = [
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 53),
  1e21,
  5e-324,
  Number.MAX_VALUE,
  raw('-0'),
  raw('1e400'),
  raw('-1e400'),
  raw('9007199254740993'),
  raw('9223372036854775808'),
  raw('1.0'),
  raw('1E2'),
  raw('0.1e-7'),
  raw('123456789012345678901234567890'),
  raw('"\\ud83d"'),
  raw('"\\u0000"'),
  raw('"\\ud83d\\ude00"'),
  nested(30),
  nested(500),
  [],
  {},
  [[]],
  [null],
  [{}],
  { '': 1 },
  raw('{"a":1,"a":2}'),
  raw('{"__proto__":{"x":1}}'),
  raw('{"constructor":{"prototype":{}}}')
]

export const oddText: Arbitrary<string> = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('x', '水', '𠀀', 'e\u0301')
      .chain((char) => fc.constantFrom(257, 501, 4001, 20_000).map((length) => char.repeat(length)))
  }
)
export const oddValue: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: oddText },
  { weight: 4, arbitrary: fc.constantFrom(...oddScalars) },
  { weight: 1, arbitrary: fc.array(oddText, { maxLength: 60 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) }
)

/** The text of a body, with what no value can say put in. */
export function toJsonText(value: unknown): string {
  return JSON.stringify(value, (name, inner: unknown) =>
    name === '@raw' ? `@raw:${Buffer.from(String(inner)).toString('base64')}` : inner
  ).replaceAll(/\{"@raw":"@raw:([A-Za-z0-9+/=]*)"\}/g, (_whole, encoded: string) => Buffer.from(encoded, 'base64').toString())
}
