import type { LibraryName, PublishedAccess, PublishedDocument } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'
import { statement } from '../statements.ts'

const accessColumns = `d.state, d.visibility, d.open_for_interest as "openForInterest", d.control_state as "controlState",
  to_jsonb(d.cleared_countries) as "clearedCountries", d.owner_key as "ownerKey", to_jsonb(d.excluded_keys) as "excludedKeys",
  to_jsonb(d.excluded_countries) as "excludedCountries"`
const columnList = `d.library, d.id, d.version, d.revision, d.hash, d.tombstone, ${accessColumns}, d.country, to_char(d.valid_until at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "validUntil",
  to_char(d.published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "publishedAt", d.text, d.position`
const columns = sql.raw(columnList)

const byIds = statement<PublishedDocument>(
  `select ${columnList} from published.document d where d.id in (select (jsonb_array_elements_text($1::jsonb))::uuid)`
)

/** The rows with these ids that the actor of the transaction may see. */
export async function documentsById(tx: Tx, ids: readonly string[]): Promise<PublishedDocument[]> {
  return ids.length === 0 ? [] : byIds(tx, JSON.stringify(ids))
}

const accessOf = statement<PublishedAccess>(`select ${accessColumns} from published.document d where d.id = $1::uuid`)

/** Who may see the published row of a record, for an actor who may; its text stays where it is. */
export async function findAccess(tx: Tx, id: string): Promise<PublishedAccess | undefined> {
  const [access] = await accessOf(tx, id)
  return access
}

export type AnnotatedDocument = PublishedDocument & { annotation: unknown; edition: string | null; changedAt: string }

/** The same with their annotation of an edition: what one run reads of the few it looks at. */
export async function annotatedById(tx: Tx, ids: readonly string[], edition: string): Promise<AnnotatedDocument[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<AnnotatedDocument>(sql`
    select ${columns}, a.annotation, a.edition, d.changed_at as "changedAt"
    from published.document d left join published.annotation a on a.id = d.id and a.version = d.version and a.edition = ${edition}
    where d.id in (select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid)`)
  return [...rows]
}

export type FollowOptions = { library: LibraryName; after: number; limit: number; edition: string }

const afterPosition = statement<AnnotatedDocument>(`
  select ${columnList}, a.annotation, a.edition, d.changed_at as "changedAt"
  from published.document d left join published.annotation a on a.id = d.id and a.version = d.version and a.edition = $4
  where d.library = $1 and d.position > $2 order by d.position limit $3`)

/** Numbered rows after a position, in order, with their annotation of this edition: what every in-memory copy is fed from. */
export async function documentsAfter(tx: Tx, { library, after, limit, edition }: FollowOptions): Promise<AnnotatedDocument[]> {
  return [...(await afterPosition(tx, library, after, limit, edition))]
}

export type PagesOptions = Pick<FollowOptions, 'limit' | 'edition'> & { positions: ReadonlyMap<LibraryName, number> }
export type LibraryPage = { library: LibraryName; rows: AnnotatedDocument[] }

/** The next page of several libraries after the positions where each of them stands; they are asked for one behind the other at once. */
export function pagesAfter(tx: Tx, libraries: readonly LibraryName[], { positions, ...page }: PagesOptions): Promise<LibraryPage[]> {
  return Promise.all(
    libraries.map(async (library) => ({
      library,
      rows: await documentsAfter(tx, { library, after: positions.get(library) ?? 0, ...page })
    }))
  )
}

/** Identity of every live row of a library, by id: what an index is held against. */
export async function documentTruth(tx: Tx, library: LibraryName, after: string, limit: number) {
  const rows = await tx.execute<{ id: string; version: number; hash: string; tombstone: boolean; position: number | null }>(sql`
    select id, version, hash, tombstone, position from published.document
    where library = ${library} and id > ${after}::uuid order by id limit ${limit}`)
  return [...rows]
}

/** Highest position given in a library. */
export async function lastPosition(tx: Tx, library: LibraryName): Promise<number> {
  const [row] = await tx.execute<{ position: number }>(
    sql`select coalesce((select position from published.counter where library = ${library}), 0) as position`
  )
  return row?.position ?? 0
}
