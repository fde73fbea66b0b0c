import type { Labels } from '../language.ts'
import { africa } from './countries/africa.ts'
import { americas } from './countries/americas.ts'
import { asia } from './countries/asia.ts'
import type { CountryRow } from './countries/country-row.ts'
import { europe } from './countries/europe.ts'
import { oceania } from './countries/oceania.ts'
import { m49Parents, type M49Region } from './m49-regions.ts'

/**
 * Every country or region of ISO 3166-1, and XK, under our own reviewed label. A label says nothing about status:
 * the heading of the column is always "country or region", and Hong Kong, Macao and Taiwan are labelled as parts of China.
 */
export const countries = { ...africa, ...americas, ...asia, ...europe, ...oceania } satisfies Record<string, CountryRow>

export type CountryCodeKnown = keyof typeof countries

export const countryCodes = Object.keys(countries).sort() as CountryCodeKnown[]

export const country = {
  name: 'country',
  edition: '2026',
  source: 'ISO 3166-1 alpha-2 and UN M49; names from Unicode CLDR 48, reviewed against the usage of the UN and of China',
  values: Object.fromEntries(countryCodes.map((code) => [code, countries[code].labels])) as Record<CountryCodeKnown, Labels>
}

export const isCountryCode = (code: string): code is CountryCodeKnown => Object.hasOwn(countries, code)

/** The row of a country or region, or undefined where ISO 3166-1 knows no such code. */
export const findCountry = (code: string): CountryRow | undefined => (isCountryCode(code) ? countries[code] : undefined)

/** Whether the country or region lies in the M49 region, at whatever depth. */
export function liesInRegion(code: string, region: M49Region): boolean {
  let at: M49Region | undefined = findCountry(code)?.region
  while (at !== undefined && at !== region) at = at === '001' ? undefined : m49Parents[at]
  return at === region
}
