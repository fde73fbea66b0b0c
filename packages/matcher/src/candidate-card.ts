import type { Annotation, Thesaurus } from '@siku/thesaurus'
import { conceptScore } from './concept-features.ts'
import { conceptMatcherOf } from './match-concepts.ts'
import { isRefused, massOf, presenceOf, profileOf, type Profile } from './profile.ts'
import type { MatchSide, Side, Weights } from './types.ts'

/** What an index keeps of a record to find it by. */
export type Impact = { kind: 'concept' | 'topic'; id: string; weight: number }

type Said = { text: Pick<MatchSide['text'], 'criteria'>; annotation: Pick<Annotation, 'concepts' | 'topics'> }

/** What a record is found by as a candidate; what a demand says it does not want is not among it. */
export function impactsOf({ text, annotation: { concepts, topics } }: Said): Impact[] {
  return [
    ...concepts.filter(({ spans }) => !isRefused({ text }, spans)).map(({ id, weight }) => ({ kind: 'concept' as const, id, weight })),
    ...topics.map(({ id, weight }) => ({ kind: 'topic' as const, id, weight }))
  ]
}

const scale = 1_000

/** Impacts in few letters: enough for the candidate score of a record that is not at hand. */
export function writeCard(impacts: readonly Impact[]): string {
  const written = (wanted: Impact['kind']) =>
    impacts.flatMap(({ kind, id, weight }) => (kind === wanted ? [`${id} ${Math.round(weight * scale)}`] : [])).join(' ')
  return `${written('concept')}|${written('topic')}`
}

/**
 * Scores cards as counterparts of an entry of the given side: the candidate score of postings in process, but for weights that were rounded
 * when the card was written.
 */
export function cardScorer(side: Side, entry: MatchSide, thesaurus: Thesaurus, weights: Weights): (card: string) => number {
  const own = profileOf(entry, thesaurus, weights)
  const match = conceptMatcherOf(thesaurus, weights)
  const read = createCardReader(thesaurus, weights)
  const topicWeights = new Map(
    [...own.topics.ids].map((position, at) => [thesaurus.conceptIds[position] ?? '', own.topics.weights[at] ?? 0])
  )
  return (card) => {
    const cut = card.indexOf('|')
    const other = read(card.slice(0, cut))
    const [demand, technology] = side === 'demand' ? [own, other] : [other, own]
    const matched = match(demand, technology)
    const topics = Math.min(1, topicSum(card.slice(cut + 1), topicWeights))
    const met = { demand: matched.demand, technology: matched.technology, topics }
    return conceptScore(met, { demand: demand.mass, technology: technology.mass }, weights)
  }
}

function topicSum(text: string, own: ReadonlyMap<string, number>): number {
  let sum = 0
  const parts = text.split(' ')
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const weight = own.get(parts[at] ?? '')
    if (weight !== undefined) sum += (weight * Number(parts[at + 1])) / scale
  }
  return sum
}

function createCardReader(thesaurus: Thesaurus, weights: Weights): (text: string) => Profile {
  const noTopics = { ids: new Int32Array(0), weights: new Float32Array(0) }
  return (text) => {
    const parts = text === '' ? [] : text.split(' ')
    const ids = new Int32Array(parts.length / 2)
    const values = new Float64Array(parts.length)
    const said = new Float64Array(parts.length / 2)
    let size = 0
    let sum = 0
    for (let at = 0; at + 1 < parts.length; at += 2) {
      const concept = thesaurus.positions.get(parts[at] ?? '')
      if (concept === undefined) continue
      const weight = Number(parts[at + 1]) / scale
      const mass = massOf(concept, weight, thesaurus, weights)
      ids[size] = concept
      said[size] = weight
      values[size * 2] = mass
      values[size * 2 + 1] = presenceOf(weight)
      size++
      sum += mass
    }
    return { ids: ids.subarray(0, size), values, weights: said, topics: noTopics, mass: sum, refused: [] }
  }
}
