import { isCommonHan } from './character-classes.ts'
import { unitsOf } from './text-units.ts'

const letter = 1
const upper = 2
const lower = 4
const han = 8
const kana = 16
const judged = 32

const patterns: [number, RegExp][] = [
  [letter, /^\p{L}$/u],
  [upper, /^\p{Lu}$/u],
  [lower, /^\p{Ll}$/u],
  [han, /^\p{Script=Han}$/u],
  [kana, /^[\p{Script=Hiragana}\p{Script=Katakana}]$/u]
]

// Every unit is judged when it is first met: every text is counted through, and regular expressions would make a list of its letters.
const marksOfUnit = new Uint8Array(0x10000)

function marksOf(character: string): number {
  let marks = judged
  for (const [mark, pattern] of patterns) if (pattern.test(character)) marks |= mark
  return marks
}

export type LetterCounts = { letters: number; upper: number; lower: number; han: number; kana: number }

const commonHan = judged | letter | han

/** How many units have the marks; by far the most texts have a handful of sorts. */
const histogram = new Int32Array(2 * judged)

/** How many letters of each sort a text has, by code points. */
export function countLetters(text: string): Readonly<LetterCounts> {
  // The same text is asked for its language, and whether it is shouted, one after the other.
  if (text !== last.text) last = { text, counts: count(text) }
  return last.counts
}

let last: { text: string; counts: Readonly<LetterCounts> } = { text: '', counts: { letters: 0, upper: 0, lower: 0, han: 0, kana: 0 } }

function count(text: string): LetterCounts {
  histogram.fill(0)
  const units = unitsOf(text)
  const length = text.length
  for (let unit = 0; unit < length; unit++) {
    const code = units[unit] ?? 0
    let marks = isCommonHan(code) ? commonHan : (marksOfUnit[code] ?? 0)
    if (marks === 0) {
      const point = text.codePointAt(unit) ?? 0
      marks = marksOf(String.fromCodePoint(point))
      if (point > 0xffff) unit++
      else marksOfUnit[code] = code >= 0xd800 && code < 0xe000 ? 0 : marks
    }
    histogram[marks] = (histogram[marks] ?? 0) + 1
  }
  const counts = { letters: 0, upper: 0, lower: 0, han: 0, kana: 0 }
  for (let marks = judged; marks < histogram.length; marks++) {
    const units = histogram[marks] ?? 0
    if (units === 0) continue
    if ((marks & letter) !== 0) counts.letters += units
    if ((marks & upper) !== 0) counts.upper += units
    if ((marks & lower) !== 0) counts.lower += units
    if ((marks & han) !== 0) counts.han += units
    if ((marks & kana) !== 0) counts.kana += units
  }
  return counts
}
