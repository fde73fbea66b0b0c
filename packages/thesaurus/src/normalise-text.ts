import { combiningMark, invisible, isPlainUnit } from './character-classes.ts'
import { textOfUnits, unitsOf } from './text-units.ts'
import { traditionalToSimplified } from './traditional-chinese.ts'

/** Normalised text whose every UTF-16 unit knows the code points of the original it came from. */
export type NormalisedText = {
  text: string
  /** Code points of the original, unit by unit: where each starts and where it ends (exclusive). Undefined where unit and code point agree. */
  origin: { from: Int32Array; to: Int32Array } | undefined
}

/** First code point of the original that the unit stands for. */
export const startOf = ({ origin }: NormalisedText, unit: number): number => (origin ? (origin.from[unit] ?? 0) : unit)

/** End (exclusive) of what the unit stands for, in code points of the original. */
export const endOf = ({ origin }: NormalisedText, unit: number): number => (origin ? (origin.to[unit] ?? 0) : unit + 1)

const sign = /[™®©℠]/
const invisibles = new RegExp(invisible, 'g')
const marksMax = 8

/**
 * NFKC, invisible and Arabic vowel marks dropped, traditional characters simplified, HTML blanked out; case is kept for acronyms.
 * Works cluster by cluster so that spans lead back into the text as it was sent.
 */
export function normaliseText(original: string): NormalisedText {
  const simple = simpleForm(original)
  if (simple !== undefined) return { text: blankMarkup(simple), origin: undefined }
  let text = ''
  const from: number[] = []
  const to: number[] = []
  let codePoint = 0
  for (let unit = 0; unit < original.length;) {
    const end = clusterEnd(original, unit)
    const cluster = original.slice(unit, end.unit)
    const normal = cluster.length === 1 && isPlainUnit(cluster.charCodeAt(0)) ? cluster : normaliseCluster(cluster)
    text += normal
    for (let i = 0; i < normal.length; i++) {
      from.push(codePoint)
      to.push(codePoint + end.codePoints)
    }
    unit = end.unit
    codePoint += end.codePoints
  }
  return { text: blankMarkup(text), origin: { from: Int32Array.from(from), to: Int32Array.from(to) } }
}

// What a unit becomes: itself, or one other unit, as full-width letters and traditional characters do.
const simpleUnits = new Uint16Array(0x10000)
const simpleness = new Uint8Array(0x10000)
const [same, other, notSimple] = [1, 2, 3]

/** The normal form of a text whose every unit becomes one unit: most are such. Undefined for any other. */
function simpleForm(original: string): string | undefined {
  const units = unitsOf(original)
  const length = original.length
  let isSame = true
  for (let unit = 0; unit < length; unit++) {
    const code = units[unit] ?? 0
    const kind = simpleness[code] || judgeSimpleness(code)
    if (kind === same) continue
    if (kind === notSimple) return undefined
    units[unit] = simpleUnits[code] ?? 0
    isSame = false
  }
  return isSame ? original : textOfUnits(length)
}

function judgeSimpleness(code: number): number {
  const character = String.fromCharCode(code)
  const isApart = (code >= 0xd800 && code < 0xe000) || (code >= 0x1100 && code < 0x1200) || combiningMark.test(character)
  const normal = isPlainUnit(code) ? character : isApart ? '' : normaliseCluster(character)
  simpleUnits[code] = normal.charCodeAt(0)
  simpleness[code] = normal.length !== 1 ? notSimple : normal === character ? same : other
  return simpleness[code] ?? notSimple
}

/** A base is normalised together with the marks that follow it: 'e' + U+0301 is one letter, й stays й. */
function clusterEnd(text: string, unit: number): { unit: number; codePoints: number } {
  let end = unit + ((text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1)
  let codePoints = 1
  while (end < text.length && codePoints <= marksMax && !isPlainUnit(text.charCodeAt(end))) {
    const next = String.fromCodePoint(text.codePointAt(end) ?? 0)
    if (!combiningMark.test(next)) break
    end += next.length
    codePoints++
  }
  return { unit: end, codePoints }
}

function normaliseCluster(cluster: string): string {
  if (sign.test(cluster)) return ' '
  return traditionalToSimplified(cluster.normalize('NFKC').replace(invisibles, ''))
}

const markup = /<\/?[a-zA-Z!][^<>]{0,400}>|&(?:[a-zA-Z]{2,8}|#\d{1,6});/g

function blankMarkup(text: string): string {
  if (!text.includes('<') && !text.includes('&')) return text
  return text.replace(markup, (match) => (match.startsWith('&') ? ' '.repeat(match.length) : '\n'.repeat(match.length)))
}
