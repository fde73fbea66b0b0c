import {
  createPostings,
  scoreFacts,
  scorePair,
  type Explanation,
  type MatchSide,
  type Postings,
  type StrengthBand,
  type Weights
} from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import { candidateFloor } from './candidate-floor.ts'

export type PairScore = { scoreMillionths: number; band: StrengthBand; explanation: Explanation; features: Record<string, number> }

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
}

export function createScorer(thesaurus: Thesaurus, weights: Weights): Scorer {
  return {
    edition: thesaurus.edition,
    weightsVersion: weights.version,
    thresholdMillionths: weights.thresholdMillionths,
    candidateFloor: candidateFloor(weights),
    createPostings: () => createPostings(thesaurus, weights),
    score: (demand, technology) => {
      if (scoreFacts(demand, technology, thesaurus, weights).scoreMillionths < weights.thresholdMillionths) return undefined
      const explanation = scorePair(demand, technology, thesaurus, weights)
      const { scoreMillionths, band, contributions } = explanation
      const features = Object.fromEntries(contributions.map(({ feature, value }) => [feature, value]))
      return { scoreMillionths, band, explanation, features }
    }
  }
}
