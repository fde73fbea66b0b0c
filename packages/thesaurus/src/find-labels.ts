import type { Language } from '@siku/contracts'
import type { ReadField } from './read-field.ts'
import type { Token } from './tokenise.ts'
import { isAcronym } from './token-keys.ts'
import type { LabelEntry, Thesaurus } from './types.ts'
import { textWordKeys } from './word-keys.ts'

/** A label met in the text: which tokens it takes, and how surely it is meant. */
export type LabelMatch = {
  tokens: number[]
  entries: readonly LabelEntry[]
  /** 1 for the label as written; less for words between, borrowed words, broken plurals. */
  quality: number
  gaps: number
  /** Letters covered: longest wins. */
  length: number
}

const gapMax = 2
const gapDiscount = 0.85
const straddleDiscount = 0.4
const fillersMax = 3
/** Borrowed words (0.8) stand alone; derived ones (0.7) and skeletons do not. */
const aloneSure = 0.75
const aloneMin = 0.55
const joinedDiscount = 0.9

/** Every label that starts anywhere in the field, before overlaps are settled. */
export function findLabels(field: ReadField, thesaurus: Thesaurus): LabelMatch[] {
  const { tokens } = field
  const matches: LabelMatch[] = []
  const { trie } = thesaurus

  function extend(node: number, path: number[], quality: number, gaps: number): void {
    const entries = trie.entriesAt(node)
    if (entries.length > 0) matches.push(matchOf(tokens, path, entries, quality, gaps))
    if (!trie.hasChildren(node)) return
    const last = path[path.length - 1] ?? 0
    const next = tokens[last + 1]
    if (next?.script === 'han') {
      // Characters follow each other without words between.
      const word = next.breakBefore ? undefined : next.readings[0]?.word
      const child = word === undefined ? 0 : trie.child(node, word)
      if (child !== 0) extend(child, [...path, last + 1], quality, gaps)
      return
    }
    for (const step of stepsAfter(tokens, last)) {
      for (const { word, quality: own } of tokens[step.at]?.readings ?? []) {
        const child = trie.child(node, word)
        if (child === 0) continue
        extend(child, [...path, step.at], Math.min(quality, own) * gapDiscount ** step.gap, gaps + step.gap)
      }
    }
  }

  tokens.forEach((token, at) => {
    for (const { word, quality } of token.readings) {
      const child = trie.child(0, word)
      if (child !== 0) extend(child, [at], quality, 0)
    }
    joinedPair(field, thesaurus, at, matches)
  })
  return matches
}

type Step = { at: number; gap: number }

/** Where the next word of a label may stand: next to the last one, behind function words, or at most two words on. */
function stepsAfter(tokens: readonly Token[], last: number): Step[] {
  const steps: Step[] = []
  const first = tokens[last + 1]
  if (!first || first.breakBefore) return steps
  let gap = 0
  let fillers = 0
  for (let at = last + 1; at < tokens.length; at++) {
    const token = tokens[at]
    if (!token || token.breakBefore || token.script === 'han') break
    // A figure belongs to its name only where it follows it: SF6, PM2.5.
    if (token.script !== 'digits' || at === last + 1) steps.push({ at, gap })
    if (token.filler) fillers++
    else gap++
    if (gap > gapMax || fillers > fillersMax) break
  }
  return steps
}

function matchOf(tokens: readonly Token[], path: number[], entries: readonly LabelEntry[], quality: number, gaps: number): LabelMatch {
  // A function word is never a label by itself: "can" is not canning, French "Mais" is no maize. Capitals may be an acronym.
  const only = path.length === 1 ? tokens[path[0] ?? 0] : undefined
  const functionWord = only?.filler === true && !isAcronym(only.text)
  let length = 0
  for (const at of path) length += tokens[at]?.text.length ?? 0
  return { tokens: path, entries, quality: functionWord ? 0 : sureness(quality, path) * chineseDiscount(tokens, path), gaps, length }
}

/** One word alone, read by derivation or by its consonants, is a guess; with other words of the label it is not. */
function sureness(quality: number, path: readonly number[]): number {
  if (path.length > 1 || quality > aloneSure) return quality
  return quality < aloneMin ? 0 : quality / 3
}

/** Chinese has no spaces: a label that cuts a word of the segmenter in two is rarely meant. */
function chineseDiscount(tokens: readonly Token[], path: readonly number[]): number {
  const first = path[0] ?? 0
  const last = path[path.length - 1] ?? first
  if (tokens[first]?.script !== 'han' || tokens[last]?.script !== 'han') return 1
  const startsWord = tokens[first]?.wordStart ?? true
  const endsWord = tokens[last + 1]?.wordStart ?? true
  if (path.length === 1) return startsWord && endsWord ? 1 : 0
  if (startsWord || endsWord || path.length > 3) return 1
  let inner = false
  for (let at = first + 1; at <= last; at++) inner ||= tokens[at]?.wordStart ?? false
  // Wholly inside one word (电 in 充电桩's middle) is a part of it; across two words it is chance.
  return inner ? straddleDiscount : 1
}

/** "micro irrigation" and "micro-irrigation" for the label "microirrigation". */
function joinedPair(field: ReadField, thesaurus: Thesaurus, at: number, matches: LabelMatch[]): void {
  const first = field.tokens[at]
  const second = field.tokens[at + 1]
  if (!first || !second || second.breakBefore || first.script !== second.script) return
  if (first.script === 'han' || first.script === 'digits') return
  const lower = first.lower + second.lower
  if (!thesaurus.joinedWords.has(lower)) return
  const languages: readonly Language[] = first.script === 'latin' ? field.reading.latin : first.script === 'cyrillic' ? ['ru'] : ['ar']
  const entries = new Set<LabelEntry>()
  for (const language of languages) {
    for (const { key } of textWordKeys(lower, language, field.reading.unaccented)) {
      const words = thesaurus.trie.wordsOf(key) ?? []
      for (const word of typeof words === 'number' ? [words] : words) {
        for (const entry of thesaurus.trie.entriesAt(thesaurus.trie.child(0, word))) entries.add(entry)
      }
    }
  }
  if (entries.size > 0) matches.push(matchOf(field.tokens, [at, at + 1], [...entries], joinedDiscount, 0))
}
