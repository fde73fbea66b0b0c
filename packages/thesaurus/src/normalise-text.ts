import { combiningMark, invisible, isPlainUnit } from './character-classes.ts'
import { traditionalToSimplified } from './traditional-chinese.ts'

/** Normalised text whose every UTF-16 unit knows the code points of the original it came from. */
export type NormalisedText = {
  text: string
  /** First original code point of each unit. */
  from: Int32Array
  /** End (exclusive) of the original code points of each unit. */
  to: Int32Array
}

const sign = /[™®©℠]/
const invisibles = new RegExp(invisible, 'g')
const marksMax = 8

/**
 * NFKC, invisible and Arabic vowel marks dropped, traditional characters simplified, HTML blanked out; case is kept for acronyms.
 * Works cluster by cluster so that spans lead back into the text as it was sent.
 */
export function normaliseText(original: string): NormalisedText {
  if (isPlain(original)) return plainText(original)
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
  return { text: blankMarkup(text), from: Int32Array.from(from), to: Int32Array.from(to) }
}

function isPlain(text: string): boolean {
  for (let unit = 0; unit < text.length; unit++) if (!isPlainUnit(text.charCodeAt(unit))) return false
  return true
}

function plainText(text: string): NormalisedText {
  const from = new Int32Array(text.length)
  const to = new Int32Array(text.length)
  for (let at = 0; at < text.length; at++) {
    from[at] = at
    to[at] = at + 1
  }
  return { text: blankMarkup(text), from, to }
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
