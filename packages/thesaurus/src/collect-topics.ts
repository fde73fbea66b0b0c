import type { Language } from '@siku/contracts'
import type { ReadField } from './read-field.ts'
import { neighbourWeight, topicIndexOf, type TopicIndex } from './topic-index.ts'
import { topicWords } from './topic-words.ts'
import type { Thesaurus, TopicAnnotation } from './types.ts'

const topicsMax = 32
const everydayShare = 0.5

/**
 * What a text is about although it names no label in full: cross-lingual explicit semantic analysis (Gabrilovich and Markovitch 2007;
 * Potthast, Stein and Anderka 2008) with the concepts of the thesaurus as its dimensions. Each concept is weighed by how much the text
 * speaks in the words of its labels and of its neighbours' labels, so two texts without a common language meet in the same concepts. The
 * result depends on the text and the edition alone; its weights have the length 1.
 */
export function collectTopics(thesaurus: Thesaurus, fields: readonly ReadField[], language: Language | null): TopicAnnotation[] {
  if (language === null) return []
  const index = topicIndexOf(thesaurus, language)
  const direct = spokenOf(index, countWords(fields, language))
  const spread = spreadToNeighbours(index, direct)
  const scored = [...spread].map(([concept, score]) => {
    const layer = (thesaurus.layerWeights[concept] ?? 1) < 1 ? everydayShare : 1
    return { id: thesaurus.conceptIds[concept] ?? '', score: (score / (index.lengths[concept] ?? 1)) * layer }
  })
  const best = scored.sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1)).slice(0, topicsMax)
  const length = Math.sqrt(best.reduce((sum, { score }) => sum + score * score, 0))
  return best.flatMap(({ id, score }) => {
    const weight = Math.round((score / length) * 10_000) / 10_000
    return weight > 0 ? [{ id, weight }] : []
  })
}

function countWords(fields: readonly ReadField[], language: Language): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tokens, weight } of fields)
    for (const word of topicWords(tokens, language)) counts.set(word, (counts.get(word) ?? 0) + weight)
  return counts
}

/** How much of the text is said in the words of each concept. */
function spokenOf(index: TopicIndex, counts: ReadonlyMap<string, number>): Map<number, number> {
  const spoken = new Map<number, number>()
  for (const [word, count] of counts) {
    const postings = index.find(word)
    if (!postings) continue
    const said = (1 + Math.log(Math.max(1, count))) * postings.idf
    postings.concepts.forEach((concept, at) => {
      spoken.set(concept, (spoken.get(concept) ?? 0) + said * (postings.weights[at] ?? 0))
    })
  }
  return spoken
}

function spreadToNeighbours({ neighbours }: TopicIndex, direct: ReadonlyMap<number, number>): Map<number, number> {
  const spread = new Map(direct)
  for (const [concept, score] of direct) {
    for (const other of neighbours[concept] ?? []) {
      const around = neighbours[other]?.length ?? 0
      if (around > 0) spread.set(other, (spread.get(other) ?? 0) + (neighbourWeight * score) / Math.sqrt(around))
    }
  }
  return spread
}
