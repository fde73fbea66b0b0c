import { type PublishedText } from '@siku/contracts'
import type { Thesaurus } from '@siku/thesaurus'
import { closenessOf } from './dossier-closeness.ts'
import { millionths, type DossierDemand } from './dossier-precedents.ts'
import { neededServices } from './dossier-services.ts'
import type { DossierPlace, Institution } from './dossier-types.ts'
import { dossierWeights } from './dossier-weights.ts'
import { liesInPlanRegion } from './plan-regions.ts'
import type { MatchSide, Weights } from './types.ts'

/** Every institution that helps others is in it; it says nothing about whom. */
const helping = ['sci-tech-services', 'sci-tech-services-2021']

/** Whether an institution can carry a demand: it serves the country that asks, and offers what such a demand will need. */
export function scoreInstitution(
  demand: DossierDemand,
  institution: MatchSide,
  thesaurus: Thesaurus,
  weights: Weights
): Institution | undefined {
  const place = servedAs(demand.country, institution.text)
  if (place === undefined) return undefined
  const { shares, servicesHalf, conceptFloor } = dossierWeights().institutions
  const { services, weight } = servicesFor(demand, institution)
  const { value, shared } = closenessOf(demand.entry, institution, thesaurus, weights)
  if (weight === 0 && value < conceptFloor) return undefined
  const sectors = sharedSectors(demand, institution)
  const servicesMillionths = millionths(shares.services * (weight / (weight + servicesHalf)))
  const sectorMillionths = sectors.length > 0 ? millionths(shares.sector) : 0
  const conceptsMillionths = millionths(shares.concepts * value)
  return {
    library: institution.library,
    id: institution.id,
    version: institution.version,
    scoreMillionths: servicesMillionths + sectorMillionths + conceptsMillionths,
    reasons: {
      servicesMillionths,
      sectorMillionths,
      conceptsMillionths,
      place,
      countries: demand.country === null ? [] : [demand.country],
      services,
      sectors,
      shared
    }
  }
}

/** A country is served by name, or with its region; undefined where it is not, or where nobody knows which one asks. */
export function servedAs(
  country: string | null,
  text: Pick<PublishedText, 'serviceCountries' | 'targetCountries' | 'targetRegions'>
): DossierPlace | undefined {
  if (country === null) return undefined
  if (text.serviceCountries.includes(country) || text.targetCountries.includes(country)) return 'country'
  return text.targetRegions.some((region) => liesInPlanRegion(country, region)) ? 'region' : undefined
}

function servicesFor({ entry }: DossierDemand, { text }: MatchSide): { services: string[]; weight: number } {
  const needed = neededServices(entry.text)
  const met = [...new Set(text.services)]
    .map((service) => ({ service, weight: needed.get(service) ?? 0 }))
    .filter(({ weight }) => weight > 0)
  met.sort((a, b) => b.weight - a.weight || (a.service < b.service ? -1 : 1))
  return { services: met.map(({ service }) => service), weight: met.reduce((sum, { weight }) => sum + weight, 0) }
}

/** Of the demand, or of a technology that answers it. */
function sharedSectors({ entry, technologies }: DossierDemand, { text }: MatchSide): string[] {
  const asked = new Set([entry, ...technologies].flatMap((side) => side.text.sectors))
  return text.sectors.filter((sector) => asked.has(sector) && !helping.includes(sector))
}
