import { isCommonHan, scriptAt, scriptOfUnit, scripts, type Script } from './character-classes.ts'
import { addUnits, createTextUnits, type TextUnits } from './text-units.ts'
import type { WordReading } from './word-readings.ts'

/**
 * The tokens of a text, column by column: one Chinese character, one run of letters of a script, or one run of digits each. Positions are
 * UTF-16 units of the normalised text. Columns are kept and used again, because a text has hundreds of tokens and a second many texts.
 */
export type Tokens = {
  count: number
  scripts: Uint8Array
  starts: Int32Array
  ends: Int32Array
  marks: Uint8Array
  /** Of a Chinese character its number as a word of labels, of any other token its place in `readings`. */
  words: Int32Array
  readings: WordReading[]
  /** The units of the texts, one text behind the other. */
  text: TextUnits
}

/** A sentence, clause or line item ends before the token: no label reaches across. */
export const breaksBefore = 1
/** Only a hyphen stands between the token before and this one. */
export const afterHyphen = 2
/** Nothing stands between them. */
export const touches = 4
/** A function word. */
export const isFiller = 8
/** The Chinese run of the token has been cut into words. */
export const isCut = 16
/** Inside of a Chinese word. */
export const isInside = 32
/** A concept or a figure accounts for it. */
export const isCovered = 64

export function createTokens(): Tokens {
  return { count: 0, readings: [], text: createTextUnits(), ...columnsOf(512) }
}

const columnsOf = (capacity: number) => ({
  scripts: new Uint8Array(capacity),
  starts: new Int32Array(capacity),
  ends: new Int32Array(capacity),
  marks: new Uint8Array(capacity),
  words: new Int32Array(capacity)
})

export function clearTokens(tokens: Tokens): void {
  tokens.count = 0
  tokens.readings.length = 0
  tokens.text.count = 0
}

function reserve(tokens: Tokens, more: number): void {
  if (tokens.count + more <= tokens.marks.length) return
  const wider = columnsOf((tokens.count + more) * 2)
  wider.scripts.set(tokens.scripts)
  wider.starts.set(tokens.starts)
  wider.ends.set(tokens.ends)
  wider.marks.set(tokens.marks)
  wider.words.set(tokens.words)
  Object.assign(tokens, wider)
}

const breaking = /[.,;:!?¿¡。、,;:!?·•|،؛؟]|\n\s*(?:[-*–—]|\d|\n)/
const hyphen = /^[-‐‑‒–/]$/

const noWords = new Int32Array(0)

/** Adds the tokens of one normalised text and answers where its units begin; `hanWords` numbers Chinese characters as words of labels. */
export function addTokens(tokens: Tokens, text: string, hanWords: Int32Array = noWords): number {
  const length = text.length
  reserve(tokens, length)
  const base = addUnits(tokens.text, text)
  const { units } = tokens.text
  const { scripts: scriptOf, starts, ends, marks, words } = tokens
  let count = tokens.count
  let previous: Script = scripts.none
  let previousEnd = 0
  for (let at = 0; at < length;) {
    const code = units[base + at] ?? 0
    const isHan = isCommonHan(code)
    const script = isHan ? scripts.han : scriptOfUnit(code, text, at)
    if (script === scripts.none) {
      at++
      continue
    }
    const end = isHan ? at + 1 : endOfRun(text, at, script)
    scriptOf[count] = script
    starts[count] = at
    ends[count] = end
    words[count] = isHan && code < hanWords.length ? (hanWords[code] ?? 0) : 0
    marks[count] =
      previousEnd === at ? (at > 0 ? touches : 0) : marksOfGap(text, previousEnd, at, script === scripts.digits && previous === script)
    count++
    previous = script
    previousEnd = end
    at = end
  }
  tokens.count = count
  return base
}

const isHighSurrogate = (code: number): boolean => code >= 0xd800 && code < 0xdc00
const isLowSurrogate = (code: number): boolean => code >= 0xdc00 && code < 0xe000
const widthAt = (text: string, unit: number): number =>
  isHighSurrogate(text.charCodeAt(unit)) && isLowSurrogate(text.charCodeAt(unit + 1)) ? 2 : 1

/** Chinese characters stand alone; letters and digits run on. */
function endOfRun(text: string, at: number, script: Script): number {
  let end = at + widthAt(text, at)
  if (script === scripts.han) return end
  while (end < text.length && scriptAt(text, end) === script) end += widthAt(text, end)
  return end
}

// What one unit between two tokens says, judged when it is first met.
const marksOfUnit = new Uint8Array(0x10000)
const judged = 0x80

function marksOfGap(text: string, from: number, to: number, areDigits: boolean): number {
  if (to - from > 1) return breaking.test(text.slice(from, to)) ? breaksBefore : 0
  const code = text.charCodeAt(from)
  const known = marksOfUnit[code] ?? 0
  const marks = known === 0 ? judgeGap(code) : known - judged
  // The point in PM2.5 and 2,4-D belongs to the name.
  return areDigits && (code === point || code === comma) ? marks & ~breaksBefore : marks
}

const [point, comma] = [0x2e, 0x2c]

function judgeGap(code: number): number {
  const unit = String.fromCharCode(code)
  const marks = (breaking.test(unit) ? breaksBefore : 0) | (hyphen.test(unit) ? afterHyphen : 0)
  marksOfUnit[code] = marks + judged
  return marks
}

/** Digits of any script as 0-9. */
const foreignDigit = /[^\P{Nd}0-9]/u

export function asciiDigits(text: string): string {
  if (!foreignDigit.test(text)) return text
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    if (code < 0x80) return digit
    // Unicode keeps every set of ten digits together, starting at a zero.
    for (let zero = code; zero > code - 10; zero--) {
      if (!/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) return String(code - zero)
    }
    return String(code % 10)
  })
}

/** One token with its letters, as labels are filed and words looked up. */
export type Token = { script: Script; text: string; lower: string; joined: 'no' | 'hyphen' | 'touching' }

export function tokenOf({ scripts: scriptOf, starts, ends, marks }: Tokens, at: number, text: string): Token {
  const script = (scriptOf[at] ?? 0) as Script
  const own = text.slice(starts[at], ends[at])
  const mark = marks[at] ?? 0
  return {
    script,
    text: own,
    lower: script === scripts.han ? own : script === scripts.digits ? asciiDigits(own) : own.toLowerCase(),
    joined: (mark & touches) !== 0 ? 'touching' : (mark & afterHyphen) !== 0 ? 'hyphen' : 'no'
  }
}

const labelTokens = createTokens()

/** The tokens of a label. */
export function tokenise(text: string): Token[] {
  clearTokens(labelTokens)
  addTokens(labelTokens, text)
  return Array.from({ length: labelTokens.count }, (_, at) => tokenOf(labelTokens, at, text))
}
