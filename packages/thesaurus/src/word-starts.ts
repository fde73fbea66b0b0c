import { scripts } from './character-classes.ts'
import { markWordStarts } from './segment-chinese.ts'
import { isCut, isInside, touches, type Tokens } from './tokens.ts'

let startsOfWords = new Uint8Array(4_096)

/** The part of the tokens that belongs to one text. */
export type TokenRange = { tokens: Tokens; first: number; last: number; base: number }

/** Whether no Chinese character stands right before a token: then a word starts there, however the run is cut. */
export function startsRun({ tokens, first, last }: TokenRange, at: number): boolean {
  if (at >= last || at === first) return true
  const { scripts: scriptOf, marks } = tokens
  return scriptOf[at] !== scripts.han || scriptOf[at - 1] !== scripts.han || ((marks[at] ?? 0) & touches) === 0
}

/** Whether a word starts at a token, or ends before it. Chinese runs are cut into words when somebody asks: many never are. */
export function startsWord(range: TokenRange, at: number): boolean {
  const { tokens, last } = range
  if (at >= last || tokens.scripts[at] !== scripts.han) return true
  if (((tokens.marks[at] ?? 0) & isCut) === 0) cutRun(range, at)
  return ((tokens.marks[at] ?? 0) & isInside) === 0
}

function cutRun({ tokens, first, last, base }: TokenRange, inside: number): void {
  const { scripts: scriptOf, starts, ends, marks } = tokens
  let from = inside
  while (from > first && scriptOf[from - 1] === scripts.han && ((marks[from] ?? 0) & touches) !== 0) from--
  let to = inside + 1
  while (to < last && scriptOf[to] === scripts.han && ((marks[to] ?? 0) & touches) !== 0) to++
  const { units } = tokens.text
  const end = base + (ends[to - 1] ?? 0)
  if (startsOfWords.length < end) startsOfWords = new Uint8Array(end * 2)
  markWordStarts(units, base + (starts[from] ?? 0), end, startsOfWords)
  for (let at = from; at < to; at++)
    marks[at] = (marks[at] ?? 0) | (startsOfWords[base + (starts[at] ?? 0)] === 1 ? isCut : isCut | isInside)
}
