import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { conceptKinds, relationKinds } from '@siku/thesaurus'
import { WeightsInvalidError } from './errors.ts'
import { featureNames, type Weights } from './types.ts'

const shipped = fileURLToPath(new URL('../weights/weights.json', import.meta.url))

/**
 * Reads and checks a weights file, the shipped one by default. A hash of the content is made part of the version, so that one version
 * never means two things, whoever edited the file.
 */
export function readWeights(file: string = shipped): Weights {
  const text = readFileSync(file, 'utf8')
  const weights = JSON.parse(text) as Weights
  const hash = createHash('sha256').update(JSON.stringify(weights)).digest('hex').slice(0, 8)
  return checkWeights({ ...weights, version: `${weights.version}+${hash}` })
}

/** Refuses weights that lack a feature or promise matches which no candidate search could find. */
export function checkWeights(weights: Weights): Weights {
  for (const feature of featureNames) {
    const entry = weights.features?.[feature]
    if (!Number.isFinite(entry?.weight) || !Number.isFinite(entry?.baseline)) {
      throw new WeightsInvalidError(`feature "${feature}" has no weight or baseline`, 'Give both as numbers')
    }
  }
  for (const name of [...relationKinds, 'broader', 'floor'] as const) {
    const value = weights.similarity?.[name]
    if (!(value > 0 && value <= 1)) throw new WeightsInvalidError(`similarity "${name}" is ${value}`, 'Give a number above 0 and at most 1')
  }
  for (const kind of conceptKinds) {
    if (!(weights.kinds?.[kind] >= 0)) throw new WeightsInvalidError(`kind "${kind}" has no weight`, 'Give a number of at least 0')
  }
  const best = bestWithoutConcepts(weights)
  if (sigmoidMillionths(best) >= weights.thresholdMillionths) {
    throw new WeightsInvalidError(
      'a pair that shares no concept and no topic could reach the threshold, and candidates are found by these',
      'Raise the threshold or the weight of coverage'
    )
  }
  return weights
}

/** What the candidate search knows of a pair. */
const conceptFeatures = ['coverage', 'focus', 'mutual', 'evidence', 'topics'] as const

/** Rounding of values and of the score. */
const slack = 0.001

/**
 * The least candidate score (the concept part of the log-odds, before baselines) with which a pair can still reach the threshold, if
 * everything else speaks for it.
 */
export function candidateFloor(weights: Weights): number {
  const threshold = weights.thresholdMillionths / 1_000_000
  return Math.log(threshold / (1 - threshold)) - bestWithoutConcepts(weights) / 1_000_000 - slack
}

function bestWithoutConcepts(weights: Weights): number {
  let logOdds = weights.bias
  for (const feature of featureNames) {
    const { weight, baseline } = weights.features[feature]
    const value = (conceptFeatures as readonly string[]).includes(feature) ? 0 : weight > 0 ? 1 : 0
    logOdds += weight * (value - baseline)
  }
  return Math.round(logOdds * 1_000_000)
}

/** Strength in millionths of a log-odds value in millionths. */
export function sigmoidMillionths(logOddsMillionths: number): number {
  return Math.round(1_000_000 / (1 + Math.exp(-logOddsMillionths / 1_000_000)))
}
