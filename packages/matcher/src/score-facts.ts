import type { Thesaurus } from '@siku/thesaurus'
import { meaningSimilarity } from './embedding-similarity.ts'
import { conceptFeatures, corroboratedOf, round, type PairedProfiles } from './concept-features.ts'
import { placeOf } from './feature-places.ts'
import { writeFieldFeatures } from './field-features.ts'
import { judgeCriteria, type Judged } from './judge-criteria.ts'
import { conceptMatcherOf } from './match-concepts.ts'
import { profileOf } from './profile.ts'
import { sigmoidMillionths } from './read-weights.ts'
import { termOverlap } from './term-overlap.ts'
import { topicSimilarity } from './topic-similarity.ts'
import { featureNames, type FeatureName, type MatchSide, type Weights } from './types.ts'

/** What a pair scores, without the why. */
export type PairScore = {
  scoreMillionths: number
  logOddsMillionths: number
  /** Values of the features, six decimals, in the order of `featureNames`. */
  values: Float64Array
}

/** The cheap half of `scorePair`: the same score to the last digit, for the many pairs that nobody will read. */
export function scoreFacts(demand: MatchSide, technology: MatchSide, thesaurus: Thesaurus, weights: Weights): PairScore {
  return readFacts(demand, technology, thesaurus, weights).score
}

/** `profiles.matched` is good until the next pair is read. */
export type ReadFacts = { score: PairScore; profiles: PairedProfiles; judged: readonly Judged[] }

export function readFacts(demand: MatchSide, technology: MatchSide, thesaurus: Thesaurus, weights: Weights): ReadFacts {
  const demandProfile = profileOf(demand, thesaurus, weights)
  const technologyProfile = profileOf(technology, thesaurus, weights)
  const matched = conceptMatcherOf(thesaurus, weights)(demandProfile, technologyProfile)
  const profiles = { demand: demandProfile, technology: technologyProfile, matched }
  const judged = judgeCriteria({ demand, technology, profiles }, thesaurus)
  const values = new Float64Array(featureNames.length)
  const corroborated = corroboratedOf(matched, demandProfile.ids.length)
  const mass = { demand: demandProfile.mass, technology: technologyProfile.mass }
  const concepts = conceptFeatures({ demand: matched.demand, technology: matched.technology, corroborated }, mass, weights)
  values[placeOf.coverage] = concepts.coverage
  values[placeOf.focus] = concepts.focus
  values[placeOf.mutual] = concepts.mutual
  values[placeOf.evidence] = concepts.evidence
  values[placeOf.topics] = topicSimilarity(demandProfile, technologyProfile)
  const meaning = meaningSimilarity(demand.meaning, technology.meaning, weights)
  values[placeOf.embedding] = meaning ?? 0
  values[placeOf['embedding-missing']] = meaning === undefined ? 1 : 0
  values[placeOf.terms] = termOverlap(demand.annotation, technology.annotation)
  writeCriteriaFeatures(values, judged)
  writeFieldFeatures(values, demand, technology)
  return { score: weigh(values, weights), profiles, judged }
}

/** The score of feature values that were kept, to the last digit what it was when they were read. */
export function scoreOfFeatures(features: Readonly<Record<FeatureName, number>>, weights: Weights): number {
  return weigh(
    Float64Array.from(featureNames, (feature) => features[feature] ?? 0),
    weights
  ).scoreMillionths
}

function weigh(values: Float64Array, weights: Weights): PairScore {
  const { factors, baselines, bias } = vectorsOf(weights)
  let logOddsMillionths = bias
  for (let at = 0; at < values.length; at++) {
    const value = round(values[at] ?? 0)
    values[at] = value
    logOddsMillionths += wholeMillionths((factors[at] ?? 0) * (value - (baselines[at] ?? 0)))
  }
  return { scoreMillionths: sigmoidMillionths(logOddsMillionths), logOddsMillionths, values }
}

type WeightVectors = { factors: Float64Array; baselines: Float64Array; bias: number }

const vectors = new WeakMap<Weights, WeightVectors>()

function vectorsOf(weights: Weights): WeightVectors {
  const known = vectors.get(weights)
  if (known) return known
  const made = {
    factors: Float64Array.from(featureNames, (feature) => weights.features[feature].weight),
    baselines: Float64Array.from(featureNames, (feature) => weights.features[feature].baseline),
    bias: wholeMillionths(weights.bias)
  }
  vectors.set(weights, made)
  return made
}

/** Never minus zero: it would not survive JSON. */
export const wholeMillionths = (logOdds: number): number => Math.round(logOdds * 1_000_000) || 0

const wishWeight = 0.5

/** Shares of the criteria met, contradicted and open; must-haves count in full, wishes by half, and what was refused only when offered. */
function writeCriteriaFeatures(values: Float64Array, judged: readonly Judged[]): void {
  const masses = { met: 0, contradicted: 0, open: 0 }
  let all = 0
  for (const { criterion, outcome } of judged) {
    if (criterion.kind === 'not' && outcome !== 'contradicted') continue
    const mass = criterion.kind === 'nice' ? wishWeight : 1
    masses[outcome] += mass
    all += mass
  }
  if (all === 0) return
  values[placeOf['quantities-met']] = masses.met / all
  values[placeOf['quantities-contradicted']] = masses.contradicted / all
  values[placeOf['criteria-open']] = masses.open / all
}
