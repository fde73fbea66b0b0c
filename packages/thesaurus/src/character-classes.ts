import { traditionalToSimplified } from './traditional-chinese.ts'

export const scripts = ['none', 'han', 'latin', 'cyrillic', 'arabic', 'digits', 'other'] as const
export type Script = (typeof scripts)[number]

/** Soft hyphens, joiners, bidirectional marks, Arabic vowel marks and tatweel: they vanish without parting a word. */
export const invisible =
  /[\u00AD\u0610-\u061A\u0640\u064B-\u065F\u0670\u06D6-\u06ED\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFE00-\uFE0F\uFEFF]/
export const combiningMark = /^\p{M}$/u

const patterns: [Script, RegExp][] = [
  ['han', /^\p{Script=Han}$/u],
  ['digits', /^\p{Nd}$/u],
  ['latin', /^[\p{Script=Latin}µΩ]$/u],
  ['cyrillic', /^\p{Script=Cyrillic}$/u],
  ['arabic', /^\p{Script=Arabic}$/u],
  ['other', /^\p{L}$/u]
]
const wordless = /^[\p{P}\p{S}]$/u

function classify(character: string): number {
  if (wordless.test(character)) return 0
  const found = patterns.find(([, pattern]) => pattern.test(character))
  return found ? scripts.indexOf(found[0]) : 0
}

// One look-up per UTF-16 unit instead of six regular expressions: texts are read once for every version of every record.
const classOfUnit = new Uint8Array(0x10000)
const plainUnit = new Uint8Array(0x10000)
for (let unit = 0; unit < 0x10000; unit++) {
  if (unit >= 0xd800 && unit < 0xe000) continue
  const character = String.fromCharCode(unit)
  classOfUnit[unit] = classify(character)
  const stays = character.normalize('NFKC') === character && traditionalToSimplified(character) === character
  if (stays && !invisible.test(character) && !combiningMark.test(character)) plainUnit[unit] = 1
}

/** Script of the code point that starts at this unit. */
export function scriptAt(text: string, unit: number): Script {
  const code = text.charCodeAt(unit)
  if (code < 0xd800 || code >= 0xe000) return scripts[classOfUnit[code] ?? 0] ?? 'none'
  const point = text.codePointAt(unit) ?? 0
  return point > 0xffff ? (scripts[classify(String.fromCodePoint(point))] ?? 'none') : 'none'
}

/** The unit means itself: NFKC, simplification and dropping leave it alone, and it is no mark. */
export const isPlainUnit = (code: number): boolean => plainUnit[code] === 1
