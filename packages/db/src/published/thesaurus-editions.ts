import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'
import { statement } from '../statements.ts'

/** An edition made at run time; `changes` is its whole overlay over the shipped files `base`. */
export type EditionRow = { number: number; edition: string; base: string; changes: unknown; publishedBy: string; publishedAt: string }

/** Numbers of the newest edition and of the one that lists are in; 0 is the shipped files. */
export type EditionNumbers = { newest: number; inForce: number }

const numbers = statement<EditionNumbers>(`
  select coalesce((select max(number) from published.thesaurus), 0) as newest,
    coalesce((select number from published.thesaurus_in_force), 0) as "inForce"`)

export async function editionNumbers(tx: Tx): Promise<EditionNumbers> {
  const [row] = await numbers(tx)
  return row ?? { newest: 0, inForce: 0 }
}

export async function editionRows(tx: Tx, wanted: readonly number[]): Promise<EditionRow[]> {
  const rows = await tx.execute<EditionRow>(sql`
    select number, edition, base, changes, published_by as "publishedBy",
      to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "publishedAt"
    from published.thesaurus where number in (select (jsonb_array_elements_text(${JSON.stringify(wanted)}::jsonb))::int) order by number`)
  return [...rows]
}

export async function publishEdition(tx: Tx, row: EditionRow): Promise<void> {
  await tx.execute(sql`
    insert into published.thesaurus (number, edition, base, changes, published_by, published_at)
    values (${row.number}, ${row.edition}, ${row.base}, ${JSON.stringify(row.changes)}::jsonb, ${row.publishedBy}, ${row.publishedAt}::timestamptz)`)
}

// Any number: who stores annotations and who moves lists on must not overlap.
const editionLock = 721_004_553
const hold = statement(`select pg_advisory_xact_lock_shared(${editionLock})`)

/** Holds the lists where they are until the transaction ends, and says whether the editions are still these. */
export async function holdEditions(tx: Tx, { newest, inForce }: EditionNumbers): Promise<boolean> {
  await hold(tx)
  const now = await editionNumbers(tx)
  return now.newest === newest && now.inForce === inForce
}

/** Waits until nobody holds the editions, and lets nobody hold them until the transaction ends. */
export const lockEditions = async (tx: Tx): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(${editionLock})`)
}

/** Moves the lists on to an edition, under the lock; the caller owes what follows from it in the same transaction. */
export async function putInForce(tx: Tx, number: number): Promise<void> {
  await tx.execute(sql`
    insert into published.thesaurus_in_force (number) values (${number})
    on conflict (single) do update set number = excluded.number, since = now()`)
}

export type LeftBehind = { id: string; version: number; text: unknown; carries: boolean; isReadBefore: boolean }
export type LeftBehindOptions = { ids: readonly string[]; edition: string; before: string; concepts: readonly string[] }
export type SliceOptions = { library?: string; after: string; limit: number }

/** Before the first id. */
export const firstSlice = '00000000-0000-0000-0000-000000000000'

/** Live records in the order of their ids: a pass over all of them is made slice by slice, so that each row is met once. */
export async function liveRecordsAfter(tx: Tx, { library, after, limit }: SliceOptions): Promise<string[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    select d.id from published.document d
    where d.id > ${after}::uuid and not d.tombstone ${library === undefined ? sql`` : sql`and d.library = ${library}`}
    order by d.id limit ${limit}`)
  return [...rows].map(({ id }) => id)
}

// By key, record for record: a join might read everything there is for the sake of a slice.
const among = (ids: readonly string[]) => sql`any (array(select (jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))::uuid))`
const versionRead = (edition: string) => sql`
  (select n.version from published.annotation n where n.id = d.id and n.edition = ${edition})`

/**
 * Of these records, those live ones without an annotation of an edition and with nothing owed that would give it. `isReadBefore`: one of
 * the edition before stands; `carries`: it names one of the concepts.
 */
export async function leftBehind(tx: Tx, { ids, edition, before, concepts }: LeftBehindOptions): Promise<LeftBehind[]> {
  if (ids.length === 0) return []
  const rows = await tx.execute<LeftBehind>(sql`
    select d.id, d.version, d.text, a.id is not null as "isReadBefore",
      coalesce(exists (
        select from jsonb_array_elements(a.annotation -> 'concepts') c where ${JSON.stringify(concepts)}::jsonb ? (c ->> 'id')
      ), false) as carries
    from published.document d left join lateral (
      select r.id, r.annotation from published.annotation r
      where r.id = d.id and r.version = d.version and r.edition = ${before} and r.edition <> ${edition} limit 1
    ) a on true
    where d.id = ${among(ids)} and not d.tombstone and ${versionRead(edition)} is distinct from d.version
      and (select w.done < w.wanted from work.item w where w.kind = 'index' and w.record_id = d.id) is not true
    order by d.id`)
  return [...rows]
}

/** Gives annotations the stamp of another edition too, without reading the texts again; the old one stays until lists have moved on. */
export async function carryAnnotations(
  tx: Tx,
  { rows, from, to }: { rows: readonly { id: string; version: number }[]; from: string; to: string }
): Promise<void> {
  if (rows.length === 0) return
  await tx.execute(sql`
    insert into published.annotation (library, id, version, edition, hash, annotation)
    select a.library, a.id, a.version, ${to}, a.hash, jsonb_set(a.annotation, '{edition}', to_jsonb(${to}::text))
    from published.annotation a join jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, version int)
      on r.id = a.id and r.version = a.version
    where a.edition = ${from}
    on conflict (id, edition) do update set version = excluded.version, hash = excluded.hash, annotation = excluded.annotation
    where published.annotation.version < excluded.version`)
}

type Between = { before: string; edition: string }

/** Whether one of these records is used by lists in one edition and does not carry the other yet; what is parked is not waited for. */
export async function isWaitingForEdition(tx: Tx, ids: readonly string[], { before, edition }: Between): Promise<boolean> {
  if (ids.length === 0) return false
  const rows = await tx.execute(sql`
    select d.id from published.document d
    where d.id = ${among(ids)} and not d.tombstone and ${versionRead(edition)} is distinct from d.version and ${versionRead(before)} = d.version
      and (select w.state = 'parked' and w.done < w.wanted from work.item w where w.kind = 'index' and w.record_id = d.id) is not true
    limit 1`)
  return rows.length > 0
}

/** How many records wait for an edition, by library: looks at all of them. */
export async function waitingForEdition(tx: Tx, { before, edition }: Between) {
  const rows = await tx.execute<{ library: string; records: number }>(sql`
    select d.library, count(*)::int as records from published.document d
    join published.annotation a on a.id = d.id and a.version = d.version and a.edition = ${before}
    where not d.tombstone
      and not exists (select from published.annotation n where n.id = d.id and n.edition = ${edition} and n.version = d.version)
      and not exists (select from work.item w where w.kind = 'index' and w.record_id = d.id and w.state = 'parked' and w.done < w.wanted)
    group by d.library order by d.library`)
  return [...rows]
}

/** Annotations of a library in any edition but this one, of the records after an id; undefined where there is no further record. */
export async function dropAnnotations(
  tx: Tx,
  { library, after, limit, edition }: SliceOptions & { library: string; edition: string }
): Promise<{ dropped: number; last: string } | undefined> {
  const slice = await tx.execute<{ id: string }>(sql`
    select a.id from published.annotation a where a.id > ${after}::uuid and a.library = ${library} order by a.id limit ${limit}`)
  const ids = [...new Set([...slice].map(({ id }) => id))]
  const last = ids.at(-1)
  if (last === undefined) return undefined
  const rows = await tx.execute(sql`
    delete from published.annotation a where a.id = ${among(ids)} and a.edition <> ${edition} returning a.id`)
  return { dropped: rows.length, last }
}
