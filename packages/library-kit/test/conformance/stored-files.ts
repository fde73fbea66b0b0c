import { findCode } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

export const storedFileCases: Cases = (t, bench) => {
  const { call, create, upload, remove, working, publishNext, author, stranger, db, table, rows } = bench
  const foreign = person({ country: 'KE', roles: ['mission-officer'] })
  const withFile = async () => {
    const record = await create()
    const { body } = await upload(record.id, { query: { title: 'fixed' } })
    return { record: await publishNext(record), fileId: String(body.id) }
  }

  t.test('the files of an approved version are as fixed as its text, also for SQL of the service', async (t) => {
    const { record, fileId } = await withFile()
    await upload(record.id)
    const tried = [
      sql`insert into ${table('file')} (id, record_id, title, name, media_type, size, sha256, confidentiality, ordinal, added_version, added_by,
        added_at) values (gen_random_uuid(), ${record.id}::uuid, 'x', 'x', 'text/plain', 1, 'x', 'public', 9, 1, 'x', now())`,
      sql`update ${table('file')} set removed_version = 1, removed_at = now() where id = ${fileId}::uuid`,
      sql`update ${table('file')} set title = 'x' where id = ${fileId}::uuid`,
      sql`update ${table('file')} set sha256 = 'x' where id = ${fileId}::uuid`,
      sql`update ${table('file')} set added_version = 2 where id = ${fileId}::uuid`,
      sql`delete from ${table('file')} where id = ${fileId}::uuid`
    ]
    for (const statement of tried) {
      const run = db.withTx(author, (tx) => tx.execute(statement))
      t.equal(await run.then(() => 'taken', findCode), '42501')
    }
    await remove(record, fileId)
    await publishNext(await working(record))
    const back = await db.withTx(author, (tx) =>
      tx.execute(sql`update ${table('file')} set removed_version = null, removed_at = null where id = ${fileId}::uuid returning 1`)
    )
    t.equal(back.length, 0, 'what an approved version left out does not come back into it')
    t.same(
      (await call({ actor: stranger, path: `/${record.id}/files` })).body.data.map((file: { title: string }) => file.title),
      ['a']
    )
  })

  t.test('without a filter of ours the database gives nobody the bytes of a file that he may not read', async (t) => {
    const record = await create()
    const bytes = Buffer.from(`only here: ${record.id}`)
    const { body } = await upload(record.id, { bytes })
    const closed = await upload(record.id, { bytes: Buffer.from(`closed: ${record.id}`), query: { confidentiality: 'staff' } })
    const hashes = [String(body.sha256), String(closed.body.sha256)]
    const seenBy = (actor: typeof author) =>
      db.withRead(actor, async (tx) => {
        const found = await Promise.all(
          hashes.map((hash) =>
            tx.execute<{ blobs: number; chunks: number }>(sql`select (select count(*)::int from blobs.blob where sha256 = ${hash}) as blobs,
              (select count(*)::int from blobs.chunk where sha256 = ${hash}) as chunks`)
          )
        )
        return found.map(([row]) => [row?.blobs, row?.chunks])
      })
    const [none, one] = [
      [0, 0],
      [1, 1]
    ]
    for (const actor of [author, colleagueOf(author), staff.reviewer]) t.same(await seenBy(actor), [one, one])
    for (const actor of [stranger, outside.anonymous, foreign]) t.same(await seenBy(actor), [none, none])
    const everything = await db.withRead(foreign, (tx) =>
      tx.execute<{ n: number }>(sql`select count(*)::int as n from blobs.chunk c where not exists (
        select from ${table('file')} f where f.sha256 = c.sha256)`)
    )
    t.equal(everything[0]?.n, 0, 'a plain select gives no bytes without a file')
    await publishNext(await working(record))
    for (const actor of [stranger, outside.anonymous, foreign])
      t.same(await seenBy(actor), [one, none], 'and of what is published each class to its readers')
    const planted = db.withTx(foreign, (tx) => tx.execute(sql`insert into blobs.blob (sha256, size) values ('planted', 1)`))
    t.equal(await planted.then(() => 'taken', findCode), '42501')
    const appended = db.withTx(foreign, (tx) =>
      tx.execute(sql`insert into blobs.chunk (sha256, ordinal, bytes) values (${hashes[0]}, 1, 'x')`)
    )
    t.equal(await appended.then(() => 'taken', findCode), '42501', 'nor are bytes added to those of another')
  })

  t.test('the same bytes in two records are stored once, and each owner reads them through its own', async (t) => {
    const bytes = Buffer.from(`shared by two: ${Math.PI}`)
    const [mine, theirs] = [await create(), await create({}, stranger)]
    const first = (await upload(mine.id, { bytes })).body
    const second = (await upload(theirs.id, { bytes, actor: stranger })).body
    t.equal(first.sha256, second.sha256)
    const [row] = await rows(sql`select count(*)::int as n from blobs.chunk where sha256 = ${first.sha256}`)
    t.equal(row?.['n'], 1)
    const answer = await call({ actor: stranger, path: `/${theirs.id}/files/${second.id}` })
    t.equal(Buffer.compare(answer.bytes, bytes), 0)
    t.equal((await call({ actor: stranger, path: `/${mine.id}/files/${first.id}` })).status, 404)
    t.equal((await call({ actor: author, path: `/${theirs.id}/files/${second.id}` })).status, 404)
  })
}
