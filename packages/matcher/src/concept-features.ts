import type { Thesaurus } from '@siku/thesaurus'
import type { Profile, ProfileConcept } from './profile.ts'
import type { Similarity } from './similarity.ts'
import type { ConceptPair, Weights } from './types.ts'

export type BothSides = { demand: number; technology: number }
export type ConceptFeatures = { coverage: number; focus: number; mutual: number; evidence: number }

const pairsMax = 24

/** Need coverage, offer focus, their harmonic mean, and how much evidence there is at all. */
export function conceptFeatures(matched: BothSides, mass: BothSides, weights: Weights): ConceptFeatures {
  const coverage = mass.demand > 0 ? matched.demand / mass.demand : 0
  const focus = mass.technology > 0 ? matched.technology / mass.technology : 0
  const mutual = coverage + focus > 0 ? (2 * coverage * focus) / (coverage + focus) : 0
  return { coverage, focus, mutual, evidence: matched.demand / (matched.demand + weights.evidenceHalf) }
}

/** The best counterpart of every concept of the demand, and the other way round. */
export function matchConcepts(demand: Profile, technology: Profile, similarity: Similarity): BothSides & { pairs: BestPair[] } {
  const pairs = demand.concepts.flatMap((need) => bestPair(need, technology, similarity) ?? [])
  const offered = technology.concepts.reduce((sum, offer) => sum + (bestPair(offer, demand, similarity)?.gain ?? 0), 0)
  return { demand: pairs.reduce((sum, pair) => sum + pair.gain, 0), technology: offered, pairs }
}

export type BestPair = { from: ProfileConcept; to: ProfileConcept; gain: number; similarity: number; relation: ConceptPair['relation'] }

function bestPair(from: ProfileConcept, others: Profile, similarity: Similarity): BestPair | undefined {
  let best: BestPair | undefined
  for (const { concept, similarity: near, relation } of similarity.near(from.concept)) {
    const to = others.positions.get(concept)
    if (!to) continue
    const gain = from.mass * near * to.presence
    if (!best || gain > best.gain) best = { from, to, gain, similarity: near, relation }
  }
  return best
}

/** The pairs as evidence: the weightiest first, with spans of both texts. */
export function conceptPairs(pairs: readonly BestPair[], thesaurus: Thesaurus): ConceptPair[] {
  const covered = pairs.reduce((sum, pair) => sum + pair.gain, 0)
  return [...pairs]
    .sort((a, b) => b.gain - a.gain || a.from.concept - b.from.concept)
    .slice(0, pairsMax)
    .map(({ from, to, gain, similarity, relation }) => ({
      demandConcept: thesaurus.conceptIds[from.concept] ?? '',
      technologyConcept: thesaurus.conceptIds[to.concept] ?? '',
      relation,
      similarity: round(similarity),
      share: round(covered > 0 ? gain / covered : 0),
      demandSpans: from.spans,
      technologySpans: to.spans
    }))
}

/** Six decimals: what is stored is what is compared. */
export const round = (value: number): number => Math.round(value * 1_000_000) / 1_000_000
