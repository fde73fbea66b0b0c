import type { Thesaurus } from '@siku/thesaurus'
import { conceptFeatures, conceptPairs, matchConcepts, round } from './concept-features.ts'
import { factsOf, fieldFeatures } from './field-features.ts'
import { judgeCriteria } from './judge-criteria.ts'
import { profileOf } from './profile.ts'
import { sigmoidMillionths } from './read-weights.ts'
import { similarityOf } from './similarity.ts'
import { termOverlap } from './term-overlap.ts'
import {
  featureNames,
  type Contribution,
  type CriterionOutcome,
  type Explanation,
  type FeatureName,
  type MatchSide,
  type StrengthBand,
  type Weights
} from './types.ts'

/**
 * Scores one pair. Additive in log-odds with signed weights: the contributions, in integer millionths, sum exactly to
 * `logOddsMillionths`. The result depends on the two records, the thesaurus and the weights, and on nothing else in the libraries.
 */
export function scorePair(demand: MatchSide, technology: MatchSide, thesaurus: Thesaurus, weights: Weights): Explanation {
  const demandProfile = profileOf(demand, thesaurus, weights)
  const technologyProfile = profileOf(technology, thesaurus, weights)
  const matched = matchConcepts(demandProfile, technologyProfile, similarityOf(thesaurus, weights))
  const terms = termOverlap(demand.annotation, technology.annotation)
  const facts = factsOf(demand, technology, terms.shared)
  const criteria = judgeCriteria({ demand, technology, demandProfile, technologyProfile, pairs: matched.pairs })
  const contributions = contributionsOf(
    {
      ...conceptFeatures(matched, { demand: demandProfile.mass, technology: technologyProfile.mass }, weights),
      terms: terms.value,
      ...criteriaFeatures(criteria),
      ...fieldFeatures(demand, technology, facts)
    },
    weights
  )
  const logOddsMillionths = contributions.reduce((sum, { contributionMillionths }) => sum + contributionMillionths, 0)
  const scoreMillionths = sigmoidMillionths(logOddsMillionths)
  return {
    demand: { id: demand.id, version: demand.version },
    technology: { id: technology.id, version: technology.version },
    thesaurusEdition: thesaurus.edition,
    weightsVersion: weights.version,
    scoreMillionths,
    logOddsMillionths,
    band: bandOf(scoreMillionths, weights),
    contributions,
    pairs: conceptPairs(matched.pairs, thesaurus),
    criteria,
    unmet: criteria.filter(({ kind, outcome }) => outcome === 'contradicted' || (outcome === 'open' && kind !== 'not')),
    against: strongestAgainst(contributions),
    facts
  }
}

export function bandOf(scoreMillionths: number, weights: Weights): StrengthBand {
  if (scoreMillionths >= weights.bands.strong) return 'strong'
  return scoreMillionths >= weights.bands.good ? 'good' : 'possible'
}

function contributionsOf(values: Partial<Record<FeatureName, number>>, weights: Weights): Contribution[] {
  const features = featureNames.map((feature): Contribution => {
    const { weight, baseline } = weights.features[feature]
    const value = round(values[feature] ?? 0)
    return { feature, value, contributionMillionths: wholeMillionths(weight * (value - baseline)) }
  })
  return [{ feature: 'bias', value: 1, contributionMillionths: wholeMillionths(weights.bias) }, ...features]
}

const wishWeight = 0.5

/** Never minus zero: it would not survive JSON. */
const wholeMillionths = (logOdds: number) => Math.round(logOdds * 1_000_000) || 0

/** Shares of the criteria met, contradicted and open; must-haves count in full, wishes by half, and what was refused only when offered. */
function criteriaFeatures(criteria: readonly CriterionOutcome[]): Partial<Record<FeatureName, number>> {
  const counted = criteria.filter(({ kind, outcome }) => kind !== 'not' || outcome === 'contradicted')
  const massOf = (lines: readonly CriterionOutcome[]) => lines.reduce((sum, { kind }) => sum + (kind === 'nice' ? wishWeight : 1), 0)
  const share = (wanted: CriterionOutcome['outcome']) => massOf(counted.filter(({ outcome }) => outcome === wanted)) / massOf(counted)
  if (counted.length === 0) return {}
  return { 'quantities-met': share('met'), 'quantities-contradicted': share('contradicted'), 'criteria-open': share('open') }
}

function strongestAgainst(contributions: readonly Contribution[]): Contribution | null {
  const negative = contributions.filter(({ feature, contributionMillionths }) => feature !== 'bias' && contributionMillionths < 0)
  return negative.sort((a, b) => a.contributionMillionths - b.contributionMillionths)[0] ?? null
}
