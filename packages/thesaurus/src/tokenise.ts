import { scriptAt, type Script } from './character-classes.ts'
import type { NormalisedText } from './normalise-text.ts'

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
}

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
    const between = all.slice(previousEnd, at)
    tokens.push({
      script,
      text,
      lower: script === 'han' ? text : script === 'digits' ? asciiDigits(text) : text.toLowerCase(),
      at,
      start: source.from[at] ?? 0,
      end: source.to[end - 1] ?? 0,
      breakBefore: isBreak(between, script, tokens.at(-1)),
      joined: between === '' && at > 0 ? 'touching' : hyphen.test(between) ? 'hyphen' : 'no'
    })
    previousEnd = end
    at = end
  }
  return tokens
}

/** Han characters stand alone; letters and digits run on. */
function endOfRun(text: string, at: number, script: Script): number {
  const width = (unit: number) => ((text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1)
  let end = at + width(at)
  if (script === 'han') return end
  while (end < text.length && scriptAt(text, end) === script) end += width(end)
  return end
}

function isBreak(between: string, script: Script, before: Token | undefined): boolean {
  if (between === '' || between === ' ') return false
  // The point in PM2.5 and 2,4-D belongs to the name.
  if ((between === '.' || between === ',') && script === 'digits' && before?.script === 'digits') return false
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
