import { findCode } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import type { Cases } from '../conformance.ts'
import { ifMatch, must } from './bench.ts'
import { person } from './people.ts'

const reasons = [{ code: 'other', text: null }]
/** A complete request for every route of one record; a route that is missing here fails the case. */
const bodies: Record<string, unknown> = {
  'PATCH ': { title: 'x' },
  'POST return': { reasons },
  'POST merge': { into: 'TO-CN-20270101-1' },
  'POST interest': { open: true },
  'POST control/assess': { state: 'free' },
  'PUT leaks': { keys: ['0123456789abcdef'] },
  'PUT contact': { name: 'N' },
  'POST files': Buffer.from('x'),
  ...Object.fromEntries(
    ['submit', 'recall', 'take', 'approve', 'pause', 'resume', 'confirm', 'withdraw', 'archive', 'control/confirm', 'control/withdraw'].map(
      (name) => [`POST ${name}`, undefined]
    )
  ),
  ...Object.fromEntries(
    ['', 'versions', 'leaks', 'control', 'contact', 'files', 'files/:fileId'].map((name) => [`GET ${name}`, undefined])
  ),
  'DELETE files/:fileId': undefined
}

export const strangerCases: Cases = (t, bench) => {
  const { app, call, create, edit, publish, publishCleared, assess, author, stranger, library, db, table, isControlled, counts, upload } =
    bench
  const abroad = person({ country: 'KE', roles: ['mission-officer'] })

  const ask = (actor: typeof author, { method, path }: { method: string; path: string }, id: string, revision: number) => {
    const query =
      path === 'contact' && method === 'GET'
        ? '?basis=x'
        : path === 'files' && method === 'POST'
          ? '?name=a.txt&title=a&confidentiality=public'
          : ''
    const headers = {
      ...(method === 'GET' ? {} : ifMatch({ revision })),
      ...(method === 'POST' && path === 'files' ? { 'content-type': 'application/octet-stream' } : {})
    }
    const body = bodies[`${method} ${path}`]
    const suffix = path === '' ? '' : `/${path.replace(':fileId', randomUUID())}`
    return call({ actor, method: method as 'GET', path: `/${id}${suffix}${query}`, headers, ...(body === undefined ? {} : { body }) })
  }

  const routes = () => {
    const prefix = `/v1/${library.collection}/:id`
    return app.routeTable
      .filter(({ url, method }) => (url === prefix || url.startsWith(`${prefix}/`)) && method !== 'HEAD' && method !== 'OPTIONS')
      .map(({ url, method }) => ({ method, path: url.slice(prefix.length + 1) }))
  }

  t.test('somebody of another organisation gets for every verb the same bytes as for a record that does not exist', async (t) => {
    const hidden = await create()
    const edited = must(await edit(author, await publish({ visibility: 'staff' }), { title: '下一版' }), 200)
    t.same(
      routes().filter(({ method, path }) => !(`${method} ${path}` in bodies)),
      [],
      'every route is tried'
    )
    t.ok(routes().length >= 26, `${routes().length} routes`)
    const before = await counts()
    for (const route of routes()) {
      for (const actor of [stranger, abroad]) {
        for (const record of [hidden, edited]) {
          const foreign = await ask(actor, route, record.id, record.revision)
          const absent = await ask(actor, route, randomUUID(), record.revision)
          const name = `${route.method} ${route.path || '/'} by ${actor.roles.join()}`
          t.ok(foreign.status === 404 || foreign.status === 403, `${name}: ${foreign.status}`)
          t.equal(foreign.bytes.toString(), absent.bytes.toString(), name)
          t.same({ ...foreign.headers, date: '' }, { ...absent.headers, date: '' }, name)
        }
      }
    }
    t.same(await counts(), before)
  })

  t.test('nor can they change a record that they may read', async (t) => {
    const record = await publishCleared({ visibility: 'public-named' })
    const row = await bench.rowOf(record.id)
    for (const route of routes().filter(
      ({ method, path }) => method !== 'GET' || path === 'versions' || path === 'leaks' || path === 'control' || path === 'contact'
    )) {
      const { status } = await ask(stranger, route, record.id, record.revision)
      t.ok(status === 404 || status === 403, `${route.method} ${route.path || '/'}: ${status}`)
    }
    t.same(await bench.rowOf(record.id), row)
  })

  t.test('below every filter the database itself hides drafts, working versions, files and control decisions', async (t) => {
    const hidden = await create()
    const shown = must(await edit(author, await publishCleared(), { title: '下一版' }), 200)
    await upload(hidden.id)
    await upload(shown.id, { query: { confidentiality: 'owner' } })
    const pending = isControlled ? await publish() : undefined
    if (pending) await assess(pending, 'undetermined')
    const ids = sql`(${hidden.id}::uuid, ${shown.id}::uuid, ${(pending ?? hidden).id}::uuid)`
    const seenBy = async (actor: typeof author) =>
      db.withRead(actor, async (tx) => {
        const [row] = await tx.execute(sql`select
        (select jsonb_agg(id) from ${table('record')} where id in ${ids}) as records,
        (select jsonb_agg(version) from ${table('version')} where record_id in ${ids}) as versions,
        (select count(*)::int from ${table('file')} where record_id in ${ids}) as files,
        (select count(*)::int from ${table('control_decision')} where record_id in ${ids}) as decisions`)
        return row
      })
    for (const actor of [stranger, abroad]) t.same(await seenBy(actor), { records: [shown.id], versions: [1], files: 0, decisions: 0 })
    const own = await seenBy(author)
    t.match(own, { files: 2, decisions: isControlled ? 2 : 0 }, 'the same statement shows them to their owner')
    const records: unknown = own?.['records']
    t.ok(Array.isArray(records) && records.length === (isControlled ? 3 : 2), 'all of them')
  })

  t.test('nor does it let them write there', async (t) => {
    const hidden = await create()
    const shown = await publishCleared()
    for (const record of [hidden, shown]) {
      for (const name of ['record', 'version', 'file']) {
        const change = name === 'file' ? sql`removed_at = now()` : sql`state = 'withdrawn'`
        const where = sql`where ${sql.identifier(name === 'record' ? 'id' : 'record_id')} = ${record.id}::uuid returning 1`
        const changed = await db.withTx(stranger, (tx) => tx.execute(sql`update ${table(name)} set ${change} ${where}`))
        t.equal(changed.length, 0, `${name} of another`)
      }
      const run = db.withTx(stranger, (tx) =>
        tx.execute(sql`insert into ${table('version')} (record_id, version, state, authors, draft, hash, created_at)
        values (${record.id}::uuid, 9, 'draft', '[]', '{}', 'x', now())`)
      )
      t.equal(await run.then(() => 'taken', findCode), '42501')
    }
    const decide = db.withTx(author, (tx) =>
      tx.execute(sql`insert into ${table('control_decision')} (id, record_id, version, hash, state, assessed_by, assessed_at)
      values (gen_random_uuid(), ${hidden.id}::uuid, 1, 'x', 'free', 'x', now())`)
    )
    t.equal(await decide.then(() => 'taken', findCode), '42501', 'an owner cannot assess its own record')
    const other = db.withTx(author, (tx) => tx.execute(sql`update published.document set library = 'other' where id = ${shown.id}::uuid`))
    t.equal(await other.then(() => 'taken', findCode), '42501', 'and a library writes its own public rows only')
  })
}
