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

/** How many letters of each sort a text has, by code points. */
export function countLetters(text: string): LetterCounts {
  const counts = { letters: 0, upper: 0, lower: 0, han: 0, kana: 0 }
  for (let unit = 0; unit < text.length; unit++) {
    const code = text.charCodeAt(unit)
    let marks = marksOfUnit[code] ?? 0
    if (marks === 0) {
      const point = text.codePointAt(unit) ?? 0
      marks = marksOf(String.fromCodePoint(point))
      if (point > 0xffff) unit++
      else marksOfUnit[code] = code >= 0xd800 && code < 0xe000 ? 0 : marks
    }
    counts.letters += marks & letter
    counts.upper += (marks & upper) >> 1
    counts.lower += (marks & lower) >> 2
    counts.han += (marks & han) >> 3
    counts.kana += (marks & kana) >> 4
  }
  return counts
}
