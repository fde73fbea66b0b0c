import { combiningMark, invisible, isPlain, isPlainUnit } from './character-classes.ts'
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
  if (isPlain(original)) return { text: blankMarkup(original), origin: undefined }
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
