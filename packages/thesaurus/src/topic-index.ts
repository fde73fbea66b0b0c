import type { Language } from '@siku/contracts'
import { rowsOf, type Rows } from './concept-tables.ts'
import { createEdgeTable, insertEdge, type EdgeTable } from './edge-table.ts'
import { createLabelTopicWords } from './topic-words.ts'
import type { Concept, Thesaurus } from './types.ts'

/** The labels of one language as a small library of documents, one for each concept: which concepts speak a word, and how often. */
export type TopicIndex = {
  /** The number of a word by its letters. */
  words: ReadonlyMap<string, number>
  /** One more than the number of a word of two Chinese characters, by their units. */
  pairs: EdgeTable
  /** Row by row of the words: concepts, and in how many labels of each. */
  from: Int32Array
  concepts: Int32Array
  counts: Uint8Array
  /** What a word says, by its number. */
  idf: Float64Array
  /** Length of each concept's document, its neighbours' included; twice that for everyday words, which count half. */
  lengths: Float64Array
  neighbours: Neighbours
}

/** Concepts one step away along any relation, either way, and beside each the root of how many such it has; endless where too many. */
type Neighbours = Rows & { roots: Float64Array }

/** Words in the labels of more concepts than this say nothing. */
const commonShare = 0.05
/** A concept everything points at would drown what its own labels say. */
export const neighboursMax = 40
/** What a neighbour's words count against one's own. */
export const neighbourWeight = 0.5
const countMax = 255

/** What a word counts that so many labels of a concept have. */
export const countWeights = Float64Array.from({ length: countMax + 1 }, (_, count) => 1 + Math.log(count))

const indexes = new WeakMap<Thesaurus, Map<Language, TopicIndex>>()

/** One index a language, made when the first text of that language comes. */
export function topicIndexOf(thesaurus: Thesaurus, language: Language): TopicIndex {
  const known = indexes.get(thesaurus) ?? new Map<Language, TopicIndex>()
  indexes.set(thesaurus, known)
  const index = known.get(language) ?? createTopicIndex(thesaurus, language)
  known.set(language, index)
  return index
}

type Postings = { concepts: number[]; counts: number[] }

function createTopicIndex(thesaurus: Thesaurus, language: Language): TopicIndex {
  const { concepts } = thesaurus
  const postings = postingsOf(concepts, language)
  const own = new Float64Array(concepts.length)
  const kept: { word: string; said: Postings; idf: number }[] = []
  for (const [word, said] of postings) {
    const idf = Math.log(concepts.length / said.concepts.length)
    said.concepts.forEach((concept, at) => {
      const weight = (countWeights[said.counts[at] ?? 0] ?? 0) * idf
      own[concept] = (own[concept] ?? 0) + weight * weight
    })
    if (said.concepts.length <= concepts.length * commonShare) kept.push({ word, said, idf })
  }
  const rows = rowsOf(kept.map(({ said }) => said.concepts))
  const neighbours = neighboursOf(thesaurus)
  return {
    ...numbersOf(kept.map(({ word }) => word)),
    from: rows.from,
    concepts: rows.items,
    counts: Uint8Array.from(rowsOf(kept.map(({ said }) => said.counts)).items),
    idf: Float64Array.from(kept, ({ idf }) => idf),
    lengths: lengthsOf(own, neighbours).map((length, concept) => length * ((thesaurus.layerWeights[concept] ?? 1) < 1 ? everydayTimes : 1)),
    neighbours
  }
}

function numbersOf(all: readonly string[]): Pick<TopicIndex, 'words' | 'pairs'> {
  const words = new Map<string, number>()
  const pairs = createEdgeTable(all.length)
  all.forEach((word, number) => {
    if (isPair(word)) insertEdge(pairs, word.charCodeAt(0), word.charCodeAt(1), number + 1)
    else words.set(word, number)
  })
  return { words, pairs }
}

const isPair = (word: string): boolean => word.length === 2 && /^\p{Script=Han}{2}$/u.test(word)
const everydayTimes = 2

function postingsOf(concepts: readonly Concept[], language: Language): Map<string, Postings> {
  const wordsOf = createLabelTopicWords(language)
  const postings = new Map<string, Postings>()
  concepts.forEach(({ labels }, concept) => {
    const counts = new Map<string, number>()
    for (const label of labels[language] ?? []) {
      for (const word of new Set(wordsOf(label))) counts.set(word, Math.min(countMax, (counts.get(word) ?? 0) + 1))
    }
    for (const [word, count] of counts) {
      const said = postings.get(word) ?? { concepts: [], counts: [] }
      postings.set(word, said)
      said.concepts.push(concept)
      said.counts.push(count)
    }
  })
  return postings
}

/** As if the words of two concepts had nothing in common; near enough for a length. */
function lengthsOf(own: Float64Array, { from, items }: Rows): Float64Array {
  return own.map((square, concept) => {
    const [first = 0, last = 0] = [from[concept], from[concept + 1]]
    let around = 0
    for (let at = first; at < last; at++) around += own[items[at] ?? 0] ?? 0
    return Math.sqrt(square + (last > first ? (neighbourWeight ** 2 * around) / (last - first) : 0)) || 1
  })
}

const neighbourhoods = new WeakMap<Thesaurus, Neighbours>()

/** None of a concept that has too many. */
function neighboursOf(thesaurus: Thesaurus): Neighbours {
  const known = neighbourhoods.get(thesaurus)
  if (known) return known
  const sets = thesaurus.concepts.map(() => new Set<number>())
  thesaurus.concepts.forEach(({ broader, relations }, concept) => {
    for (const id of [...broader, ...relations.map(({ target }) => target)]) {
      const other = thesaurus.positions.get(id)
      if (other === undefined) continue
      sets[concept]?.add(other)
      sets[other]?.add(concept)
    }
  })
  const lists = sets.map((set) => (set.size > neighboursMax ? [] : [...set]))
  const rows = rowsOf(lists)
  const made = { ...rows, roots: Float64Array.from(rows.items, (other) => Math.sqrt(lists[other]?.length || Infinity)) }
  neighbourhoods.set(thesaurus, made)
  return made
}
