import { isStaff, type RecordState, type WorkingState } from '@siku/contracts'
import { AccessForbidden } from '@siku/service-kit'
import { and, desc, eq, isNotNull, lt, or, sql, type SQL } from 'drizzle-orm'
import type { LibraryContext } from '../context.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import type { Library } from '../define-library.ts'
import { CursorUnknown } from '../errors.ts'
import type { RecordRow } from '../tables.ts'
import { toRecord, type RecordView } from '../to-record.ts'

export type ListFilter = {
  /** `published`: what the reader may see; `own`: the organisation's, drafts included; `desk`: everything, for staff. */
  view?: 'published' | 'own' | 'desk'
  state?: RecordState
  workingState?: WorkingState
  recordType?: string
  sector?: string
  country?: string
  targetCountry?: string
  stage?: string
  cooperationMode?: string
  language?: string
  controlState?: string
  openForInterest?: boolean
  updatedSince?: string
}
type ChangedAt = ReturnType<typeof changedAtIn>
export type ListRequest = ListFilter & { cursor?: string; limit: number }

/**
 * A page of records, newest change first; in the published view the newest change that readers met. What the reader may not see is
 * filtered by the database, not here.
 */
export async function listRecords(
  ctx: LibraryContext,
  library: Library,
  { cursor, limit, ...filter }: ListRequest
): Promise<{ data: RecordView[]; next: string | null }> {
  const view = filter.view ?? 'published'
  if (view === 'desk' && !isStaff(ctx.actor)) throw AccessForbidden('the desk view is for staff; leave `view` out or ask for `own`')
  if (view === 'own' && !ctx.actor.organisationId) throw AccessForbidden('the own view is for signed-in organisations; leave `view` out')
  if (view === 'published' && filter.workingState)
    throw AccessForbidden('`workingState` is a filter of the views `own` and `desk`; leave it out or ask for one of them')
  const key = [library.name, view, filter]
  const after = readCursor(key, cursor, 2)
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const { record, version } = library.tables
    const changedAt = changedAtIn(library, view)
    const shown = view === 'published' ? record.publishedVersion : sql`coalesce(${record.workingVersion}, ${record.publishedVersion})`
    const rows = await tx
      .select({ row: record, shown: version })
      .from(record)
      .innerJoin(version, and(eq(version.recordId, record.id), sql`${version.version} = ${shown}`))
      .where(and(...viewOf(ctx, library, view), ...conditions(library, filter, changedAt), afterKey(library, changedAt, after)))
      .orderBy(desc(changedAt), desc(record.id))
      .limit(limit + 1)
    const page = rows.slice(0, limit)
    const last = page.at(-1)?.row
    return {
      data: page.map(({ row, shown: shownVersion }) => toRecord(library, row, shownVersion, { actor: ctx.actor, now: ctx.now() })),
      next: rows.length > limit && last ? writeCursor(key, keyOfRow(last, view)) : null
    }
  })
}

/** Edits in private move no record in a list that others read. */
const changedAtIn = ({ tables: { record } }: Library, view: string) => (view === 'published' ? record.faceUpdatedAt : record.updatedAt)

const keyOfRow = (row: RecordRow, view: string): [string, string] => [
  ((view === 'published' ? row.faceUpdatedAt : undefined) ?? row.updatedAt).toISOString(),
  row.id
]

function viewOf(ctx: LibraryContext, library: Library, view: string): SQL[] {
  const { record } = library.tables
  if (view === 'own') return [eq(record.ownerOrganisationId, ctx.actor.organisationId ?? '')]
  // The document's own policy decides who sees it; only what stands in public is listed here, for staff and owners too.
  if (view === 'published')
    return [sql`exists (select from published.document d where d.id = ${record.id} and not d.tombstone)`, isNotNull(record.faceUpdatedAt)]
  return []
}

/** Filters over the details look into the shown version's JSON; the people's search has the index for more. */
function conditions(library: Library, filter: ListFilter, changedAt: ChangedAt): SQL[] {
  const { record, version } = library.tables
  const has = (path: string, value: string) => sql`${version.draft} #> ${path}::text[] ? ${value}`
  const is = (path: string, value: string) => sql`${version.draft} #>> ${path}::text[] = ${value}`
  const found: (SQL | undefined)[] = [
    filter.state && eq(record.state, filter.state),
    filter.workingState && eq(record.workingState, filter.workingState),
    filter.recordType && eq(record.recordType, filter.recordType),
    filter.controlState && sql`${record.controlState} = ${filter.controlState}`,
    filter.language && sql`${record.sourceLanguage} = ${filter.language} or ${record.sourceLanguage} like ${`${filter.language}-%`}`,
    filter.openForInterest === undefined ? undefined : eq(record.openForInterest, filter.openForInterest),
    filter.updatedSince && sql`${changedAt} >= ${filter.updatedSince}::timestamptz`,
    filter.country && is('{country}', filter.country),
    filter.targetCountry && has('{targetCountries}', filter.targetCountry),
    filter.stage && is('{details,stage}', filter.stage),
    filter.cooperationMode && has('{details,cooperationModes}', filter.cooperationMode),
    filter.sector && sql`${version.draft} @> ${JSON.stringify({ classification: [{ code: filter.sector }] })}::jsonb`
  ].map((condition) => (condition ? sql`(${condition})` : undefined))
  return found.filter((condition) => condition !== undefined)
}

function afterKey(library: Library, changedAt: ChangedAt, after: (string | number)[] | undefined): SQL | undefined {
  if (after === undefined) return undefined
  const { record } = library.tables
  const [at, id] = after
  if (typeof at !== 'string' || typeof id !== 'string' || Number.isNaN(Date.parse(at))) throw CursorUnknown()
  const moment = new Date(at)
  // Milliseconds are what a cursor carries; rows are written with milliseconds too.
  return or(lt(changedAt, moment), and(eq(changedAt, moment), lt(record.id, id)))
}
