import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import type { Cases } from '../conformance.ts'
import { ifMatch, must, type Shown } from './bench.ts'
import { colleagueOf, staff } from './people.ts'

export const idempotencyCases: Cases = (t, bench) => {
  const { call, draft, author, rows, table, edit, submit, moved, publishCleared, upload } = bench
  const post = (body: unknown, key: string, actor = author) => call({ actor, method: 'POST', body, headers: { 'idempotency-key': key } })
  const stepOnce = (actor: typeof author, record: Shown, name: string, key: string, body?: unknown) =>
    call({
      actor,
      method: 'POST',
      path: `/${record.id}/${name}`,
      headers: { ...ifMatch(record), 'idempotency-key': key },
      ...(body === undefined ? {} : { body })
    })
  const recordsOf = async (title: string) => (await rows(sql`select 1 from ${table('version')} where draft ->> 'title' = ${title}`)).length

  t.test('the same key makes one record, with the same id and status each time, also five at once', async (t) => {
    const key = randomUUID()
    const body = draft({ title: key })
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => post(body, key)))
    answers.push(await post(body, key))
    t.same(new Set(answers.map((answer) => answer.status)), new Set([201]))
    t.equal(new Set(answers.map((answer) => answer.body.id)).size, 1)
    t.equal(await recordsOf(key), 1)
    const [kept] = await rows(sql`select * from ${table('idempotency')} where key = ${key}`)
    t.notOk(JSON.stringify(kept).includes(String(draft()['summary'])), 'no body is kept')
  })

  t.test('another body under the same key is refused; another person’s key is another key', async (t) => {
    const key = randomUUID()
    const first = must(await post(draft({ title: `${key} 1` }), key), 201)
    t.match((await post(draft({ title: `${key} 2` }), key)).body, { status: 422, code: 'SIKU_IDEMPOTENCY_KEY_REUSED' })
    t.equal(await recordsOf(`${key} 2`), 0)
    t.not(must(await post(draft({ title: `${key} 1` }), key, colleagueOf(author)), 201).id, first.id)
    t.equal((await post(draft(), 'with space')).status, 400)
  })

  t.test('a repeat shows the object as it is now', async (t) => {
    const key = randomUUID()
    const body = draft({ title: `${key} 1` })
    const created = must(await post(body, key), 201)
    must(await edit(author, created, { title: `${key} 2` }), 200)
    t.match((await post(body, key)).body, { id: created.id, title: `${key} 2`, revision: 2 })
  })

  t.test('a request that was refused can be mended and sent again under its key', async (t) => {
    const key = randomUUID()
    t.equal((await post(draft({ targetCountries: [bench.fixture.draft.country] }), key)).status, 422)
    t.equal((await post(draft({ title: key }), key)).status, 201)
  })

  t.test('a step repeated is not taken twice, and still answers when the record has gone on', async (t) => {
    const submitted = await submit()
    const key = randomUUID()
    const approved = must(await stepOnce(staff.reviewer, submitted, 'approve', key), 200)
    t.match(must(await stepOnce(staff.reviewer, submitted, 'approve', key), 200), { id: approved.id, revision: approved.revision })
    t.equal((await stepOnce(staff.reviewer, submitted, 'approve', randomUUID())).status, 412, 'a new key is a new request')
    const draftOf = await bench.create()
    const submitKey = randomUUID()
    const once = must(await stepOnce(author, draftOf, 'submit', submitKey), 200)
    const published = await moved(staff.reviewer, once, 'approve')
    t.match(
      must(await stepOnce(author, draftOf, 'submit', submitKey), 200),
      { state: 'published', revision: published.revision },
      'no working version is left to show'
    )
    const audits = await rows(sql`select 1 from audit.entry where record_id = ${published.id}::uuid and action = 'record.submit'`)
    t.equal(audits.length, 1)
  })

  t.test('a file sent twice under one key is stored once', async (t) => {
    const { id } = await publishCleared()
    const key = randomUUID()
    const send = () => upload(id, { bytes: Buffer.from('甲'), headers: { 'idempotency-key': key } })
    const [first, second] = [await send(), await send()]
    t.match([first.status, second.status], [201, 201])
    t.equal(first.body.id, second.body.id)
    t.equal((await call({ actor: author, path: `/${id}/files?version=working` })).body.data.length, 1)
  })
}
