import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import type { Shown } from './bench.ts'
import { colleagueOf, outside, staff } from './people.ts'

export const versionFileCases: Cases = (t, bench) => {
  const { call, step, create, submit, moved, publishCleared, upload, remove, working, publishNext, author, stranger, rows, isControlled } =
    bench
  const readers = [stranger, outside.anonymous]
  const titlesFor = async (actor: typeof author, { id }: Shown, version = 'published') => {
    const { status, body } = await call({ actor, path: `/${id}/files?version=${version}` })
    return status === 200 ? body.data.map((file: { title: string }) => file.title) : status
  }
  const read = async (actor: typeof author, { id }: Shown, fileId: string) => (await call({ actor, path: `/${id}/files/${fileId}` })).status
  const withFile = async (title: string) => {
    const record = await create()
    const { body } = await upload(record.id, { query: { title } })
    return { record: await publishNext(record), fileId: String(body.id) }
  }

  t.test('a file added to a published record waits for its review; readers keep the files of what is published', async (t) => {
    const { record, fileId } = await withFile('first')
    const added = await upload(record.id, { bytes: Buffer.from('second bytes'), query: { title: 'second' } })
    t.equal(added.status, 201)
    const second = String(added.body.id)
    const edited = await working(record)
    t.match(edited, { version: 2, workingState: 'draft', state: 'published', title: record['title'] })
    t.equal(added.headers['etag'], `"r${edited.revision}"`, 'the answer says which revision the record now has')
    for (const actor of readers) {
      t.same(await titlesFor(actor, record), ['first'])
      t.equal(await titlesFor(actor, record, 'working'), 404)
      t.equal(await read(actor, record, second), 404)
    }
    for (const actor of [author, staff.reviewer]) {
      t.same(await titlesFor(actor, record), ['first'])
      t.same(await titlesFor(actor, record, 'working'), ['first', 'second'])
      t.equal(await read(actor, record, second), 200)
    }
    const published = await publishNext(edited)
    t.match(published, { version: 2 })
    for (const actor of readers) {
      t.same(await titlesFor(actor, published), ['first', 'second'])
      t.equal(await read(actor, published, second), 200)
      t.equal(await read(actor, published, fileId), 200)
    }
    t.same(await titlesFor(author, published, '1'), ['first'], 'a version keeps its files')
  })

  t.test(
    'a file removed from a published record stays until the next version is approved, and with the version that held it',
    async (t) => {
      const { record, fileId } = await withFile('going')
      const removed = await remove(record, fileId)
      t.equal(removed.status, 204)
      t.equal((await remove(record, fileId)).status, 404, 'it is gone from the draft')
      const edited = await working(record)
      t.equal(removed.headers['etag'], `"r${edited.revision}"`)
      t.same(await titlesFor(author, record, 'working'), [])
      for (const actor of readers) {
        t.same(await titlesFor(actor, record), ['going'])
        t.equal(await read(actor, record, fileId), 200)
      }
      const published = await publishNext(edited)
      for (const actor of readers) {
        t.same(await titlesFor(actor, published), [])
        t.equal(await read(actor, published, fileId), 404)
      }
      t.same(await titlesFor(author, published, '1'), ['going'])
      t.equal(await read(author, published, fileId), 200, 'its owner still has the earlier version')
    }
  )

  t.test('what is added and taken back within one draft is in no version', async (t) => {
    const record = await publishCleared()
    const { body } = await upload(record.id)
    t.equal((await remove(record, body.id)).status, 204)
    t.same(await titlesFor(author, record, 'working'), [])
    t.equal(await read(author, record, body.id), 404)
    const [audit] = await rows(
      sql`select jsonb_agg(action order by id) as actions from audit.entry where record_id = ${record.id}::uuid and action like 'file.%'`
    )
    t.same(audit?.['actions'], ['file.add', 'file.remove'])
  })

  t.test('only the owner’s side adds and removes, and whoever did may not approve it', async (t) => {
    const { record, fileId } = await withFile('a')
    t.equal((await upload(record.id, { actor: stranger })).status, 404)
    t.equal((await remove(record, fileId, stranger)).status, 404)
    t.equal((await upload(record.id, { actor: staff.reviewer })).status, 403)
    const other = await create()
    t.equal(await read(author, other, fileId), 404, 'a file belongs to its record')
    t.equal((await remove(other, fileId)).status, 404)
    t.equal((await upload(record.id, { actor: staff.commissionAdmin, query: { confidentiality: 'owner' } })).status, 201)
    const submitted = await moved(author, await working(record), 'submit')
    t.match((await step(staff.commissionAdmin, submitted, 'approve')).body, { status: 403 })
    t.match(await moved(staff.reviewer, submitted, 'approve'), { version: 2 })
  })

  t.test('while a version is with staff, and once the record has ended, its files stay as they are', async (t) => {
    const { record, fileId } = await withFile('a')
    await upload(record.id, { query: { confidentiality: 'owner' } })
    const submitted = await moved(author, await working(record), 'submit')
    const taken = await moved(staff.reviewer, submitted, 'take')
    for (const actor of [author, colleagueOf(author)]) {
      t.match((await upload(record.id, { actor })).body, { status: 409, code: 'SIKU_LIBRARY_NOT_IN_STATE' })
      t.match((await remove(record, fileId, actor)).body, { status: 409 })
    }
    const published = await moved(staff.reviewer, taken, 'approve')
    await moved(author, published, 'withdraw')
    t.match((await upload(record.id)).body, { status: 409 })
    t.match((await remove(record, fileId)).body, { status: 409 })
  })

  t.test('a step under a revision from before a file came or went is refused', async (t) => {
    const record = await create()
    const { body } = await upload(record.id, { query: { confidentiality: 'owner' } })
    t.equal((await step(author, record, 'submit')).status, 412)
    t.equal((await upload(record.id, { headers: { 'if-match': '"r1"' } })).status, 412, 'so is a file, where it says one')
    t.equal((await upload(record.id, { headers: { 'if-match': 'x' } })).status, 412)
    t.equal(
      (await call({ actor: author, method: 'DELETE', path: `/${record.id}/files/${body.id}`, headers: { 'if-match': '"r1"' } })).status,
      412
    )
    await remove(record, body.id)
    t.equal((await step(author, { ...record, revision: 2 }, 'submit')).status, 412)
    t.equal((await step(author, await working(record), 'submit')).status, 200)
  })

  if (isControlled)
    t.test('a clearance holds for the files that were assessed with the text', async (t) => {
      const { record, fileId } = await withFile('assessed')
      t.match(record, { controlState: 'not-listed' })
      await remove(record, fileId)
      const submitted = await moved(author, await working(record), 'submit')
      t.match(await moved(staff.reviewer, submitted, 'approve'), { version: 2, controlState: 'unassessed' })
      const draft = await moved(
        staff.reviewer,
        await moved(staff.compliance, await submit(), 'control/assess', { state: 'free' }),
        'return',
        { reasons: [{ code: 'other', text: null }] }
      )
      await upload(draft.id, { query: { confidentiality: 'owner' } })
      t.match((await step(staff.secondCompliance, await working(draft), 'control/confirm')).body, {
        status: 409,
        code: 'SIKU_LIBRARY_ASSESSMENT_OUTDATED'
      })
    })
}
