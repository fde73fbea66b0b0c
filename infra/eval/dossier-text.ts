import type { DossierLine } from './dossier-collection.ts'

export type DossierText = {
  language: string
  title: string
  summary: string
  description: string
  more: { field: string; text: string }[]
  keywords: string[]
  sectors: string[]
  services: string[]
  /** Own country first; codes of countries and names of regions together. */
  places: string[]
}

const names = {
  language: ['lang', 'language', 'sourceLanguage'],
  title: ['title', 'name'],
  summary: ['summary', 'abstract'],
  description: ['description', 'text', 'profile'],
  keywords: ['keywords'],
  sectors: ['sector', 'sectors'],
  services: ['services', 'service'],
  places: ['country', 'iso2', 'countries', 'serviceCountries', 'targetCountries', 'coverage', 'region', 'regions', 'targetRegions']
}
/** Neither text nor a place. */
const passedOver = [
  'id',
  'theme',
  'source',
  'kind',
  'type',
  'year',
  'status',
  'url',
  'stage',
  'cooperationModes',
  'organization',
  'district'
]

/** Reads what a project or an institution says, under whatever name it says it; what no name fits is text. */
export function dossierText(line: DossierLine): DossierText {
  const all = (keys: readonly string[]) => keys.flatMap((key) => textsIn(line[key]))
  const first = (keys: readonly string[]) => all(keys)[0] ?? ''
  const used = new Set([...Object.values(names).flat(), ...passedOver])
  return {
    language: first(names.language) || 'zh',
    title: first(names.title),
    summary: first(names.summary),
    description: first(names.description),
    more: Object.keys(line)
      .filter((key) => !used.has(key))
      .flatMap((key) => textsIn(line[key]).map((text, at) => ({ field: `/details/${key}/${at}`, text }))),
    keywords: all(names.keywords),
    sectors: all(names.sectors),
    services: all(names.services),
    places: all(names.places)
  }
}

/** A text, or the texts of a list; of an object, all it holds. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [value]
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).flatMap(textsIn)
}
