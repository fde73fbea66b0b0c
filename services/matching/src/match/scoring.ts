import {
  askedImpacts,
  bandOf,
  canReachBy,
  cardScorer,
  candidateFloor,
  createPostings,
  createScreen,
  featureNames,
  likenessOf,
  scoreFacts,
  scorePair,
  type AskedImpact,
  type Explanation,
  type FeatureName,
  type MatchSide,
  type Postings,
  type ScreenPair,
  type Side,
  type StrengthBand,
  type Weights
} from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'

export type PairScore = { scoreMillionths: number; band: StrengthBand; features: Record<FeatureName, number> }

/** Thesaurus and weights as the match worker uses them: one edition of each, named in all that is stored. */
export type Scorer = {
  edition: string
  weightsVersion: string
  weights: Weights
  thresholdMillionths: number
  /** Candidates below it cannot reach the threshold. */
  candidateFloor: number
  createPostings: () => Postings
  /** What an index with lists of its own is asked for. */
  askedImpacts: (side: Side, entry: MatchSide) => AskedImpact[]
  /** Candidate scores of counterparts by what an index keeps of them. */
  cardScorer: (side: Side, entry: MatchSide) => (card: string) => number
  /** Whether a record that stands in none but these lists could still reach the threshold. */
  canReachBy: (left: readonly Pick<AskedImpact, 'kind' | 'id'>[], side: Side, entry: MatchSide) => boolean
  /** Whether a candidate can still reach the threshold, seen without scoring it. */
  mayReach: ScreenPair
  /** Undefined below the threshold: nothing is proposed, which is an answer too. */
  score: (demand: MatchSide, technology: MatchSide) => PairScore | undefined
  /** Why a pair scores what it scores; for the few that are stored. */
  explain: (demand: MatchSide, technology: MatchSide) => Explanation
  /** How alike two records of one side are, 0 to 1. */
  likeness: (a: MatchSide, b: MatchSide) => number
}

export function createScorer(thesaurus: Thesaurus, weights: Weights): Scorer {
  return {
    edition: thesaurus.edition,
    weightsVersion: weights.version,
    weights,
    thresholdMillionths: weights.thresholdMillionths,
    candidateFloor: candidateFloor(weights),
    createPostings: () => createPostings(thesaurus, weights),
    askedImpacts: (side, entry) => askedImpacts(side, entry, thesaurus, weights),
    cardScorer: (side, entry) => cardScorer(side, entry, thesaurus, weights),
    canReachBy: (left, side, entry) => canReachBy(left, { side, entry }, thesaurus, weights),
    mayReach: createScreen(weights),
    score: (demand, technology) => {
      const { scoreMillionths, values } = scoreFacts(demand, technology, thesaurus, weights)
      if (scoreMillionths < weights.thresholdMillionths) return undefined
      return { scoreMillionths, band: bandOf(scoreMillionths, weights), features: featuresOf(values) }
    },
    explain: (demand, technology) => scorePair(demand, technology, thesaurus, weights),
    likeness: (a, b) => likenessOf(a, b, thesaurus, weights)
  }
}

const featuresOf = (values: Float64Array) =>
  Object.fromEntries(featureNames.map((feature, at) => [feature, values[at] ?? 0])) as Record<FeatureName, number>
