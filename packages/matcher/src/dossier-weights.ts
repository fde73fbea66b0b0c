import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { DossierPlace } from './dossier-types.ts'
import { WeightsInvalidError } from './errors.ts'

/** How precedents and institutions of a dossier are weighed; the README of the matcher says what each number means. */
export type DossierWeights = {
  version: string
  closeness: { concepts: number; topics: number }
  precedents: { shares: { need: number; solution: number; place: number }; kindFloor: number; nearness: Record<DossierPlace, number> }
  institutions: { shares: { services: number; sector: number; concepts: number }; servicesHalf: number; conceptFloor: number }
  services: { asked: number; bySeeking: number; byMode: number }
}

const shipped = fileURLToPath(new URL('../weights/dossier.json', import.meta.url))
let known: DossierWeights | undefined

/** The shipped ones, read once. */
export const dossierWeights = (): DossierWeights => (known ??= readDossierWeights())

/** Reads and checks a file of dossier weights. As with those of the score, a hash of the content is part of the version. */
export function readDossierWeights(file: string = shipped): DossierWeights {
  const weights = JSON.parse(readFileSync(file, 'utf8')) as DossierWeights
  const hash = createHash('sha256').update(JSON.stringify(weights)).digest('hex').slice(0, 8)
  const { closeness, precedents, institutions, services } = weights
  assertShares('closeness', closeness)
  assertShares('precedents.shares', precedents?.shares)
  assertShares('institutions.shares', institutions?.shares)
  assertEach('precedents.nearness', precedents.nearness, ['country', 'region', 'elsewhere'], (value) => value >= 0 && value <= 1)
  assertEach('precedents', precedents, ['kindFloor'], (value) => value >= 0 && value < 1)
  assertEach('institutions', institutions, ['conceptFloor'], (value) => value >= 0 && value < 1)
  assertEach('institutions', institutions, ['servicesHalf'], (value) => value > 0)
  assertEach('services', services, ['asked', 'bySeeking', 'byMode'], (value) => value >= 0)
  return { ...weights, version: `${weights.version}+${hash}` }
}

/** Parts of one score: none below 0, and together 1, so that scores stay between 0 and 1. */
function assertShares(name: string, shares: Record<string, number> | undefined): void {
  const values = Object.values(shares ?? {})
  const sum = values.reduce((total, value) => total + value, 0)
  if (values.every((value) => value >= 0) && Math.abs(sum - 1) < 1e-9) return
  throw new WeightsInvalidError(`the shares of ${name} are ${JSON.stringify(shares)}`, 'Give numbers of at least 0 whose sum is 1')
}

function assertEach(name: string, values: object | undefined, wanted: readonly string[], holds: (value: number) => boolean): void {
  for (const one of wanted) {
    const value: unknown = (values as Record<string, unknown> | undefined)?.[one]
    if (typeof value !== 'number' || !holds(value))
      throw new WeightsInvalidError(`${name}.${one} is ${JSON.stringify(value)}`, 'Give a number in its range, as the shipped file does')
  }
}
