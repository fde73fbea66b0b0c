import type { Language } from '@siku/contracts'
import { endOf, startOf, type NormalisedText } from './normalise-text.ts'
import { parseNumber } from './parse-number.ts'
import { asciiDigits } from './tokens.ts'
import type { QuantityAnnotation } from './types.ts'
import { figureWords, unitPer, type FigureIndex, type Unit } from './units.ts'

const number = String.raw`\d{1,3}(?:[ '’]\d{3})+(?!\d)(?:[.,]\d+)?|\d+(?:[.,٬٫،]\d+)*`
// A number glued to Latin or Cyrillic letters (XJ-200, H13, COVID-19) is part of a name.
const numberAt = new RegExp(String.raw`(?<![\p{Script=Latin}\p{Script=Cyrillic}\d][-–]?|\d[.,])(?:${number})`, 'gu')
const rangeTo = new RegExp(String.raw`^\s?(?:[-–—~～]|至|到|to|à|до|إلى|الى|a|and|et|y|и|e|و)\s?(${number})`, 'iu')
const quantitiesMax = 200
const rangeLookahead = 40

type QuantityField = { field: string; source: NormalisedText; hasDigits: boolean }

/** Numbers with a unit we know: value, range, comparison and where they stand. */
export function findQuantities({ field, source, hasDigits }: QuantityField, language: Language | null): QuantityAnnotation[] {
  if (!hasDigits) return []
  const text = asciiDigits(source.text)
  const found: QuantityAnnotation[] = []
  let after = 0
  for (const match of text.matchAll(numberAt)) {
    if (match.index < after) continue
    const read = readQuantity(text, match.index, match[0], language)
    if (!read) continue
    after = read.to
    const { from, to, ...quantity } = read
    found.push({ ...quantity, span: { field, start: startOf(source, from), end: endOf(source, to - 1) } })
    if (found.length >= quantitiesMax) break
  }
  return found
}

type ReadQuantity = Omit<QuantityAnnotation, 'span'> & { from: number; to: number }

function readQuantity(text: string, at: number, written: string, language: Language | null): ReadQuantity | undefined {
  const first = readUnit(text, at + written.length)
  const value = parseNumber(written, language)
  const afterFirst = first?.end ?? at + written.length
  const range = rangeTo.exec(text.slice(afterFirst, afterFirst + rangeLookahead))
  const upper = range?.[1] === undefined ? undefined : parseNumber(range[1], language)
  const last = range && readUnit(text, afterFirst + range[0].length)
  if (upper !== undefined && last && (!first || first.unit.dimension === last.unit.dimension)) {
    // In "200–1,200 kW" the unit of the end is the unit of the beginning too.
    const low = value * (first ? (first.unit.factor * first.times) / last.unit.factor : last.times)
    const high = upper * last.times
    if (high > low) return finish(text, at, { value: low, valueMax: high, unit: last.unit, end: last.end })
  }
  return first && finish(text, at, { value: value * first.times, valueMax: null, unit: first.unit, end: first.end })
}

type Figure = { value: number; valueMax: number | null; unit: Unit; end: number }

function finish(text: string, at: number, read: Figure): ReadQuantity | undefined {
  if (!Number.isFinite(read.value)) return undefined
  const before = wordBefore(text, at, figureWords().before)
  const after = wordAfter(text, read.end, figureWords().after)
  const isRange = read.valueMax !== null
  return {
    value: tidy(read.value),
    valueMax: read.valueMax === null ? null : tidy(read.valueMax),
    operator: isRange ? '=' : (after?.value ?? before?.value ?? '='),
    unit: read.unit.unit,
    dimension: read.unit.dimension,
    from: !isRange && before ? before.from : at,
    to: !isRange && after ? after.end : read.end
  }
}

/** Twelve significant digits: 0.1 × 3 is 0.3. */
const tidy = (value: number) => Number(value.toPrecision(12))

function readUnit(text: string, at: number): { unit: Unit; times: number; end: number } | undefined {
  const { multipliers, units, rates } = figureWords()
  const direct = wordAfter(text, at, units)
  const multiplier = direct ? undefined : wordAfter(text, at, multipliers)
  const unit = direct ?? (multiplier && wordAfter(text, multiplier.end + linkLength(text, multiplier.end), units))
  if (!unit) return undefined
  const times = multiplier?.value ?? 1
  const slash = /^\s?[/／]\s?/.exec(text.slice(unit.end, unit.end + 3))
  const below = slash ? wordAfter(text, unit.end + slash[0].length, units) : wordAfter(text, unit.end, rates)
  if (!below) return { unit: unit.value, times, end: unit.end }
  return { unit: unitPer(unit.value, below.value), times, end: below.end }
}

/** After "million" many languages put a preposition: 2 millions de m³. */
function linkLength(text: string, at: number): number {
  return /^\s(?:de|d'|of|من)(?=\s)/i.exec(text.slice(at, at + 5))?.[0].length ?? 0
}

const letter = /[\p{L}\p{N}]/u
const wide = /[\p{Script=Han}\p{Script=Arabic}]/u

function wordAfter<T>(text: string, at: number, index: FigureIndex<T>): { value: T; end: number } | undefined {
  const space = /^(?:\s{1,2}|-)?/.exec(text.slice(at, at + 2))?.[0].length ?? 0
  const from = at + space
  const ahead = text.slice(from, from + 40)
  const words = index.get(ahead.charAt(0).toLowerCase())
  if (!words) return undefined
  const lower = ahead.toLowerCase()
  // As written first, so that MW is not mW; then in any case, for "KW" and "Mwh" are written too.
  const fits = [(label: string) => ahead.startsWith(label), (label: string) => lower.startsWith(label.toLowerCase())]
  for (const [round, fit] of fits.entries()) {
    const word = words.find(
      ({ label, caseMatters }) => fit(label) && !(round === 1 && caseMatters && label.length < 2) && endsWord(ahead, label)
    )
    if (word) return { value: word.value, end: from + word.label.length }
  }
  return undefined
}

/** "5 m" is metres, "5 men" is not; Chinese runs on, and so does a Latin symbol before Chinese or Arabic. */
function endsWord(ahead: string, label: string): boolean {
  const next = ahead[label.length] ?? ' '
  const last = label[label.length - 1] ?? ''
  if (!letter.test(next) || !letter.test(last) || /\p{Script=Han}/u.test(last)) return true
  return wide.test(next) && !wide.test(last)
}

function wordBefore<T>(text: string, at: number, index: FigureIndex<T>): { value: T; from: number } | undefined {
  const behind = text
    .slice(Math.max(0, at - 30), at)
    .replace(/\s+$/, (space) => ' '.repeat(space.length))
    .toLowerCase()
  const trimmed = behind.trimEnd()
  const skipped = behind.length - trimmed.length
  for (const { label, value } of index.get(trimmed.charAt(trimmed.length - 1)) ?? []) {
    if (!trimmed.endsWith(label.toLowerCase())) continue
    const from = at - skipped - label.length
    const first = label[0] ?? ''
    const previous = text[from - 1] ?? ' '
    if (letter.test(first) && letter.test(previous) && !/\p{Script=Han}/u.test(first)) continue
    return { value, from }
  }
  return undefined
}
