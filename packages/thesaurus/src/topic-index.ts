import type { Language } from '@siku/contracts'
import { labelTopicWords } from './topic-words.ts'
import type { Thesaurus } from './types.ts'

/** Which concepts speak a word in their labels, and how much it says of each. */
type WordPostings = { concepts: number[]; weights: number[]; idf: number }

/** The labels of one language as a small library of documents, one for each concept. */
export type TopicIndex = {
  find(word: string): WordPostings | undefined
  /** Length of each concept's document, its neighbours' included. */
  lengths: Float64Array
  neighbours: readonly (readonly number[])[]
}

/** Words in the labels of more concepts than this say nothing. */
const commonShare = 0.05
/** A concept everything points at would drown what its own labels say. */
export const neighboursMax = 40
/** What a neighbour's words count against one's own. */
export const neighbourWeight = 0.5

const indexes = new WeakMap<Thesaurus, Map<Language, TopicIndex>>()

/** One index a language, made when the first text of that language comes. */
export function topicIndexOf(thesaurus: Thesaurus, language: Language): TopicIndex {
  const known = indexes.get(thesaurus) ?? new Map<Language, TopicIndex>()
  indexes.set(thesaurus, known)
  const index = known.get(language) ?? createTopicIndex(thesaurus, language)
  known.set(language, index)
  return index
}

function createTopicIndex(thesaurus: Thesaurus, language: Language): TopicIndex {
  const { concepts } = thesaurus
  const words = new Map<string, WordPostings>()
  concepts.forEach(({ labels }, concept) => {
    for (const [word, count] of countWords(labels[language] ?? [], language)) {
      const postings = words.get(word) ?? { concepts: [], weights: [], idf: 0 }
      words.set(word, postings)
      postings.concepts.push(concept)
      postings.weights.push(1 + Math.log(count))
    }
  })
  const own = new Float64Array(concepts.length)
  for (const [word, postings] of words) {
    postings.idf = Math.log(concepts.length / postings.concepts.length)
    postings.concepts.forEach((concept, at) => {
      const weight = (postings.weights[at] ?? 0) * postings.idf
      postings.weights[at] = weight
      own[concept] = (own[concept] ?? 0) + weight * weight
    })
    if (postings.concepts.length > concepts.length * commonShare) words.delete(word)
  }
  const neighbours = neighboursOf(thesaurus)
  return { find: (word) => words.get(word), lengths: lengthsOf(own, neighbours), neighbours }
}

function countWords(labels: readonly string[], language: Language): Map<string, number> {
  const counts = new Map<string, number>()
  for (const label of labels) for (const word of new Set(labelTopicWords(label, language))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

/** As if the words of two concepts had nothing in common; near enough for a length. */
function lengthsOf(own: Float64Array, neighbours: TopicIndex['neighbours']): Float64Array {
  return own.map((square, concept) => {
    const near = neighbours[concept] ?? []
    const around = near.reduce((sum, other) => sum + (own[other] ?? 0), 0)
    return Math.sqrt(square + (near.length > 0 ? (neighbourWeight ** 2 * around) / near.length : 0)) || 1
  })
}

const neighbourhoods = new WeakMap<Thesaurus, readonly (readonly number[])[]>()

/** Concepts one step away along any relation, either way; none of a concept that has too many. */
function neighboursOf(thesaurus: Thesaurus): readonly (readonly number[])[] {
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
  neighbourhoods.set(thesaurus, lists)
  return lists
}
