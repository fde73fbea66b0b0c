import type { LibraryName, PublishedAccess } from '@siku/contracts'

/** Who may see a record, as facts; `validUntil` counts days since 1970-01-01 and is null where a record does not expire. */
export type SearchAccess = PublishedAccess & { validUntil: number | null }

export const facetNames = [
  'library',
  'sectors',
  'stage',
  'country',
  'targetCountries',
  'ownerType',
  'district',
  'cooperationModes',
  'services',
  'language',
  'recordType',
  'seeks'
] as const
export type FacetName = (typeof facetNames)[number]

export type SearchFacets = {
  library: LibraryName
  sectors: readonly string[]
  stage: string | null
  country: string | null
  targetCountries: readonly string[]
  ownerType: string | null
  district: string | null
  cooperationModes: readonly string[]
  services: readonly string[]
  language: string
  recordType: string
  seeks: string | null
}

/**
 * What a record says and how strongly, by a name of the caller's, such as 'c:pump'. What stands before the colon is the kind: weights are
 * compared within a kind only.
 */
export type Impact = { token: string; weight: number }

/**
 * What a record means to an embedding model, told by whoever makes such things. Vectors of one space are compared by the angle between them,
 * those of two spaces never; of zero length none may be.
 */
export type DocumentVector = {
  /** A name of letters and figures; lengths within a space are equal. */
  space: string
  values: ArrayLike<number>
  /** Tells which making of the vector this is; given back by `vectors`. */
  stamp: string
}

/** A stretch of an original text, in code points, `end` exclusive. */
export type Span = { field: string; start: number; end: number }

/** Where a concept or normal form stands in the original text; what a highlight is made of. */
export type Mark = Span & { token: string }

/**
 * One public record as the index keeps it. Only public text, never contact data. Normal forms and concepts are given by the caller,
 * so that both adapters find the same words in every language.
 */
export type SearchDocument = {
  library: LibraryName
  id: string
  version: number
  /** SHA-256 of text and access of the published row; drift is told by it. */
  hash: string
  language: string
  title: string
  summary: string
  description: string
  more: readonly { field: string; text: string }[]
  titleTerms: readonly string[]
  bodyTerms: readonly string[]
  concepts: readonly string[]
  marks?: readonly Mark[]
  /** What its candidates are found by. */
  impacts?: readonly Impact[]
  /** Given back with a candidate as it is; the engine does not look at it. */
  card?: string
  /** Without it the record has none, whatever it had before. */
  vector?: DocumentVector | undefined
  facets: SearchFacets
  access: SearchAccess
  /** Place in the library's change feed; 0 where it has none yet. */
  position: number
  /** ISO 8601 in UTC. */
  changedAt: string
}

export type RecordRef = { library: LibraryName; id: string }

/** A vector for a record that is there already. */
export type RecordVector = RecordRef & { vector: DocumentVector }

/** A removal, with the place of its tombstone in the change feed where that is known. */
export type Removal = RecordRef & { position?: number }

/** One key per record over all libraries. */
export const keyOf = ({ library, id }: RecordRef): string => `${library}_${id}`
