import {
  collectionOf,
  recordTypes,
  schemaOf,
  type ControlState,
  type Draft,
  type LibraryName,
  type OwnerSnapshot,
  type PublishedText,
  type Violation
} from '@siku/contracts'
import type { TObject } from 'typebox'
import { recordStatements, type RecordStatements } from './record-statements.ts'
import { libraryTables, type LibraryTables } from './tables.ts'

/** What the calendar does to a record, counted in days since it was last confirmed. */
export type Ageing = { afterDays: number; does: 'close' | 'pause' | 'expire' }

export type Validity = {
  ageing: readonly Ageing[]
  /** How often it may be renewed; null for as often as its owner confirms it. */
  renewalsMax: number | null
  /** Earliest renewal before the end; null for any time. */
  renewableDaysBefore: number | null
}

/** What of the details the index and the matcher understand, in the words of the published text. */
export type PublishedParts = Partial<
  Pick<
    PublishedText,
    | 'stage'
    | 'trl'
    | 'cooperationModes'
    | 'partnerTypes'
    | 'criteria'
    | 'performance'
    | 'standards'
    | 'seeks'
    | 'deadline'
    | 'services'
    | 'serviceCountries'
    | 'sectors'
  >
> & { more: { field: string; text: string }[] }

export type LibraryDefinition<D> = {
  name: LibraryName
  title: string
  description: string
  details: TObject
  /** Rules that a schema cannot say: each violation points at the field and says what would be right. */
  check(draft: Draft & { details: D }, today: string): Violation[]
  /** Public text and facets of the details. */
  publish(draft: Draft & { details: D }): PublishedParts
  validity: Validity
  /** Control state a new record starts in, by its owner. */
  controlStateFor(owner: OwnerSnapshot): ControlState
  /** End of validity that the details themselves carry, such as the first credential to run out. */
  endsOn?(draft: Draft & { details: D }): string | null
}

/** A library as a value: the kit's verbs take it, and nothing in the kit knows its name. */
export type Library = LibraryDefinition<never> & {
  collection: string
  recordTypes: readonly string[]
  tables: LibraryTables
  statements: RecordStatements
  schemaName: string
}

export function defineLibrary<D>(definition: LibraryDefinition<D>): Library {
  const schemaName = schemaOf(definition.name)
  const tables = libraryTables(schemaName)
  return {
    ...(definition as LibraryDefinition<never>),
    collection: collectionOf[definition.name],
    recordTypes: recordTypes[definition.name],
    schemaName,
    tables,
    statements: recordStatements(tables)
  }
}
