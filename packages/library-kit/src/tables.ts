import { boolean, integer, jsonb, pgSchema, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type { ControlState, Draft, OwnerSnapshot, RecordState, Visibility, WorkingState } from '@siku/contracts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export type ReviewNote = { at: string; by: string; code: string; text: string | null }
export type ReturnReason = { code: string; text: string | null }

type Schema = ReturnType<typeof pgSchema>

const recordTable = (schema: Schema) =>
  schema.table('record', {
    id: uuid('id').primaryKey(),
    reference: text('reference').notNull(),
    recordType: text('record_type').notNull(),
    state: text('state').$type<RecordState>().notNull(),
    latestVersion: integer('latest_version').notNull(),
    publishedVersion: integer('published_version'),
    workingVersion: integer('working_version'),
    workingState: text('working_state').$type<WorkingState>(),
    ownerOrganisationId: uuid('owner_organisation_id').notNull(),
    owner: jsonb('owner').$type<OwnerSnapshot>().notNull(),
    sourceLanguage: text('source_language').notNull(),
    visibility: text('visibility').$type<Visibility>().notNull(),
    openForInterest: boolean('open_for_interest').notNull(),
    controlState: text('control_state').$type<ControlState>().notNull(),
    clearedCountries: text('cleared_countries').array().notNull(),
    screeningState: text('screening_state').$type<'not-screened' | 'hit' | 'cleared-by'>().notNull(),
    handlerId: text('handler_id'),
    returnReasons: jsonb('return_reasons').$type<ReturnReason[]>().notNull(),
    reviewNotes: jsonb('review_notes').$type<ReviewNote[]>().notNull(),
    validUntil: instant('valid_until'),
    renewals: integer('renewals').notNull(),
    lastConfirmedAt: instant('last_confirmed_at'),
    mergedInto: uuid('merged_into'),
    revision: integer('revision').notNull(),
    faceRevision: integer('face_revision'),
    faceUpdatedAt: instant('face_updated_at'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    submittedAt: instant('submitted_at'),
    publishedAt: instant('published_at')
  })

const versionTable = (schema: Schema) =>
  schema.table('version', {
    recordId: uuid('record_id').notNull(),
    version: integer('version').notNull(),
    state: text('state').$type<WorkingState>().notNull(),
    authors: jsonb('authors').$type<string[]>().notNull(),
    draft: jsonb('draft').$type<Draft>().notNull(),
    hash: text('hash').notNull(),
    confirmedLeaks: jsonb('confirmed_leaks').$type<string[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    decidedBy: text('decided_by'),
    decidedAt: instant('decided_at')
  })

const controlDecisionTable = (schema: Schema) =>
  schema.table('control_decision', {
    id: uuid('id').primaryKey(),
    recordId: uuid('record_id').notNull(),
    version: integer('version').notNull(),
    hash: text('hash').notNull(),
    state: text('state').$type<ControlState>().notNull(),
    edition: text('edition'),
    note: text('note'),
    letter: jsonb('letter').$type<LetterOfIntent>(),
    assessedBy: text('assessed_by').notNull(),
    assessedAt: instant('assessed_at').notNull(),
    confirmedBy: text('confirmed_by'),
    confirmedAt: instant('confirmed_at'),
    withdrawnAt: instant('withdrawn_at')
  })

const fileTable = (schema: Schema) =>
  schema.table('file', {
    id: uuid('id').primaryKey(),
    recordId: uuid('record_id').notNull(),
    title: text('title').notNull(),
    name: text('name').notNull(),
    mediaType: text('media_type').notNull(),
    size: integer('size').notNull(),
    sha256: text('sha256').notNull(),
    language: text('language'),
    confidentiality: text('confidentiality').notNull(),
    personal: boolean('personal').notNull(),
    ordinal: integer('ordinal').notNull(),
    addedVersion: integer('added_version').notNull(),
    removedVersion: integer('removed_version'),
    addedBy: text('added_by').notNull(),
    addedAt: instant('added_at').notNull(),
    removedAt: instant('removed_at')
  })

const contactTable = (schema: Schema) =>
  schema.table('contact', {
    recordId: uuid('record_id').primaryKey(),
    ownerOrganisationId: uuid('owner_organisation_id').notNull(),
    contact: jsonb('contact').$type<Record<string, unknown>>().notNull(),
    revision: integer('revision').notNull(),
    updatedBy: text('updated_by').notNull(),
    updatedAt: instant('updated_at').notNull()
  })

const contactAccessTable = (schema: Schema) =>
  schema.table('contact_access', {
    id: uuid('id').primaryKey(),
    recordId: uuid('record_id').notNull(),
    actorId: text('actor_id').notNull(),
    organisationId: uuid('organisation_id'),
    basis: text('basis').notNull(),
    requestId: text('request_id').notNull(),
    at: instant('at').notNull()
  })

/** Tables of one library, in its own schema. What they are is said in `migrations/`; here they get types. */
export function libraryTables(schemaName: string) {
  const schema = pgSchema(schemaName)
  return {
    schemaName,
    record: recordTable(schema),
    version: versionTable(schema),
    controlDecision: controlDecisionTable(schema),
    file: fileTable(schema),
    contact: contactTable(schema),
    contactAccess: contactAccessTable(schema)
  }
}

/** A letter of intent: the restricted technology may be talked about with these countries until it ends. */
export type LetterOfIntent = { number: string; countries: string[]; validFrom: string; validUntil: string }

export type LibraryTables = ReturnType<typeof libraryTables>
export type RecordRow = LibraryTables['record']['$inferSelect']
export type VersionRow = LibraryTables['version']['$inferSelect']
export type FileRow = LibraryTables['file']['$inferSelect']
