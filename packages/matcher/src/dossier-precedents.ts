import type { Thesaurus } from '@siku/thesaurus'
import { closenessOf } from './dossier-closeness.ts'
import { nearestPlace } from './dossier-place.ts'
import type { Precedent } from './dossier-types.ts'
import { dossierWeights } from './dossier-weights.ts'
import type { MatchSide, Weights } from './types.ts'

/** A demand as its dossier is made: where it comes from, and the technologies that head its shortlist, best first. */
export type DossierDemand = { entry: MatchSide; country: string | null; technologies: readonly MatchSide[] }

export const dossierPlaces = 6

/**
 * Whether a project result shows that this kind of solution works, there or in a like country. `need` is how near the result is to the
 * demand, `solution` how near to the likest technology of the shortlist; where there is none the need speaks for both.
 */
export function scorePrecedent(demand: DossierDemand, result: MatchSide, thesaurus: Thesaurus, weights: Weights): Precedent | undefined {
  const { shares, kindFloor, nearness } = dossierWeights().precedents
  const need = closenessOf(demand.entry, result, thesaurus, weights)
  const likest = likestTechnology(demand, result, thesaurus, weights)
  const solution = likest?.value ?? need.value
  const kind = (shares.need * need.value + shares.solution * solution) / (shares.need + shares.solution)
  if (kind < kindFloor) return undefined
  const placed = nearestPlace(demand.country, countriesOf(result))
  const needMillionths = millionths(shares.need * need.value)
  const solutionMillionths = millionths(shares.solution * solution)
  const placeMillionths = millionths(shares.place * nearness[placed.place])
  return {
    library: result.library,
    id: result.id,
    version: result.version,
    scoreMillionths: needMillionths + solutionMillionths + placeMillionths,
    reasons: {
      needMillionths,
      solutionMillionths,
      placeMillionths,
      ...placed,
      shared: need.shared,
      solution: likest && { technologyId: likest.technologyId, concepts: likest.concepts }
    }
  }
}

/** Countries a result was done in. */
const countriesOf = ({ text }: MatchSide): string[] => (text.serviceCountries.length > 0 ? text.serviceCountries : text.targetCountries)

function likestTechnology({ technologies }: DossierDemand, result: MatchSide, thesaurus: Thesaurus, weights: Weights) {
  const likenesses = technologies.map((technology) => {
    const { value, shared } = closenessOf(technology, result, thesaurus, weights)
    return { technologyId: technology.id, value, concepts: shared.map(({ otherConcept }) => otherConcept) }
  })
  return likenesses.reduce<(typeof likenesses)[number] | null>((best, one) => (best && best.value >= one.value ? best : one), null)
}

export const millionths = (value: number): number => Math.round(value * 1_000_000)

/** The best of those that count at all; ties by id, so that the order never depends on who was read first. */
export function bestEntries<T extends { id: string; scoreMillionths: number }>(entries: readonly (T | undefined)[]): T[] {
  return entries
    .filter((entry) => entry !== undefined)
    .sort((a, b) => b.scoreMillionths - a.scoreMillionths || (a.id < b.id ? -1 : 1))
    .slice(0, dossierPlaces)
}
