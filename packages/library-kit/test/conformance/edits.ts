import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { findCode } from '@siku/service-kit'
import { must } from './bench.ts'
import { colleagueOf, outside, staff } from './people.ts'

export const editCases: Cases = (t, bench) => {
  const { call, create, edit, author, publishCleared, moved, stranger, rows, table, db, rowOf, draft } = bench

  t.test('a patch replaces what it names, null removes, the rest stays', async (t) => {
    const record = await create({ keywords: ['甲', '乙'], targetRegions: ['africa'] })
    const edited = must(await edit(author, record, { title: '新的标题', keywords: null, targetRegions: ['oceania', 'africa'] }), 200)
    t.match(edited, { title: '新的标题', targetRegions: ['oceania', 'africa'], summary: record['summary'], revision: 2, version: 1 })
    t.notOk('keywords' in edited)
    t.same(edited['details'], record['details'])
    for (const [patch, pointer] of [
      [{ title: null }, '/title'],
      [{ recordType: 'TO' }, '/recordType'],
      [{}, '']
    ] as const) {
      const refused = await edit(author, edited, patch)
      t.equal(refused.status, 400, JSON.stringify(patch))
      t.match(refused.body.errors, [{ pointer }])
    }
    t.match((await edit(author, edited, { targetCountries: [String(edited['country'])] })).body, {
      status: 422,
      errors: [{ pointer: '/targetCountries/0' }]
    })
    t.equal(must(await call({ actor: author, path: `/${record.id}` }), 200).revision, 2)
  })

  t.test('a change needs the revision it was made from: 428 without, 412 with another', async (t) => {
    const record = await create()
    const patch = { title: 'x' }
    const send = (headers: Record<string, string>) => call({ actor: author, method: 'PATCH', path: `/${record.id}`, body: patch, headers })
    t.match((await send({})).body, { status: 428, code: 'SIKU_REVISION_IF_MATCH_MISSING' })
    for (const tag of ['"r2"', '"r0"', '"7"', 'r1', 'W/"r1"']) t.match((await send({ 'if-match': tag })).body, { status: 412 }, tag)
    t.equal((await call({ actor: author, method: 'POST', path: `/${record.id}/submit` })).status, 428)
    const answers = await Promise.all([1, 2, 3].map(() => send({ 'if-match': '"r1"' })))
    t.same(
      answers.map((answer) => answer.status).toSorted((a, b) => a - b),
      [200, 412, 412],
      'of three at once one wins'
    )
    t.equal(must(await send({ 'if-match': '"r2"' }), 200).revision, 3)
  })

  t.test('editing a published record opens a new version; readers keep the old one until it is approved', async (t) => {
    const published = await publishCleared()
    const edited = must(await edit(author, published, { title: '修改后的标题' }), 200)
    t.match(edited, { version: 2, workingState: 'draft', workingVersion: 2, state: 'published', title: '修改后的标题' })
    for (const actor of [stranger, outside.anonymous]) {
      const seen = must(await call({ actor, path: `/${published.id}` }), 200)
      t.match(seen, { version: 1, title: published['title'], turn: { side: 'nobody' } })
      t.notOk('workingState' in seen || 'workingVersion' in seen || 'returnReasons' in seen, 'nothing tells of the edit')
      for (const version of ['working', '2', '3', '99'])
        t.equal((await call({ actor, path: `/${published.id}?version=${version}` })).status, 404)
      t.equal((await call({ actor, path: `/${published.id}?version=1` })).status, 200)
    }
    for (const actor of [author, staff.reviewer]) {
      t.match(must(await call({ actor, path: `/${published.id}` }), 200), { version: 1, title: published['title'] })
      t.match(must(await call({ actor, path: `/${published.id}?version=working` }), 200), { version: 2, title: '修改后的标题' })
    }
    const approved = await moved(staff.reviewer, await moved(author, edited, 'submit'), 'approve')
    t.match(approved, { version: 2, title: '修改后的标题', workingVersion: null, state: 'published' })
    t.match(must(await call({ actor: author, path: `/${published.id}?version=1` }), 200), { title: published['title'] })
  })

  t.test('while a version is with staff nobody edits it', async (t) => {
    const submitted = await bench.submit()
    t.match((await edit(author, submitted, { title: 'x' })).body, { status: 409, detail: /possible now: recall/ })
    const taken = await moved(staff.reviewer, submitted, 'take')
    t.match((await edit(colleagueOf(author), taken, { title: 'x' })).body, { status: 409, detail: /possible now: return, approve/ })
  })

  t.test('versions are listed newest first, for owner and staff only', async (t) => {
    const published = await publishCleared()
    must(await edit(author, published, { title: 'zwei' }), 200)
    for (const actor of [author, staff.auditor]) {
      const { body } = await call({ actor, path: `/${published.id}/versions` })
      t.match(body.data, [
        { version: 2, state: 'draft', published: false, decidedAt: null },
        { version: 1, state: 'approved', published: true }
      ])
      t.not(body.data[0].hash, body.data[1].hash)
    }
    t.equal((await call({ actor: stranger, path: `/${published.id}/versions` })).status, 404)
    t.equal((await call({ actor: outside.anonymous, path: `/${published.id}/versions` })).status, 401)
  })

  t.test('what was approved never changes, not even by SQL of the service itself', async (t) => {
    const published = await publishCleared()
    const before = await rowOf(published.id)
    const attempts = [
      sql`set draft = jsonb_set(draft, '{title}', '"x"')`,
      sql`set state = 'draft'`,
      sql`set hash = 'x'`,
      sql`set version = 7`,
      sql`set authors = '[]'`,
      sql`set decided_by = null`,
      sql`set confirmed_leaks = '["x"]'`
    ]
    for (const attempt of attempts) {
      for (const actor of [author, staff.commissionAdmin]) {
        const run = db.withTx(actor, (tx) => tx.execute(sql`update ${table('version')} ${attempt} where record_id = ${published.id}::uuid`))
        await t.rejects(
          run.catch((error: unknown) => Promise.reject(Object.assign(new Error('refused'), { code: findCode(error) }))),
          { code: '55000' }
        )
      }
    }
    await t.rejects(db.withTx(author, (tx) => tx.execute(sql`delete from ${table('version')} where record_id = ${published.id}::uuid`)))
    t.same(await rowOf(published.id), before)
    const [line] = await rows<{ draft: unknown }>(sql`select draft from ${table('version')} where record_id = ${published.id}::uuid`)
    t.same(line?.draft, draft())
  })
}
