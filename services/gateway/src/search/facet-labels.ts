import { labelOfCode, type Language, type VocabularyName } from '@siku/contracts'
import type { FacetCounts, FacetName } from '@siku/search'

/** Where each facet's codes have their labels; the first vocabulary that knows a code names it. */
const vocabulariesOf: Record<FacetName, readonly VocabularyName[]> = {
  library: ['library'],
  sectors: ['sector-2021', 'sector-2017', 'plan-field'],
  stage: ['development-stage', 'maturity-stage'],
  country: ['country'],
  targetCountries: ['country'],
  ownerType: ['organisation-type'],
  district: [],
  cooperationModes: ['cooperation-mode'],
  services: ['service'],
  language: ['language'],
  recordType: ['record-type'],
  seeks: ['seeking']
}

export type FacetLine = { value: string; label: string; count: number }

/** Facet counts with what each code is called in the reader's language. */
export function labelFacets(counts: FacetCounts, language: Language): Record<string, FacetLine[]> {
  return Object.fromEntries(
    Object.entries(counts).map(([facet, lines]) => [
      facet,
      lines.map(({ value, count }) => ({ value, count, label: labelOf(facet as FacetName, value, language) }))
    ])
  )
}

export function labelOf(facet: FacetName, code: string, language: Language): string {
  const labels = vocabulariesOf[facet].map((name) => labelOfCode(name, code, language))
  return labels.find((label) => label !== code) ?? code
}
