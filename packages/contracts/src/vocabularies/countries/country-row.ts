import type { planRegions } from '../../codes.ts'
import type { Labels } from '../../language.ts'
import type { M49Region } from '../m49-regions.ts'

export type CountryRow = {
  /** UN M49 numeric code (ISO 3166-1 numeric), three digits kept as a string; null where none is assigned. */
  readonly m49: string | null
  /** M49 sub-region the country or region lies in. */
  readonly region: M49Region
  /** Region of the plan; null for China itself and for places without permanent population. */
  readonly planRegion: (typeof planRegions)[number] | null
  readonly labels: Labels
}
