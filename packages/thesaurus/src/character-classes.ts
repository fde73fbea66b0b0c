import { traditionalToSimplified } from './traditional-chinese.ts'

/** Numbers, because every character of every text is asked for its script. */
export const scripts = { none: 0, han: 1, latin: 2, cyrillic: 3, arabic: 4, digits: 5, other: 6 } as const
export type Script = (typeof scripts)[keyof typeof scripts]

/** Soft hyphens, joiners, bidirectional marks, Arabic vowel marks and tatweel: they vanish without parting a word. */
export const invisible =
  /[\u00AD\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF]/
export const combiningMark = /^\p{M}$/u

const patterns: [Script, RegExp][] = [
  [scripts.han, /^\p{Script=Han}$/u],
  [scripts.digits, /^\p{Nd}$/u],
  [scripts.latin, /^[\p{Script=Latin}µΩ]$/u],
  [scripts.cyrillic, /^\p{Script=Cyrillic}$/u],
  [scripts.arabic, /^\p{Script=Arabic}$/u],
  [scripts.other, /^\p{L}$/u]
]
const wordless = /^[\p{P}\p{S}]$/u

function classify(character: string): Script {
  if (wordless.test(character)) return scripts.none
  return patterns.find(([, pattern]) => pattern.test(character))?.[0] ?? scripts.none
}

// Each UTF-16 unit is judged when it is first met, and once: texts are read once for every version of every record.
const scriptsOfUnits = new Uint8Array(0x10000)
const judged = 8
const plainness = new Uint8Array(0x10000)
const plain = 1
const notPlain = 2

/** The block in which every code point is a Chinese character; most texts need no other look. */
export const isCommonHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff

/** Script of the code point that starts at this unit. */
export function scriptAt(text: string, unit: number): Script {
  const code = text.charCodeAt(unit)
  return isCommonHan(code) ? scripts.han : scriptOfUnit(code, text, unit)
}

export function scriptOfUnit(code: number, text: string, unit: number): Script {
  const known = scriptsOfUnits[code] ?? 0
  return known !== 0 ? ((known - judged) as Script) : judgeScript(text, unit, code)
}

function judgeScript(text: string, unit: number, code: number): Script {
  if (code < 0xd800 || code >= 0xe000) {
    const script = classify(String.fromCharCode(code))
    scriptsOfUnits[code] = script + judged
    return script
  }
  const point = text.codePointAt(unit) ?? 0
  return point > 0xffff ? classify(String.fromCodePoint(point)) : scripts.none
}

/** The unit means itself: NFKC, simplification and dropping leave it alone, and it is no mark and no part of a syllable. */
export function isPlainUnit(code: number): boolean {
  const known = plainness[code]
  return known === plain || (known !== notPlain && judgePlainness(code) === plain)
}

function judgePlainness(code: number): number {
  const judged = isPlainCharacter(code) ? plain : notPlain
  plainness[code] = judged
  return judged
}

function isPlainCharacter(code: number): boolean {
  if (code < 0x80) return true
  // Surrogates, and Korean letters, which NFKC joins to syllables.
  if ((code >= 0xd800 && code < 0xe000) || (code >= 0x1100 && code < 0x1200)) return false
  const character = String.fromCharCode(code)
  if (invisible.test(character) || combiningMark.test(character)) return false
  return character.normalize('NFKC') === character && traditionalToSimplified(character) === character
}

export function isPlain(text: string): boolean {
  for (let unit = 0; unit < text.length; unit++) if (!isPlainUnit(text.charCodeAt(unit))) return false
  return true
}
