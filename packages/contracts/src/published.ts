import type { PublishedAccess } from './access/visibility.ts'
import type { LibraryName } from './libraries.ts'
import type { OwnerSnapshot } from './actor.ts'
import type { criterionKinds, criterionOperators } from './codes.ts'

export type Criterion = {
  kind: (typeof criterionKinds)[number]
  text: string
  parameter?: string
  operator?: (typeof criterionOperators)[number]
  value?: number
  valueMax?: number
  unit?: string
}

export type PublishedTranslation = {
  language: string
  title: string
  summary: string
  description?: string
  status: 'machine' | 'reviewed'
}

/**
 * What a record says in public: the only text that index, matcher and change feed ever meet. Evidence points into title, summary,
 * description and `more[].text` by (version, field, start, end) in code points.
 */
export type PublishedText = {
  reference: string
  recordType: string
  sourceLanguage: string
  title: string
  summary: string
  description: string
  /** Every other public text field of the details; `field` is its JSON pointer. */
  more: { field: string; text: string }[]
  translations: PublishedTranslation[]
  keywords: string[]
  sectors: string[]
  classification: { scheme: string; edition: string; code: string }[]
  stage: string | null
  trl: number | null
  cooperationModes: string[]
  partnerTypes: string[]
  targetCountries: string[]
  targetRegions: string[]
  country: string | null
  /** The name stands here only where the record is public under its owner's name. */
  owner: Omit<OwnerSnapshot, 'name'> & { name: string | null }
  criteria: Criterion[]
  performance: { parameter: string; value: number; valueMax?: number; unit: string }[]
  standards: string[]
  seeks: string | null
  deadline: string | null
  services: string[]
  serviceCountries: string[]
}

/** A public text that says nothing: what a text is about is written over it. */
export const emptyPublishedText: PublishedText = {
  reference: '',
  recordType: '',
  sourceLanguage: 'en',
  title: '',
  summary: '',
  description: '',
  more: [],
  translations: [],
  keywords: [],
  sectors: [],
  classification: [],
  stage: null,
  trl: null,
  cooperationModes: [],
  partnerTypes: [],
  targetCountries: [],
  targetRegions: [],
  country: null,
  owner: { name: null, type: 'enterprise', country: 'CN', district: null },
  criteria: [],
  performance: [],
  standards: [],
  seeks: null,
  deadline: null,
  services: [],
  serviceCountries: []
}

/** A row of `published.document`: the current public face of a record, or its tombstone. */
export type PublishedDocument = PublishedAccess & {
  library: LibraryName
  id: string
  version: number
  revision: number
  /** SHA-256 of text and access in canonical JSON; drift is told by it. */
  hash: string
  tombstone: boolean
  country: string | null
  validUntil: string | null
  publishedAt: string | null
  text: PublishedText
  position: number | null
}
