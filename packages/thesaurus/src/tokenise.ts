import { scriptAt, type Script } from './character-classes.ts'
import { endOf, startOf, type NormalisedText } from './normalise-text.ts'

/** One Han character, one run of letters of a script, or one run of digits. */
export type Token = {
  script: Script
  text: string
  lower: string
  /** Position in the normalised text, UTF-16 units. */
  at: number
  /** Code points of the original text. */
  start: number
  end: number
  /** A sentence, clause or line item ends before this token: no label reaches across. */
  breakBefore: boolean
  /** Only a hyphen, or nothing at all, stands between the token before and this one. */
  joined: 'no' | 'hyphen' | 'touching'
  /** What the token may be in the thesaurus, whether it is a function word, and whether a Chinese word starts here: see `readField`. */
  readings: readonly Reading[]
  filler: boolean
  wordStart: boolean
}

/** A word of the thesaurus that a token of the text may be, and how surely. */
export type Reading = { word: number; quality: number }

const unread: readonly Reading[] = []

const breaking = /[.,;:!?¿¡。、,;:!?·•|،؛؟]|\n\s*(?:[-*–—]|\d|\n)/
const hyphen = /^[-‐‑‒–/]$/

export function tokenise(source: NormalisedText): Token[] {
  const tokens: Token[] = []
  const { text: all } = source
  let previousEnd = 0
  for (let at = 0; at < all.length;) {
    const script = scriptAt(all, at)
    if (script === 'none') {
      at += 1
      continue
    }
    const end = endOfRun(all, at, script)
    const text = all.slice(at, end)
    const between = previousEnd === at ? '' : all.slice(previousEnd, at)
    tokens.push({
      script,
      text,
      lower: script === 'han' ? text : script === 'digits' ? asciiDigits(text) : text.toLowerCase(),
      at,
      start: startOf(source, at),
      end: endOf(source, end - 1),
      breakBefore: isBreak(between, script, tokens),
      joined: between === '' ? (at > 0 ? 'touching' : 'no') : isHyphen(between) ? 'hyphen' : 'no',
      readings: unread,
      filler: false,
      wordStart: true
    })
    previousEnd = end
    at = end
  }
  return tokens
}

const isHyphen = (between: string): boolean => between.length === 1 && between !== ' ' && hyphen.test(between)

const widthAt = (text: string, unit: number): number => ((text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1)

/** Han characters stand alone; letters and digits run on. */
function endOfRun(text: string, at: number, script: Script): number {
  let end = at + widthAt(text, at)
  if (script === 'han') return end
  while (end < text.length && scriptAt(text, end) === script) end += widthAt(text, end)
  return end
}

function isBreak(between: string, script: Script, before: readonly Token[]): boolean {
  if (between === '' || between === ' ') return false
  // The point in PM2.5 and 2,4-D belongs to the name.
  if ((between === '.' || between === ',') && script === 'digits' && before.at(-1)?.script === 'digits') return false
  return breaking.test(between)
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
