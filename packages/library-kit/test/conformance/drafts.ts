import type { Cases } from '../conformance.ts'
import { sql } from 'drizzle-orm'
import { must } from './bench.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

/** Text that a careless step would change: combining marks, traditional characters, full-width digits, direction marks, white space. */
const hostileText = '  é ≠ é · 淡化裝置與淡化装置 · １２３ · \u202bماءٌ مالح\u202c · \u200fab · 🚰👩‍🔬 · Ǆ ﬁ ½ \u00a0\t\n'

export const draftCases: Cases = (t, { create, call, draft, author, stranger, rows, table, library, fixture }) => {
  t.test('a draft is stored exactly as sent, every code point of it', async (t) => {
    const sent = draft({ title: `${hostileText}标题`, summary: hostileText, description: hostileText, keywords: [hostileText] })
    const created = must(await call({ actor: author, method: 'POST', body: sent }), 201)
    const shown = must(await call({ actor: author, path: `/${created.id}` }), 200)
    for (const field of ['title', 'summary', 'description', 'keywords', 'details']) t.same(shown[field], sent[field], field)
    const [stored] = await rows<{ draft: unknown }>(sql`select draft from ${table('version')} where record_id = ${created.id}::uuid`)
    t.same(stored?.draft, sent)
  })

  t.test('a new record has a reference that says its type, its country and its day, an ETag and a place', async (t) => {
    const answer = await call({ actor: author, method: 'POST', body: draft() })
    const record = must(answer, 201)
    t.match(record.reference, new RegExp(`^${String(fixture.draft['recordType'])}-${fixture.draft.country}-2027\\d{4}-[1-9]\\d*$`))
    t.equal(answer.headers['etag'], '"r1"')
    t.equal(answer.headers['location'], `/v1/${library.collection}/${record.id}`)
    t.match(record, { state: 'new', version: 1, workingState: 'draft', library: library.name, publishedAt: null, hidden: [] })
    const byReference = must(await call({ actor: author, path: `/${record.reference}` }), 200)
    t.equal(byReference.id, record.id)
    t.not(record.reference, (await create()).reference, 'no two records share one')
  })

  t.test('only its owner and staff see a draft', async (t) => {
    const record = await create()
    for (const actor of [author, colleagueOf(author), staff.reviewer, staff.auditor, staff.districtOfficer]) {
      t.equal((await call({ actor, path: `/${record.id}` })).status, 200)
    }
    const foreign = person({ name: 'Embassy of Somewhere', country: 'KE', roles: ['mission-officer'] })
    for (const actor of [stranger, foreign, outside.anonymous, outside.operator]) {
      t.equal((await call({ actor, path: `/${record.id}` })).status, 404)
      const list = await call({ actor, path: '?limit=200' })
      t.notOk(
        list.body.data.some((line: { id: string }) => line.id === record.id),
        'not in a list either'
      )
    }
  })

  t.test('who belongs to no verified organisation cannot post', async (t) => {
    t.equal((await call({ actor: outside.anonymous, method: 'POST', body: draft() })).status, 401)
    t.equal((await call({ actor: outside.operator, method: 'POST', body: draft() })).status, 403)
    t.equal((await call({ actor: person({ roles: [fixture.role], verified: false }), method: 'POST', body: draft() })).status, 403)
    t.equal((await call({ actor: staff.auditor, method: 'POST', body: draft() })).status, 403, 'the auditor writes nothing')
  })
}
