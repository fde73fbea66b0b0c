import {
  bandOf,
  candidateFloor,
  createPostings,
  featureNames,
  scoreFacts,
  scorePair,
  type Explanation,
  type FeatureName,
  type MatchSide,
  type Postings,
  type StrengthBand,
  type Weights
} from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'

export type PairScore = { scoreMillionths: number; band: StrengthBand; features: Record<FeatureName, number> }

/** Thesaurus and weights as the match worker uses them: one edition of each, named in all that is stored. */
export type Scorer = {
  edition: string
  weightsVersion: string
  thresholdMillionths: number
  /** Candidates below it cannot reach the threshold. */
  candidateFloor: number
  createPostings: () => Postings
  /** Undefined below the threshold: nothing is proposed, which is an answer too. */
  score: (demand: MatchSide, technology: MatchSide) => PairScore | undefined
  /** Why a pair scores what it scores; for the few that are stored. */
  explain: (demand: MatchSide, technology: MatchSide) => Explanation
}

export function createScorer(thesaurus: Thesaurus, weights: Weights): Scorer {
  return {
    edition: thesaurus.edition,
    weightsVersion: weights.version,
    thresholdMillionths: weights.thresholdMillionths,
    candidateFloor: candidateFloor(weights),
    createPostings: () => createPostings(thesaurus, weights),
    score: (demand, technology) => {
      const { scoreMillionths, values } = scoreFacts(demand, technology, thesaurus, weights)
      if (scoreMillionths < weights.thresholdMillionths) return undefined
      return { scoreMillionths, band: bandOf(scoreMillionths, weights), features: featuresOf(values) }
    },
    explain: (demand, technology) => scorePair(demand, technology, thesaurus, weights)
  }
}

const featuresOf = (values: Float64Array) =>
  Object.fromEntries(featureNames.map((feature, at) => [feature, values[at] ?? 0])) as Record<FeatureName, number>
