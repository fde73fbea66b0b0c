import type { Thesaurus } from '@siku/thesaurus'
import { conceptPairs, sharesOf } from './concept-features.ts'
import type { SharedConcept } from './dossier-types.ts'
import { dossierWeights } from './dossier-weights.ts'
import { conceptMatcherOf } from './match-concepts.ts'
import { profileOf } from './profile.ts'
import { topicSimilarity } from './topic-similarity.ts'
import type { MatchSide, Weights } from './types.ts'

export type Closeness = { value: number; shared: SharedConcept[] }

const sharedKept = 5
const spansKept = 3

/**
 * How near a record of another library is to one of the shortlist's two sides, 0 to 1: what they name, read with the matcher's own
 * similarity of concepts (so that a method meets the problem it solves), and what they speak about.
 */
export function closenessOf(one: MatchSide, other: MatchSide, thesaurus: Thesaurus, weights: Weights): Closeness {
  const profiles = { demand: profileOf(one, thesaurus, weights), technology: profileOf(other, thesaurus, weights) }
  const matched = conceptMatcherOf(thesaurus, weights)(profiles.demand, profiles.technology)
  const { mutual } = sharesOf(matched, { demand: profiles.demand.mass, technology: profiles.technology.mass })
  const pairs = conceptPairs({ demand: one, technology: other, profiles: { ...profiles, matched } }, thesaurus, weights)
  const { closeness: shares } = dossierWeights()
  return {
    value: Math.min(1, shares.concepts * mutual + shares.topics * topicSimilarity(profiles.demand, profiles.technology)),
    shared: pairs.slice(0, sharedKept).map(({ demandConcept, technologyConcept, relation, share, demandSpans, technologySpans }) => ({
      demandConcept,
      otherConcept: technologyConcept,
      relation,
      share,
      demandSpans: demandSpans.slice(0, spansKept),
      otherSpans: technologySpans.slice(0, spansKept)
    }))
  }
}
