import { findCountry, liesInRegion, type M49Region, type planRegions } from '@siku/contracts'

type PlanRegion = (typeof planRegions)[number]
type Extent = { regions: M49Region[]; countries?: string[]; except?: string[] }

const caucasus = ['AM', 'AZ', 'GE']

/** Regions of the plan in terms of M49; where the plan's usage differs, countries are named. */
const extents: Record<PlanRegion, Extent> = {
  'southeast-asia': { regions: ['035'] },
  'south-asia': { regions: ['034'], except: ['IR'] },
  'east-asia': { regions: ['030'] },
  'central-asia': { regions: ['143'] },
  'russia-caucasus': { regions: [], countries: ['RU', 'BY', ...caucasus] },
  'middle-east': { regions: ['145'], countries: ['IR', 'EG'], except: [...caucasus, 'CY'] },
  africa: { regions: ['002'] },
  'central-eastern-europe': {
    regions: [],
    countries: ['AL', 'BA', 'BG', 'CZ', 'EE', 'GR', 'HR', 'HU', 'LT', 'LV', 'MD', 'ME', 'MK', 'PL', 'RO', 'RS', 'SI', 'SK', 'UA', 'XK']
  },
  'western-europe': {
    regions: ['155', '154', '039'],
    countries: ['CY'],
    except: ['AL', 'BA', 'EE', 'GR', 'HR', 'LT', 'LV', 'ME', 'MK', 'RS', 'SI', 'XK']
  },
  'latin-america': { regions: ['419'] },
  'north-america': { regions: ['021'] },
  oceania: { regions: ['009'] }
}

const known = new Map<string, Map<string, boolean>>()

/** Whether a country or region lies in a region of the plan, or in an M49 region given by its number. */
export function liesInPlanRegion(country: string, region: string): boolean {
  const countries = known.get(region)
  const answer = countries?.get(country)
  if (answer !== undefined) return answer
  const lies = lookUp(country, region)
  // Only what the lists name is remembered: codes come from outside.
  if (isRegion(region) && findCountry(country)) known.set(region, (countries ?? new Map<string, boolean>()).set(country, lies))
  return lies
}

const isRegion = (region: string): boolean => region in extents || /^\d{3}$/.test(region)

function lookUp(country: string, region: string): boolean {
  if (/^\d{3}$/.test(region)) return liesInRegion(country, region as M49Region)
  const extent = extents[region as PlanRegion]
  if (!extent || extent.except?.includes(country)) return false
  return (extent.countries?.includes(country) ?? false) || extent.regions.some((m49) => liesInRegion(country, m49))
}
