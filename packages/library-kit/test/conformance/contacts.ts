import { findCode } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { ifMatch, must } from './bench.ts'
import { colleagueOf, outside, staff } from './people.ts'

const contact = {
  name: 'CANARY-王小明',
  position: '处长',
  email: 'canary-5b1e@example.org',
  phone: '+86 10 6234 5678',
  languages: ['zh', 'en'],
  address: '北京市海淀区'
}

export const contactCases: Cases = (t, bench) => {
  const { call, create, publishCleared, author, stranger, rows, table, db, contacts, counts } = bench
  const write = (actor: typeof author, id: string, body: unknown, headers = {}) =>
    call({ actor, method: 'PUT', path: `/${id}/contact`, body, headers })
  const read = (actor: typeof author, id: string, basis = 'case 12') =>
    call({ actor, path: `/${id}/contact?basis=${encodeURIComponent(basis)}` })
  const codeOf = (run: Promise<unknown>) =>
    run.then(
      () => 'nothing',
      (error: unknown) => findCode(error)
    )

  t.test('a contact is kept by its own revision, apart from the record', async (t) => {
    const record = await create()
    t.equal((await read(author, record.id)).status, 404, 'none yet')
    const stored = await write(author, record.id, contact)
    t.match(stored.body, { contact, revision: 1 })
    t.equal(stored.headers['etag'], '"r1"')
    t.match((await write(author, record.id, contact)).body, { status: 428, code: 'SIKU_REVISION_IF_MATCH_MISSING' })
    t.equal((await write(author, record.id, contact, ifMatch({ revision: 7 }))).status, 412)
    t.match((await write(colleagueOf(author), record.id, { name: 'N' }, ifMatch({ revision: 1 }))).body, {
      contact: { name: 'N' },
      revision: 2
    })
    t.same((await read(author, record.id)).body.contact, { name: 'N' })
    t.equal(must(await call({ actor: author, path: `/${record.id}` }), 200).revision, 1, 'the record has not changed')
  })

  t.test('a contact that does not fit is refused with a pointer', async (t) => {
    const record = await create()
    const before = await counts()
    for (const [over, pointer] of [
      [{ email: 'x' }, '/email'],
      [{ phone: 'call me' }, '/phone'],
      [{ name: '' }, '/name'],
      [{ wechat: 'x' }, '/wechat'],
      [{ languages: ['tlh'] }, '/languages/0']
    ] as const) {
      t.match((await write(author, record.id, { ...contact, ...over })).body, { status: 400, errors: [{ pointer }] }, pointer)
    }
    t.same(await counts(), before)
  })

  t.test('who may read a contact reads it with a reason that is kept; for others it does not exist', async (t) => {
    const record = await publishCleared()
    must(await write(author, record.id, contact), 200)
    for (const actor of [staff.intake, staff.matchOfficer, staff.commissionAdmin, colleagueOf(author)])
      t.same((await read(actor, record.id)).body.contact, contact)
    for (const actor of [staff.auditor, staff.reviewer, staff.compliance, staff.districtOfficer, outside.operator])
      t.equal((await read(actor, record.id)).status, 403, actor.roles.join())
    t.equal((await read(stranger, record.id)).status, 404)
    t.equal((await read(outside.anonymous, record.id)).status, 401)
    t.match(
      (await call({ actor: staff.intake, path: `/${record.id}/contact` })).body,
      { status: 400, errors: [{ pointer: '/query/basis' }] },
      'a reason is needed'
    )
  })

  t.test('every reading leaves who, when and why, in the transaction that read', async (t) => {
    const record = await create()
    must(await write(author, record.id, contact), 200)
    must(await read(staff.matchOfficer, record.id, '引荐 2027-12'), 200)
    const [row] = await rows(sql`
      select a.actor_id, a.basis, a.organisation_id::text, a.xmin::text = e.xmin::text as together, e.action, e.actor_id as audited
      from ${table('contact_access')} a, audit.entry e
      where a.record_id = ${record.id}::uuid and e.record_id = a.record_id and e.action = 'contact.read'`)
    t.match(row, {
      actor_id: staff.matchOfficer.id,
      basis: '引荐 2027-12',
      organisation_id: staff.matchOfficer.organisationId,
      together: true,
      audited: staff.matchOfficer.id
    })
  })

  t.test('the library’s usual login cannot touch contacts, and the contact login nothing but them', async (t) => {
    for (const statement of [
      sql`select * from ${table('contact')}`,
      sql`delete from ${table('contact')}`,
      sql`update ${table('contact')} set contact = '{}'`,
      sql`select * from ${table('contact_access')}`
    ]) {
      t.equal(await codeOf(db.withTx(staff.commissionAdmin, (tx) => tx.execute(statement))), '42501')
    }
    for (const name of ['record', 'version', 'file', 'control_decision']) {
      t.equal(await codeOf(contacts.withRead(staff.commissionAdmin, (tx) => tx.execute(sql`select * from ${table(name)}`))), '42501')
    }
    const seen = await contacts.withRead(stranger, (tx) => tx.execute(sql`select * from ${table('contact')}`))
    t.equal(seen.length, 0, 'and of contacts only what is one’s own')
    t.equal(
      await codeOf(
        contacts.withTx(stranger, (tx) =>
          tx.execute(sql`
      insert into ${table('contact')} (record_id, owner_organisation_id, contact, updated_by, updated_at)
        values (gen_random_uuid(), ${author.organisationId}::uuid, '{}', 'x', now())`)
        )
      ),
      '42501'
    )
  })

  t.test('no value of a contact stands in a version, a public row, the ledger or the audit', async (t) => {
    const record = await publishCleared()
    must(await write(author, record.id, contact), 200)
    must(await read(staff.intake, record.id), 200)
    for (const name of [
      table('record'),
      table('version'),
      table('idempotency'),
      table('contact_access'),
      sql`published.document`,
      sql`work.item`,
      sql`audit.entry`
    ]) {
      const [found] = await rows(sql`select count(*)::int as n from ${name} x where to_jsonb(x)::text ~ '(CANARY-王小明|canary-5b1e)'`)
      t.equal(found?.['n'], 0)
    }
    const [control] = await rows(
      sql`select count(*)::int as n from ${table('contact')} x where to_jsonb(x)::text ~ '(CANARY-王小明|canary-5b1e)'`
    )
    t.ok(Number(control?.['n']) > 0, 'the search finds it where it belongs')
  })
}
