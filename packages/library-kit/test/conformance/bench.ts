import { serviceActor, type Actor, type ControlState, type PublishedText, type Role } from '@siku/contracts'
import { indexDocuments, runClock, type Library } from '@siku/library-kit'
import type { Teardown } from '@siku/testing'
import { sql, type SQL } from 'drizzle-orm'
import { libraryHarness } from '../library-harness.ts'
import { tinyThesaurus } from '../tiny-thesaurus.ts'
import { person, staff } from './people.ts'

type Json = Record<string, unknown>

/** What the suite has to know of a library: a draft that can be submitted, and where its own fields stand. */
export type LibraryFixture = {
  /** Complete, declared, public without its owner's name, and it tells nothing of its owner. */
  draft: Json & { details: Json; title: string; country: string }
  /** Role of those who post here. */
  role: Role
  /** Details with a confidential field that says CANARY-7f3a, and its pointer; absent where the details have none. */
  confidential?: { details: Json; pointer: string }
  /** Details with a given text in a field that readers see, and that field's pointer. */
  visibleText: { details: (text: string) => Json; pointer: string }
}

export type Shown = Json & { id: string; reference: string; revision: number; version: number; state: string; hidden: string[] }
type Answer = { status: number; body: unknown }
type Upload = { bytes?: Buffer; query?: Record<string, string>; actor?: Actor; headers?: Record<string, string> }

/** Everything a case of the suite needs: one library on one database, its people, and the usual ways of a record. */
export async function libraryBench(t: Teardown, library: Library, fixture: LibraryFixture) {
  const harness = await libraryHarness(t, library)
  const { call, step, owner, db, log, clock } = harness
  const isControlled = library.controlStateFor({ name: '', type: '', country: 'CN', district: null }) === 'unassessed'
  const author = person({ name: '青禾试验院', roles: [fixture.role] })
  const stranger = person({ name: '他山试验院', roles: [fixture.role] })
  const draft = (over: Json = {}): Json => ({ ...structuredClone(fixture.draft), ...over })

  const create = async (over: Json = {}, actor: Actor = author) => must(await call({ actor, method: 'POST', body: draft(over) }), 201)
  const edit = (actor: Actor, record: Shown, patch: Json) =>
    call({ actor, method: 'PATCH', path: `/${record.id}`, headers: { 'if-match': `"r${record.revision}"` }, body: patch })
  const moved = async (actor: Actor, record: Shown, name: string, body?: unknown) => must(await step(actor, record, name, body), 200)
  const submit = async (over: Json = {}, actor: Actor = author) => moved(actor, await create(over, actor), 'submit')
  const publish = async (over: Json = {}, actor: Actor = author) => moved(staff.reviewer, await submit(over, actor), 'approve')
  const assess = async (record: Shown, state: ControlState, more: Json = {}) =>
    moved(staff.secondCompliance, await moved(staff.compliance, record, 'control/assess', { state, ...more }), 'control/confirm')
  /** Published, and where export control applies cleared by two people, so that others see it. */
  const publishCleared = async (over: Json = {}, actor: Actor = author) => {
    const record = await publish(over, actor)
    return isControlled ? assess(record, 'not-listed') : record
  }

  /** Adds a file for everybody, unless said otherwise. */
  const upload = (id: string, { bytes = Buffer.from('x'), query = {}, actor = author, headers = {} }: Upload = {}) =>
    call({
      actor,
      method: 'POST',
      path: `/${id}/files?${new URLSearchParams({ name: 'a.txt', title: 'a', confidentiality: 'public', ...query })}`,
      body: bytes,
      headers: { 'content-type': 'application/octet-stream', ...headers }
    })
  const remove = (record: Shown, fileId: string, actor: Actor = author) =>
    call({ actor, method: 'DELETE', path: `/${record.id}/files/${fileId}` })
  /** What is being worked on, as its owner sees it. */
  const working = async ({ id }: { id: string }, actor: Actor = author) => must(await call({ actor, path: `/${id}?version=working` }), 200)
  const leaksOf = async (record: Shown, actor: Actor = author) =>
    (await call({ actor, path: `/${record.id}/leaks` })).body as { leaks: { key: string; kind: string }[]; revision: number }
  /** The record as it is being worked on, all that its check found confirmed. */
  const confirmed = async (record: Shown, actor: Actor = author) => {
    const { leaks, revision } = await leaksOf(record, actor)
    const keys = leaks.map(({ key }) => key)
    if (keys.length > 0)
      must(await call({ actor, method: 'PUT', path: `/${record.id}/leaks`, headers: ifMatch({ revision }), body: { keys } }), 200)
    return working(record, actor)
  }
  /** Confirmed, handed in, approved, and where export control applies cleared anew. */
  const publishNext = async (record: Shown, actor: Actor = author) => {
    const published = await moved(staff.reviewer, await moved(actor, await confirmed(record, actor), 'submit'), 'approve')
    return isControlled ? assess(published, 'not-listed') : published
  }

  /** What the database itself holds, as its owner sees it. */
  const rows = <R extends Record<string, unknown>>(statement: SQL) =>
    owner.withRead(serviceActor('service:index', 'see'), async (tx) => [...(await tx.execute<R>(statement))])
  const change = (statement: SQL) => owner.withTx(serviceActor('service:index', 'place'), async (tx) => void (await tx.execute(statement)))
  const table = (name: string) => sql`${sql.identifier(library.schemaName)}.${sql.identifier(name)}`
  const counted = ['record', 'version', 'control_decision', 'file', 'contact', 'contact_access', 'idempotency']
  const counts = async () => {
    const own = counted.map((name) => sql`(select count(*)::int from ${table(name)}) as ${sql.identifier(name)}`)
    const [row] = await rows(sql`select ${sql.join(own, sql`, `)}, (select count(*)::int from published.document) as documents,
      (select count(*)::int from audit.entry) as audit,
      (select coalesce(sum(wanted), 0)::int from work.item) as work, (select count(*)::int from blobs.blob) as blobs`)
    return row
  }
  const rowOf = async (id: string) =>
    (
      await rows(sql`select to_jsonb(r) as record,
        (select jsonb_agg(v order by v.version) from ${table('version')} v where v.record_id = r.id) as versions
    from ${table('record')} r where id = ${id}::uuid`)
    )[0]

  /** What index and matcher meet of a record. */
  const publicText = async ({ id }: { id: string }): Promise<PublishedText> => {
    const [row] = await rows<{ text: PublishedText }>(sql`select text from published.document where id = ${id}::uuid`)
    if (!row) throw new Error(`${id} has no public row`)
    return row.text
  }

  const drain = () => indexDocuments({ db, library, thesaurus: tinyThesaurus, log, now: clock.now })
  /** Does all index work that is owed, so that the change feed has everything. */
  const settle = async () => {
    while ((await drain()) > 0);
  }

  /** Lets the calendar do what is due; says how many records it moved. */
  const age = () =>
    runClock(
      { db, contacts: harness.contacts, now: clock.now, newId: harness.newId, log, requestId: 'clock', keyOf: harness.keyOf },
      library
    )

  return {
    ...harness,
    library,
    fixture,
    isControlled,
    author,
    stranger,
    draft,
    create,
    edit,
    moved,
    submit,
    publish,
    assess,
    publishCleared,
    upload,
    remove,
    working,
    confirmed,
    publishNext,
    rows,
    change,
    table,
    counts,
    rowOf,
    publicText,
    drain,
    settle,
    age
  }
}

export type Bench = Awaited<ReturnType<typeof libraryBench>>

/** The record an answer shows; an answer of another status is an error that tells all of it. */
export function must({ status, body }: Answer, expected: number): Shown {
  if (status !== expected) throw new Error(`expected ${expected}, got ${status}: ${JSON.stringify(body)}`)
  return body as Shown
}

export const ifMatch = (record: { revision: number }) => ({ 'if-match': `"r${record.revision}"` })
