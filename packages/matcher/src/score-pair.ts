import type { Thesaurus } from '@siku/thesaurus'
import { conceptPairs } from './concept-features.ts'
import { factsOf } from './field-features.ts'
import { outcomesOf } from './judge-criteria.ts'
import { readFacts, wholeMillionths } from './score-facts.ts'
import { sharedTerms } from './term-overlap.ts'
import { sharedTopics } from './topic-similarity.ts'
import { featureNames, type Contribution, type Explanation, type MatchSide, type StrengthBand, type Weights } from './types.ts'

const topicsKept = 5

/**
 * Scores one pair and says why. Additive in log-odds with signed weights: the contributions, in integer millionths, sum exactly to
 * `logOddsMillionths`. The result depends on the two records, the thesaurus and the weights, and on nothing else in the libraries.
 */
export function scorePair(demand: MatchSide, technology: MatchSide, thesaurus: Thesaurus, weights: Weights): Explanation {
  const read = readFacts(demand, technology, thesaurus, weights)
  const { scoreMillionths, logOddsMillionths, values } = read.score
  const contributions = contributionsOf(values, weights)
  const criteria = outcomesOf(read.judged)
  return {
    demand: { id: demand.id, version: demand.version },
    technology: { id: technology.id, version: technology.version },
    thesaurusEdition: thesaurus.edition,
    weightsVersion: weights.version,
    scoreMillionths,
    logOddsMillionths,
    band: bandOf(scoreMillionths, weights),
    contributions,
    pairs: conceptPairs({ demand, technology, profiles: read.profiles }, thesaurus, weights),
    criteria,
    unmet: criteria.filter(({ kind, outcome }) => outcome === 'contradicted' || (outcome === 'open' && kind !== 'not')),
    against: strongestAgainst(contributions),
    facts: factsOf(demand, technology, {
      sharedTerms: sharedTerms(demand.annotation, technology.annotation),
      sharedTopics: sharedTopics(read.profiles.demand, read.profiles.technology)
        .slice(0, topicsKept)
        .flatMap((topic) => thesaurus.conceptIds[topic] ?? [])
    })
  }
}

export function bandOf(scoreMillionths: number, weights: Weights): StrengthBand {
  if (scoreMillionths >= weights.bands.strong) return 'strong'
  return scoreMillionths >= weights.bands.good ? 'good' : 'possible'
}

function contributionsOf(values: Float64Array, weights: Weights): Contribution[] {
  const features = featureNames.map((feature, at): Contribution => {
    const { weight, baseline } = weights.features[feature]
    const value = values[at] ?? 0
    return { feature, value, contributionMillionths: wholeMillionths(weight * (value - baseline)) }
  })
  return [{ feature: 'bias', value: 1, contributionMillionths: wholeMillionths(weights.bias) }, ...features]
}

function strongestAgainst(contributions: readonly Contribution[]): Contribution | null {
  // Where a vector is missing nothing is known of the meaning, and the two lines about it cancel out.
  const isUnknown = contributions.some(({ feature, value }) => feature === 'embedding-missing' && value === 1)
  const saysNothing: Contribution['feature'][] = ['bias', 'embedding-missing', ...(isUnknown ? (['embedding'] as const) : [])]
  const negative = contributions.filter(
    ({ feature, contributionMillionths }) => !saysNothing.includes(feature) && contributionMillionths < 0
  )
  return negative.sort((a, b) => a.contributionMillionths - b.contributionMillionths)[0] ?? null
}
