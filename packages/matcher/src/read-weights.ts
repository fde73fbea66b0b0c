import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { conceptKinds, relationKinds } from '@siku/thesaurus'
import { WeightsInvalidError } from './errors.ts'
import { bestWithoutConcepts } from './reach.ts'
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
  for (const side of ['demand', 'technology'] as const) {
    const mass = weights.unseen?.[side] ?? 0
    if (!(mass >= 0)) throw new WeightsInvalidError(`unseen.${side} is ${mass}`, 'Give a mass of at least 0')
  }
  checkEmbedding(weights)
  if (sigmoidMillionths(bestWithoutConcepts(weights) * 1_000_000) >= weights.thresholdMillionths) {
    throw new WeightsInvalidError(
      'a pair that shares no concept and no topic, and whose texts are not near, could reach the threshold, and candidates are found by these',
      'Raise the threshold or the weight of coverage, or lower embedding.candidateMin'
    )
  }
  return weights
}

function checkEmbedding({ embedding }: Weights): void {
  const { neighbours, hubness, unrelated, alike, candidateMin } = embedding ?? {}
  if (!Number.isInteger(neighbours) || !(neighbours > 0))
    throw new WeightsInvalidError('embedding.neighbours is not a number of texts', 'Give a whole number of at least 1')
  for (const side of ['demand', 'technology'] as const) {
    const share = hubness?.[side] ?? 1
    if (!(share >= 0 && share <= 1)) throw new WeightsInvalidError(`embedding.hubness.${side} is ${share}`, 'Give a share from 0 to 1')
  }
  if (!Number.isFinite(unrelated) || !(alike > unrelated))
    throw new WeightsInvalidError('embedding.alike is not above embedding.unrelated', 'Give both as deviations, such as -1 and 2.5')
  if (!(candidateMin > 0 && candidateMin <= 1))
    throw new WeightsInvalidError(`embedding.candidateMin is ${candidateMin}`, 'Give a number above 0 and at most 1')
}

/** Strength in millionths of a log-odds value in millionths. */
export function sigmoidMillionths(logOddsMillionths: number): number {
  return Math.round(1_000_000 / (1 + Math.exp(-logOddsMillionths / 1_000_000)))
}
