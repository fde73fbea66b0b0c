/** Meilisearch's filter language, as its documented grammar has it; written apart from the builder it checks. */
export type FilterNode =
  | { op: 'and'; parts: FilterNode[] }
  | { op: 'or'; parts: FilterNode[] }
  | { op: 'not'; part: FilterNode }
  | { op: 'in'; field: string; values: string[] }
  | { op: 'compare'; sign: ComparisonSign; field: string; value: string }
  | { op: 'is'; what: 'null' | 'empty' | 'present'; field: string }

export type ComparisonSign = '=' | '!=' | '>' | '>=' | '<' | '<='

export class FilterSyntaxError extends Error {}

type Token = { kind: 'word' | 'value' | 'sign'; text: string }

const signs = ['>=', '<=', '!=', '=', '>', '<', '(', ')', '[', ']', ',']
const wordPattern = /[\p{L}\p{N}_.-]+/uy

export function parseFilter(text: string): FilterNode {
  const reader = readerOf(tokens(text))
  const node = parseOr(reader)
  const rest = reader.peek()
  if (rest) throw new FilterSyntaxError(`Found unexpected characters at the end of the filter: ${rest.text}`)
  return node
}

function tokens(text: string): Token[] {
  const found: Token[] = []
  for (let at = 0; at < text.length;) {
    const character = text[at] ?? ''
    if (/\s/.test(character)) {
      at += 1
      continue
    }
    const token = character === '"' || character === "'" ? quoted(text, at, character) : bare(text, at)
    found.push(token.token)
    at = token.end
  }
  return found
}

function quoted(text: string, start: number, quote: string): { token: Token; end: number } {
  let value = ''
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? ''
    if (character === quote) return { token: { kind: 'value', text: value }, end: at + 1 }
    if (character !== '\\') {
      value += character
      continue
    }
    at += 1
    const escaped = text[at]
    if (escaped !== '\\' && escaped !== '"' && escaped !== "'") throw new FilterSyntaxError(`Unknown escape \\${escaped ?? ''}`)
    value += escaped
  }
  throw new FilterSyntaxError(`Expression ${text.slice(start)} is missing the following closing delimiter: ${quote}`)
}

function bare(text: string, at: number): { token: Token; end: number } {
  const sign = signs.find((candidate) => text.startsWith(candidate, at))
  if (sign) return { token: { kind: 'sign', text: sign }, end: at + sign.length }
  wordPattern.lastIndex = at
  const word = wordPattern.exec(text)?.[0]
  if (!word) throw new FilterSyntaxError(`Unexpected character ${text[at]}`)
  return { token: { kind: 'word', text: word }, end: at + word.length }
}

type Reader = ReturnType<typeof readerOf>

function readerOf(list: Token[]) {
  let at = 0
  return {
    peek: (): Token | undefined => list[at],
    isNext: (text: string): boolean => list[at]?.kind !== 'value' && list[at]?.text === text,
    take(text: string): boolean {
      if (!this.isNext(text)) return false
      at += 1
      return true
    },
    expect(text: string): void {
      if (!this.take(text)) throw new FilterSyntaxError(`Expected ${text}, found ${list[at]?.text ?? 'the end'}`)
    },
    value(): string {
      const token = list[at]
      const isKeyword = token?.kind === 'word' && ['AND', 'OR', 'IN', 'NOT', 'TO', 'EXISTS', 'IS', 'NULL', 'EMPTY'].includes(token.text)
      if (!token || token.kind === 'sign' || isKeyword) throw new FilterSyntaxError(`Expected a value, found ${token?.text ?? 'the end'}`)
      at += 1
      return token.text
    }
  }
}

function parseOr(reader: Reader): FilterNode {
  return parseSeries(reader, { word: 'OR', op: 'or', parsePart: parseAnd })
}

function parseAnd(reader: Reader): FilterNode {
  return parseSeries(reader, { word: 'AND', op: 'and', parsePart: parseNot })
}

type Series = { word: string; op: 'and' | 'or'; parsePart: (reader: Reader) => FilterNode }

function parseSeries(reader: Reader, { word, op, parsePart }: Series): FilterNode {
  const first = parsePart(reader)
  const parts = [first]
  while (reader.take(word)) parts.push(parsePart(reader))
  return parts.length === 1 ? first : op === 'and' ? { op, parts } : { op, parts }
}

function parseNot(reader: Reader): FilterNode {
  if (reader.take('NOT')) return { op: 'not', part: parseNot(reader) }
  if (!reader.take('(')) return parseCondition(reader)
  const inner = parseOr(reader)
  reader.expect(')')
  return inner
}

function parseCondition(reader: Reader): FilterNode {
  const field = reader.value()
  if (reader.take('NOT')) return { op: 'not', part: reader.take('EXISTS') ? { op: 'is', what: 'present', field } : parseIn(reader, field) }
  if (reader.isNext('IN')) return parseIn(reader, field)
  if (reader.take('EXISTS')) return { op: 'is', what: 'present', field }
  if (reader.take('IS')) return parseIs(reader, field)
  for (const sign of ['>=', '<=', '!=', '=', '>', '<'] as const)
    if (reader.take(sign)) return { op: 'compare', sign, field, value: reader.value() }
  throw new FilterSyntaxError(`Was expecting an operation after ${field}, found ${reader.peek()?.text ?? 'the end'}`)
}

function parseIs(reader: Reader, field: string): FilterNode {
  const isNegated = reader.take('NOT')
  const what = reader.take('NULL') ? 'null' : 'empty'
  if (what === 'empty') reader.expect('EMPTY')
  const node: FilterNode = { op: 'is', what, field }
  return isNegated ? { op: 'not', part: node } : node
}

function parseIn(reader: Reader, field: string): FilterNode {
  reader.expect('IN')
  reader.expect('[')
  const values: string[] = []
  while (!reader.isNext(']')) {
    values.push(reader.value())
    if (!reader.take(',')) break
  }
  reader.expect(']')
  return { op: 'in', field, values }
}
