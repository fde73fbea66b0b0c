import type { Span, Thesaurus } from '@siku/thesaurus'
import type { ConceptMatch } from './match-concepts.ts'
import type { Profile } from './profile.ts'
import { similarityOf } from './similarity.ts'
import type { ConceptPair, MatchSide, Weights } from './types.ts'

export type BothSides = { demand: number; technology: number }
export type ConceptFeatures = { coverage: number; focus: number; mutual: number; evidence: number }
/** `corroborated`: what of the matched mass is borne out by more than one thing; all of it where that is not known, which is the most. */
export type Matched = BothSides & { corroborated?: number }
/** `topics`: the similarity of the two topic vectors. */
export type Met = Matched & { topics: number }

const pairsMax = 24
const nothingUnseen: BothSides = { demand: 0, technology: 0 }

/** Need coverage, offer focus, their harmonic mean, and how much evidence there is at all. */
export function conceptFeatures(matched: Matched, mass: BothSides, { unseen, evidenceHalf }: Weights): ConceptFeatures {
  const { demand, corroborated = demand } = matched
  // Named one by one: spreading an object here costs three times the whole candidate search.
  const { coverage, focus, mutual } = sharesOf(matched, mass, unseen)
  return { coverage, focus, mutual, evidence: corroborated > 0 ? corroborated / (corroborated + evidenceHalf) : 0 }
}

/** The shares of both sides that are met, of what was recognised in them and of what may stand there besides. */
export function sharesOf(matched: BothSides, mass: BothSides, unseen: BothSides = nothingUnseen): Omit<ConceptFeatures, 'evidence'> {
  const coverage = mass.demand > 0 ? matched.demand / (mass.demand + unseen.demand) : 0
  const focus = mass.technology > 0 ? matched.technology / (mass.technology + unseen.technology) : 0
  return { coverage, focus, mutual: coverage + focus > 0 ? (2 * coverage * focus) / (coverage + focus) : 0 }
}

const answers = new Map<number, number>()

/**
 * The matched mass less what hangs on one answer: each answer counts by the share of the others. A hospital asked for and a hospital
 * offered, and nothing else, is no evidence; three different things are.
 */
export function corroboratedOf({ demand, gains, partners }: ConceptMatch, length: number): number {
  if (demand === 0) return 0
  answers.clear()
  for (let at = 0; at < length; at++) {
    const gain = gains[at] ?? 0
    if (gain > 0) answers.set(partners[at] ?? -1, (answers.get(partners[at] ?? -1) ?? 0) + gain)
  }
  let squares = 0
  for (const gain of answers.values()) squares += gain * gain
  return Math.max(0, demand - squares / demand)
}

/** Weight × value summed over what concepts and topics say, in log-odds and before their baselines; never less than the pair's own. */
export function conceptScore(matched: Met, mass: BothSides, weights: Weights): number {
  const { coverage, focus, mutual, evidence } = conceptFeatures(matched, mass, weights)
  const { features } = weights
  return (
    features.coverage.weight * coverage +
    features.focus.weight * focus +
    features.mutual.weight * mutual +
    features.evidence.weight * evidence +
    features.topics.weight * matched.topics
  )
}

export type PairedProfiles = { demand: Profile; technology: Profile; matched: ConceptMatch }

type Paired = { demandConcept: number; technologyConcept: number; gain: number; similarity: number }
type PairedSides = { demand: MatchSide; technology: MatchSide; profiles: PairedProfiles }

/** The pairs as evidence: the weightiest first, with spans of both texts. */
export function conceptPairs({ demand, technology, profiles }: PairedSides, thesaurus: Thesaurus, weights: Weights): ConceptPair[] {
  const near = similarityOf(thesaurus, weights)
  const { gains, similarities, partners, demand: covered } = profiles.matched
  const pairs: Paired[] = []
  profiles.demand.ids.forEach((demandConcept, at) => {
    const gain = gains[at] ?? -1
    if (gain >= 0) pairs.push({ demandConcept, technologyConcept: partners[at] ?? -1, gain, similarity: similarities[at] ?? 0 })
  })
  return pairs
    .sort((a, b) => b.gain - a.gain || a.demandConcept - b.demandConcept)
    .slice(0, pairsMax)
    .map(({ gain, similarity, ...pair }) => {
      const [demandConcept, technologyConcept] = [pair.demandConcept, pair.technologyConcept].map((at) => thesaurus.conceptIds[at] ?? '')
      return {
        demandConcept: demandConcept ?? '',
        technologyConcept: technologyConcept ?? '',
        relation: near.between(pair.demandConcept, pair.technologyConcept)?.relation ?? 'same',
        similarity: round(similarity),
        share: round(covered > 0 ? gain / covered : 0),
        demandSpans: spansOf(demand, demandConcept),
        technologySpans: spansOf(technology, technologyConcept)
      }
    })
}

const spansOf = ({ annotation }: MatchSide, id: string | undefined): Span[] =>
  annotation.concepts.find((concept) => concept.id === id)?.spans ?? []

/** Six decimals: what is stored is what is compared. */
export const round = (value: number): number => Math.round(value * 1_000_000) / 1_000_000
