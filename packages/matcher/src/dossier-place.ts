import { findCountry, planRegions } from '@siku/contracts'
import type { DossierPlace } from './dossier-types.ts'
import { liesInPlanRegion } from './plan-regions.ts'

export type Placed = { place: DossierPlace; countries: string[] }

const countriesKept = 5

/** How near any of these countries is to the one that asks, and which of them are: itself, then its region, then elsewhere. */
export function nearestPlace(asking: string | null, countries: readonly string[]): Placed {
  if (asking !== null && countries.includes(asking)) return { place: 'country', countries: [asking] }
  const near = asking === null ? [] : countries.filter((country) => isSimilar(asking, country))
  if (near.length > 0) return { place: 'region', countries: near.slice(0, countriesKept) }
  return { place: 'elsewhere', countries: countries.slice(0, countriesKept) }
}

/** Similar countries lie in one M49 subregion or in one region of the plan. */
export function isSimilar(a: string, b: string): boolean {
  const [one, other] = [findCountry(a), findCountry(b)]
  if (!one || !other) return false
  return one.region === other.region || planRegions.some((region) => liesInPlanRegion(a, region) && liesInPlanRegion(b, region))
}
