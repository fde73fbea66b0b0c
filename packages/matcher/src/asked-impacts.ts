import type { Thesaurus } from '@siku/thesaurus'
import { createBound, type AskedList } from './gather-candidates.ts'
import { massAt, presenceAt, profileOf } from './profile.ts'
import { candidateFloor } from './reach.ts'
import { similarityOf } from './similarity.ts'
import type { MatchSide, Side, Weights } from './types.ts'

export type AskedImpact = {
  kind: 'concept' | 'topic'
  id: string
  /** About how much of the score, in log-odds, a record may owe to it that speaks of nothing else. */
  weight: number
}

/**
 * What answers an entry of the given side, for an index that keeps lists of its own: the entry's concepts and their neighbours, and its
 * topics; the weightiest first.
 */
export function askedImpacts(side: Side, entry: MatchSide, thesaurus: Thesaurus, weights: Weights): AskedImpact[] {
  const profile = profileOf(entry, thesaurus, weights)
  const similarity = similarityOf(thesaurus, weights)
  const { coverage, focus, mutual, topics } = weights.features
  const [own, other] = side === 'demand' ? [coverage.weight, focus.weight] : [focus.weight, coverage.weight]
  const concepts = new Map<number, number>()
  profile.ids.forEach((concept, place) => {
    const share = profile.mass > 0 ? massAt(profile, place) / profile.mass : 0
    const whole = share * (own + mutual.weight / 2) + presenceAt(profile, place) * (other + mutual.weight / 2)
    for (const near of similarity.near(concept)) {
      concepts.set(near.concept, Math.max(concepts.get(near.concept) ?? 0, near.similarity * whole))
    }
  })
  const idOf = (position: number) => thesaurus.conceptIds[position] ?? ''
  const asked: AskedImpact[] = [
    ...[...concepts].map(([position, weight]) => ({ kind: 'concept' as const, id: idOf(position), weight })),
    ...[...profile.topics.ids].map((position, at) => ({
      kind: 'topic' as const,
      id: idOf(position),
      weight: topics.weight * (profile.topics.weights[at] ?? 0)
    }))
  ]
  return asked.sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
}

/** The heaviest record there may be, where nobody has weighed them. */
const massMax = 1e9

/** Whether a record could still reach the threshold that stands in none but these lists. */
export function canReachBy(
  left: readonly Pick<AskedImpact, 'kind' | 'id'>[],
  { side, entry }: { side: Side; entry: MatchSide },
  thesaurus: Thesaurus,
  weights: Weights
): boolean {
  const profile = profileOf(entry, thesaurus, weights)
  const similarity = similarityOf(thesaurus, weights)
  const bound = createBound(profile, { side, weights, floor: candidateFloor(weights), massMax })
  const listOf = ({ kind, id }: Pick<AskedImpact, 'kind' | 'id'>): AskedList => {
    const position = thesaurus.positions.get(id) ?? -1
    if (kind === 'topic') return { asked: [], topic: profile.topics.weights[profile.topics.ids.indexOf(position)] ?? 0 }
    const places = [...profile.ids].map((own, place) => ({ place, similarity: similarity.between(own, position)?.similarity ?? 0 }))
    return { asked: places.filter((place) => place.similarity > 0), topic: 0 }
  }
  return left.some((list) => !bound.spares(listOf(list)))
}
