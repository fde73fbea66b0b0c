import type { Language } from '@siku/contracts'
import { scripts } from './character-classes.ts'
import { ends as endsLabel, goesOn, mayPair, nodeMask, stepOf, type PairBits } from './edge-table.ts'
import { joinedHash } from './letter-hash.ts'
import type { ReadField } from './read-field.ts'
import { isAcronym } from './token-keys.ts'
import { breaksBefore, isFiller, type Tokens } from './tokens.ts'
import type { LabelTrie, Thesaurus } from './types.ts'
import { textWordKeys } from './word-keys.ts'
import { startsRun, startsWord } from './word-starts.ts'

/** Labels met in a field, column by column; the columns are used again for the next one. */
export type LabelMatches = {
  count: number
  /** Its tokens: so many of `places` from `from` on. */
  from: number[]
  size: number[]
  places: number[]
  /** The row of entries it has, or -1 - the place of its list in `lists`. */
  node: number[]
  lists: number[][]
  /** 1 for the label as written; less for words between, borrowed words, broken plurals. Never 0. */
  quality: number[]
  gaps: number[]
  /** Letters covered: longest wins. */
  length: number[]
}

const gapMax = 2
const gapDiscount = 0.85
const straddleDiscount = 0.4
const fillersMax = 3
/** Borrowed words (0.8) stand alone; derived ones (0.7) and skeletons do not. */
const aloneSure = 0.75
const aloneMin = 0.55
const joinedDiscount = 0.9

const matches: LabelMatches = { count: 0, from: [], size: [], places: [], node: [], lists: [], quality: [], gaps: [], length: [] }
let placesUsed = 0

/** The label that is being followed: its tokens so far, and how surely and with how many words between each was reached. */
type Walk = { field: ReadField; trie: LabelTrie; path: number[]; quality: number[]; gaps: number[] }

/** Every label that starts anywhere in the field and may be meant, before overlaps are settled. */
export function findLabels(field: ReadField, thesaurus: Thesaurus): LabelMatches {
  const { tokens, first, last } = field
  const { trie } = thesaurus
  const { roots, hanPairs } = trie
  const { scripts: scriptOf, words, readings } = tokens
  const walk: Walk = { field, trie, path: [], quality: [], gaps: [0] }
  matches.count = 0
  matches.lists.length = 0
  placesUsed = 0
  for (let at = first; at < last; at++) {
    const own = words[at] ?? 0
    walk.path[0] = at
    if (scriptOf[at] === scripts.han) {
      const node = roots[own] ?? 0
      // Most characters begin labels, few begin one here.
      if ((node & endsLabel) !== 0 || ((node & goesOn) !== 0 && mayGoOn(tokens, at + 1, hanPairs, own))) begin(walk, node, 1)
      continue
    }
    const reading = readings[own]
    if (!reading) continue
    for (let nth = 0; nth < reading.words.length; nth++) {
      const word = reading.words[nth] ?? 0
      const node = roots[word] ?? 0
      if (node !== 0) begin(walk, node, reading.qualities[nth] ?? 0)
    }
    if (at + 1 < last) joinedPair(field, thesaurus, at)
  }
  return matches
}

function mayGoOn({ scripts: scriptOf, words, marks, count }: Tokens, next: number, pairs: PairBits, word: number): boolean {
  if (next >= count || ((marks[next] ?? 0) & breaksBefore) !== 0) return false
  return scriptOf[next] !== scripts.han || mayPair(pairs, word, words[next] ?? 0)
}

function begin(walk: Walk, node: number, quality: number): void {
  walk.quality[0] = quality
  extend(walk, node, 1)
}

/** `depth` tokens lead to the node. */
function extend(walk: Walk, node: number, depth: number): void {
  if ((node & endsLabel) !== 0) meet(walk, node & nodeMask, depth)
  if ((node & goesOn) === 0) return
  const { field, path } = walk
  const { tokens, last } = field
  const next = (path[depth - 1] ?? 0) + 1
  if (next >= last || ((tokens.marks[next] ?? 0) & breaksBefore) !== 0) return
  if (tokens.scripts[next] === scripts.han) {
    // Characters follow each other without words between.
    const word = tokens.words[next] ?? 0
    const child = word === 0 ? 0 : stepOf(walk.trie.edges, node, word)
    if (child === 0) return
    path[depth] = next
    walk.quality[depth] = walk.quality[depth - 1] ?? 0
    walk.gaps[depth] = walk.gaps[depth - 1] ?? 0
    extend(walk, child, depth + 1)
  } else extendOver(walk, node, depth)
}

/** The next word of a label may stand next to the last one, behind function words, or at most two words on. */
function extendOver(walk: Walk, node: number, depth: number): void {
  const { path, field } = walk
  const { tokens, last } = field
  const next = (path[depth - 1] ?? 0) + 1
  let gap = 0
  let fillers = 0
  for (let at = next; at < last; at++) {
    const marks = tokens.marks[at] ?? 0
    if ((marks & breaksBefore) !== 0 || tokens.scripts[at] === scripts.han) break
    // A figure belongs to its name only where it follows it: SF6, PM2.5.
    if (at === next || tokens.scripts[at] !== scripts.digits) step(walk, node, depth, { at, gap })
    if ((marks & isFiller) !== 0) fillers++
    else gap++
    if (gap > gapMax || fillers > fillersMax) break
  }
}

function step(walk: Walk, node: number, depth: number, { at, gap }: { at: number; gap: number }): void {
  const { words, readings } = walk.field.tokens
  const reading = readings[words[at] ?? 0]
  if (!reading) return
  for (let nth = 0; nth < reading.words.length; nth++) {
    const child = stepOf(walk.trie.edges, node, reading.words[nth] ?? 0)
    if (child === 0) continue
    walk.path[depth] = at
    walk.quality[depth] = Math.min(walk.quality[depth - 1] ?? 0, reading.qualities[nth] ?? 0) * (discounts[gap] ?? 0)
    walk.gaps[depth] = (walk.gaps[depth - 1] ?? 0) + gap
    extend(walk, child, depth + 1)
  }
}

const discounts = Array.from({ length: gapMax + 1 }, (_, gap) => gapDiscount ** gap)

function meet({ field, path, quality: qualities, gaps }: Walk, node: number, depth: number): void {
  const quality = qualityOf(field, path, depth, qualities[depth - 1] ?? 0)
  if (quality > 0) addMatch(field.tokens, path, { node, quality, size: depth, gaps: gaps[depth - 1] ?? 0 })
}

type Met = { node: number; quality: number; size: number; gaps: number }

function addMatch({ starts, ends }: Tokens, tokens: readonly number[], { node, quality, size, gaps }: Met): void {
  const at = matches.count++
  let length = 0
  matches.from[at] = placesUsed
  for (let nth = 0; nth < size; nth++) {
    const token = tokens[nth] ?? 0
    matches.places[placesUsed++] = token
    length += (ends[token] ?? 0) - (starts[token] ?? 0)
  }
  matches.size[at] = size
  matches.node[at] = node
  matches.quality[at] = quality
  matches.gaps[at] = gaps
  matches.length[at] = length
}

function qualityOf(field: ReadField, path: readonly number[], size: number, quality: number): number {
  const { tokens } = field
  const first = path[0] ?? 0
  if (tokens.scripts[first] === scripts.han) return sureness(quality, size) * chineseDiscount(field, path, size)
  // A function word is never a label by itself: "can" is not canning, French "Mais" is no maize. Capitals may be an acronym.
  if (size === 1 && ((tokens.marks[first] ?? 0) & isFiller) !== 0 && !isAcronym(tokens.readings[tokens.words[first] ?? 0]?.text ?? ''))
    return 0
  return sureness(quality, size)
}

/** One word alone, read by derivation or by its consonants, is a guess; with other words of the label it is not. */
function sureness(quality: number, size: number): number {
  if (size > 1 || quality > aloneSure) return quality
  return quality < aloneMin ? 0 : quality / 3
}

/** Chinese has no spaces: a label that cuts a word of the segmenter in two is rarely meant. */
function chineseDiscount(field: ReadField, path: readonly number[], size: number): number {
  const first = path[0] ?? 0
  const last = path[size - 1] ?? first
  if (size > 3 || field.tokens.scripts[last] !== scripts.han) return 1
  if (size === 1) return startsWord(field, first) && startsWord(field, last + 1) ? 1 : 0
  if (startsRun(field, first) || startsRun(field, last + 1) || startsWord(field, first) || startsWord(field, last + 1)) return 1
  let inner = false
  for (let at = first + 1; at <= last; at++) inner ||= startsWord(field, at)
  // Wholly inside one word (电 in 充电桩's middle) is a part of it; across two words it is chance.
  return inner ? straddleDiscount : 1
}

/** "micro irrigation" and "micro-irrigation" for the label "microirrigation". */
function joinedPair(field: ReadField, { joinedWords, trie }: Thesaurus, at: number): void {
  const { scripts: scriptOf, words, readings, marks } = field.tokens
  const script = scriptOf[at]
  if (scriptOf[at + 1] !== script || script === scripts.digits || ((marks[at + 1] ?? 0) & breaksBefore) !== 0) return
  const [first, second] = [readings[words[at] ?? 0], readings[words[at + 1] ?? 0]]
  if (!first || !second || !mayPair(joinedWords.hashes, joinedHash(first, second), 0)) return
  const lower = first.lower + second.lower
  if (!joinedWords.words.has(lower) || !field.reading) return
  const languages: readonly Language[] = script === scripts.latin ? field.reading.latin : script === scripts.cyrillic ? ['ru'] : ['ar']
  const nodes = new Set<number>()
  for (const language of languages) {
    for (const { key } of textWordKeys(lower, language, field.reading.unaccented)) {
      const found = trie.wordsOf(key) ?? []
      for (const word of typeof found === 'number' ? [found] : found) {
        const node = trie.roots[word] ?? 0
        if ((node & endsLabel) !== 0) nodes.add(node & nodeMask)
      }
    }
  }
  if (nodes.size === 0) return
  matches.lists.push([...nodes])
  addMatch(field.tokens, [at, at + 1], { node: -matches.lists.length, quality: joinedDiscount, size: 2, gaps: 0 })
}
