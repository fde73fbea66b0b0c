import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { ifMatch, must } from './bench.ts'
import { staff } from './people.ts'

export const auditCases: Cases = (t, bench) => {
  const { call, step, create, edit, moved, submit, publishCleared, author, rows, table, rowOf, change, isControlled, publish } = bench
  type Line = { action: string; actor: string; together: boolean }
  /** Audit lines of a record, and whether the last one was written by the transaction that wrote the record. */
  const auditOf = (id: string) =>
    rows<Line>(sql`
    select e.action, e.actor_id as actor, e.xmin::text = r.xmin::text as together
    from audit.entry e join ${table('record')} r on r.id = e.record_id where e.record_id = ${id}::uuid order by e.id`)
  const workOf = async (id: string) =>
    await rows<{ kind: string; wanted: number; together: boolean }>(sql`
    select w.kind, w.wanted::int, w.xmin::text = r.xmin::text as together
      from work.item w join ${table('record')} r on r.id = w.record_id where w.record_id = ${id}::uuid`)

  t.test('every step leaves who did what, in the transaction of the step', async (t) => {
    let record = await create({ summary: '见 www.example.cn' })
    const expected: [string, string][] = [['record.create', author.id]]
    const holds = async (action: string, actor: string) => {
      expected.push([action, actor])
      const lines = await auditOf(record.id)
      t.same(
        lines.map((line) => [line.action, line.actor]),
        expected
      )
      t.equal(lines.at(-1)?.together, true, `${action} is of one transaction with its change`)
    }
    record = must(await edit(author, record, { title: '改' }), 200)
    await holds('record.edit', author.id)
    const { body } = await call({ actor: author, path: `/${record.id}/leaks` })
    const confirmed = await call({
      actor: author,
      method: 'PUT',
      path: `/${record.id}/leaks`,
      headers: ifMatch(record),
      body: { keys: [body.leaks[0].key] }
    })
    record = { ...record, revision: confirmed.body.revision }
    await holds('record.confirm-leaks', author.id)
    const steps: [string, string, typeof author, unknown?][] = [
      ['submit', 'record.submit', author],
      ['recall', 'record.submit', author],
      ['submit', 'record.submit', author],
      ['take', 'record.take', staff.reviewer],
      ['return', 'record.return', staff.reviewer, { reasons: [{ code: 'other', text: null }] }],
      ['submit', 'record.submit', author],
      ['approve', 'record.approve', staff.reviewer],
      ['interest', 'record.pause', author, { open: false }],
      ['pause', 'record.pause', author],
      ['resume', 'record.pause', author],
      ['withdraw', 'record.withdraw', author],
      ['archive', 'record.archive', staff.reviewer]
    ]
    for (const [name, action, actor, sent] of steps) {
      record = await moved(actor, record, name, sent)
      await holds(action, actor.id)
    }
    if (isControlled) {
      record = await publish()
      expected.splice(0, Infinity, ...(await auditOf(record.id)).map((line): [string, string] => [line.action, line.actor]))
      record = await moved(staff.compliance, record, 'control/assess', { state: 'free' })
      await holds('control.assess', staff.compliance.id)
      record = await moved(staff.secondCompliance, record, 'control/confirm')
      await holds('control.confirm', staff.secondCompliance.id)
    }
    const target = await publishCleared()
    record = await publishCleared()
    t.match(await moved(staff.seniorReviewer, record, 'merge', { into: target.reference }), { state: 'merged', mergedInto: target.id })
    t.match((await auditOf(record.id)).at(-1), { action: 'record.merge', together: true })
  })

  t.test('audit lines hold ids and codes, never text', async (t) => {
    const record = await create({ title: 'CANARY-88', confidentialText: 'CANARY-88' })
    must(await edit(author, record, { summary: 'CANARY-88' }), 200)
    t.same(await rows(sql`select detail from audit.entry e where to_jsonb(e)::text like '%CANARY-88%'`), [])
  })

  t.test('what is refused leaves no line', async (t) => {
    const record = await submit()
    const before = await bench.counts()
    t.equal((await step(author, record, 'submit')).status, 409)
    t.equal((await step(staff.reviewer, { ...record, revision: 9 }, 'approve')).status, 412)
    t.equal((await step(bench.stranger, record, 'withdraw')).status, 404)
    t.same(await bench.counts(), before)
  })

  t.test('a draft owes nothing; publishing owes the index once, in its own transaction', async (t) => {
    const record = await moved(staff.reviewer, await submit(), 'take')
    t.same(await workOf(record.id), [])
    await moved(staff.reviewer, record, 'approve')
    t.same(await workOf(record.id), [{ kind: 'index', wanted: 1, together: true }])
  })

  t.test('a version in the works owes nothing until it is approved', async (t) => {
    const record = await publish()
    const submitted = await moved(author, must(await edit(author, record, { title: '下一版' }), 200), 'submit')
    await moved(staff.reviewer, submitted, 'take')
    t.match(await workOf(record.id), [{ wanted: 1 }])
  })

  t.test('a publication that cannot be audited does not happen: no state, no public row, no work', async (t) => {
    const record = await submit()
    const before = { row: await rowOf(record.id), counts: await bench.counts() }
    await change(
      sql`create function audit.refuse() returns trigger language plpgsql as $$
        begin raise exception 'full' using errcode = '53100'; end $$`
    )
    await change(
      sql`create trigger refuse before insert on audit.entry
        for each row when (new.action = 'record.approve') execute function audit.refuse()`
    )
    t.equal((await step(staff.reviewer, record, 'approve')).status, 503)
    t.same({ row: await rowOf(record.id), counts: await bench.counts() }, before)
    await change(sql`drop trigger refuse on audit.entry`)
    await change(sql`drop function audit.refuse()`)
    t.equal((await step(staff.reviewer, record, 'approve')).status, 200)
  })
}
