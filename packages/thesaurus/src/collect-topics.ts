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
  const spoken = spokenOf(index, countWords(fields, language))
  const best = bestOf(spreadToNeighbours(index, spoken), (concept, score) => {
    const layer = (thesaurus.layerWeights[concept] ?? 1) < 1 ? everydayShare : 1
    return (score / (index.lengths[concept] ?? 1)) * layer
  })
  const length = Math.sqrt(best.reduce((sum, { score }) => sum + score * score, 0))
  return best.flatMap(({ concept, score }) => {
    const weight = Math.round((score / length) * 10_000) / 10_000
    return weight > 0 ? [{ id: thesaurus.conceptIds[concept] ?? '', weight }] : []
  })
}

function countWords(fields: readonly ReadField[], language: Language): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tokens, weight } of fields)
    for (const word of topicWords(tokens, language)) counts.set(word, (counts.get(word) ?? 0) + weight)
  return counts
}

/** Numbers of concepts that were touched, and what each has gathered: a text touches thousands, so no object is made for each. */
type Scores = { touched: number[]; values: Float64Array }

function add({ touched, values }: Scores, concept: number, value: number): void {
  if (values[concept] === 0) touched.push(concept)
  values[concept] = (values[concept] ?? 0) + value
}

const noScores = (index: TopicIndex): Scores => ({ touched: [], values: new Float64Array(index.lengths.length) })

/** How much of the text is said in the words of each concept. */
function spokenOf(index: TopicIndex, counts: ReadonlyMap<string, number>): Scores {
  const spoken = noScores(index)
  for (const [word, count] of counts) {
    const postings = index.find(word)
    if (!postings) continue
    const said = (1 + Math.log(Math.max(1, count))) * postings.idf
    for (let at = 0; at < postings.concepts.length; at++) add(spoken, postings.concepts[at] ?? 0, said * (postings.weights[at] ?? 0))
  }
  return spoken
}

function spreadToNeighbours(index: TopicIndex, direct: Scores): Scores {
  const spread: Scores = { touched: [...direct.touched], values: direct.values.slice() }
  for (const concept of direct.touched) {
    const score = neighbourWeight * (direct.values[concept] ?? 0)
    for (const other of index.neighbours[concept] ?? []) {
      const around = index.neighbours[other]?.length ?? 0
      if (around > 0) add(spread, other, score / Math.sqrt(around))
    }
  }
  return spread
}

type Best = { concept: number; score: number }

/** The best few, ties by the place in the thesaurus, without ordering the rest. */
function bestOf({ touched, values }: Scores, scoreOf: (concept: number, value: number) => number): Best[] {
  const best: Best[] = []
  for (const concept of touched) {
    const score = scoreOf(concept, values[concept] ?? 0)
    const last = best[topicsMax - 1]
    if (last && !comesBefore({ concept, score }, last)) continue
    let at = best.length
    while (at > 0 && comesBefore({ concept, score }, best[at - 1] ?? last ?? { concept, score })) at--
    best.splice(at, 0, { concept, score })
    if (best.length > topicsMax) best.pop()
  }
  return best
}

const comesBefore = (a: Best, b: Best): boolean => a.score > b.score || (a.score === b.score && a.concept < b.concept)
