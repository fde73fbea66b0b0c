import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { must, type Shown } from './bench.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

export const controlCases: Cases = (t, bench) => {
  const { call, step, edit, publish, submit, moved, assess, author, stranger, isControlled, clock, age } = bench
  const kenya = person({ name: 'Embassy of Kenya', country: 'KE', roles: ['mission-officer'] })
  const laos = person({ name: 'Embassy of Laos', country: 'LA', roles: ['mission-officer'] })
  const sees = async (actor: Parameters<typeof call>[0]['actor'], record: Shown) =>
    (await call({ actor, path: `/${record.id}` })).status === 200

  if (!isControlled) {
    t.test('records of this library are not under export control: seen once published, and there is nothing to assess', async (t) => {
      const record = await publish()
      t.match(record, { controlState: 'not-applicable' })
      t.ok(await sees(outside.anonymous, record))
      t.match((await step(staff.compliance, record, 'control/assess', { state: 'free' })).body, { status: 409 })
      t.match((await step(staff.compliance, record, 'control/confirm')).body, { status: 409, code: 'SIKU_LIBRARY_NOTHING_TO_CONFIRM' })
    })
    return
  }

  t.test('unassessed, it is published for its owner and staff and does not exist for anybody else', async (t) => {
    const record = await publish()
    t.match(record, { state: 'published', controlState: 'unassessed' })
    for (const actor of [author, staff.reviewer, staff.auditor]) t.ok(await sees(actor, record))
    for (const actor of [stranger, kenya, outside.anonymous, outside.operator]) t.notOk(await sees(actor, record))
  })

  t.test('an assessment takes effect when a second person confirms it, and may be taken back before', async (t) => {
    const record = await publish()
    const assessed = await moved(staff.compliance, record, 'control/assess', { state: 'free', edition: '2025', note: '经查' })
    t.match(assessed, { controlState: 'unassessed' })
    t.match((await step(staff.compliance, assessed, 'control/confirm')).body, { status: 403, code: 'SIKU_LIBRARY_SECOND_PERSON' })
    t.match((await step(staff.secondCompliance, assessed, 'control/assess', { state: 'restricted' })).body, {
      status: 409,
      code: 'SIKU_LIBRARY_ASSESSMENT_PENDING'
    })
    t.notOk(await sees(outside.anonymous, record))
    const back = await moved(staff.secondCompliance, assessed, 'control/withdraw')
    t.match((await step(staff.secondCompliance, back, 'control/confirm')).body, { status: 409 })
    const free = await assess(back, 'free')
    t.match(free, { controlState: 'free' })
    t.ok(await sees(outside.anonymous, record))
    const { body } = await call({ actor: staff.auditor, path: `/${record.id}/control` })
    t.same(
      body.data.map((line: { state: string }) => line.state),
      ['free', 'free']
    )
    t.match(
      body.data.find((line: { note: string | null }) => line.note === '经查'),
      { edition: '2025', assessedBy: staff.compliance.id, confirmedBy: null, withdrawnAt: /^2027/ }
    )
    t.equal((await call({ actor: stranger, path: `/${record.id}/control` })).status, 404)
  })

  t.test(
    'the owner learns what follows from an assessment, not who made it or what was noted, and nothing of one in the making',
    async (t) => {
      const letter = { number: '意向书〔2027〕3号', countries: ['KE'], validFrom: '2027-01-01', validUntil: '2029-12-31' }
      const record = await assess(await publish(), 'restricted', { edition: '2025', note: '内部意见', letter })
      clock.advance({ minutes: 1 })
      await moved(staff.compliance, record, 'control/assess', { state: 'prohibited', note: '另一意见' })
      const linesFor = async (actor: typeof author) => (await call({ actor, path: `/${record.id}/control` })).body.data
      for (const actor of [author, colleagueOf(author)]) {
        const [line, ...others] = await linesFor(actor)
        t.same(others, [])
        t.same(Object.keys(line).toSorted(), ['assessedAt', 'confirmedAt', 'edition', 'id', 'letter', 'sentence', 'state', 'version'])
        t.match(line, { state: 'restricted', edition: '2025', letter: { countries: ['KE'] }, assessedAt: /^20/, confirmedAt: /^20/ })
        t.same(Object.keys(line.letter), ['countries'])
        t.match(line.sentence, /restricted.*letter of intent/)
      }
      for (const actor of [staff.compliance, staff.reviewer, staff.districtOfficer, staff.auditor]) {
        const lines = await linesFor(actor)
        t.match(lines, [
          { state: 'prohibited', note: '另一意见', confirmedBy: null },
          { state: 'restricted', note: '内部意见', assessedBy: staff.compliance.id, confirmedBy: staff.secondCompliance.id, letter }
        ])
      }
      const owned = await bench.db.withRead(author, (tx) =>
        tx.execute(sql`select state from ${bench.table('control_decision')} where record_id = ${record.id}::uuid`)
      )
      t.same([...owned], [{ state: 'restricted' }], 'the database keeps an unconfirmed one from its owner too')
    }
  )

  t.test('only compliance assesses and confirms', async (t) => {
    const record = await publish()
    for (const actor of [author, staff.reviewer, staff.seniorReviewer, staff.auditor]) {
      t.equal((await step(actor, record, 'control/assess', { state: 'free' })).status, 403)
      t.equal((await step(actor, record, 'control/confirm')).status, 403)
    }
  })

  t.test('a clearance holds for the text that was assessed and for no other', async (t) => {
    const cleared = await assess(await submit(), 'not-listed')
    const edited = must(
      await edit(author, await moved(staff.reviewer, cleared, 'return', { reasons: [{ code: 'other', text: null }] }), {
        title: '换了内容'
      }),
      200
    )
    t.match(edited, { controlState: 'unassessed' }, 'an edit of the draft takes it back')
    const pending = await moved(staff.compliance, edited, 'control/assess', { state: 'free' })
    const changed = must(await edit(author, pending, { title: '又换了内容' }), 200)
    t.match((await step(staff.secondCompliance, changed, 'control/confirm')).body, {
      status: 409,
      code: 'SIKU_LIBRARY_ASSESSMENT_OUTDATED'
    })
    const published = await moved(
      staff.reviewer,
      await moved(author, await moved(staff.compliance, changed, 'control/withdraw'), 'submit'),
      'approve'
    )
    const free = await assess(published, 'free')
    t.ok(await sees(outside.anonymous, free))
    const late = await moved(staff.compliance, free, 'control/assess', { state: 'not-listed' })
    const next = await moved(
      staff.reviewer,
      await moved(author, must(await edit(author, late, { title: '第二版' }), 200), 'submit'),
      'approve'
    )
    t.match(next, { version: 2, controlState: 'unassessed' }, 'a new version is another text')
    t.notOk(await sees(outside.anonymous, next))
    t.match((await step(staff.secondCompliance, next, 'control/confirm')).body, { status: 409, code: 'SIKU_LIBRARY_ASSESSMENT_OUTDATED' })
  })

  t.test('prohibited is never published, and what was published disappears for others', async (t) => {
    const submitted = await assess(await submit(), 'prohibited')
    t.match((await step(staff.reviewer, submitted, 'approve')).body, { status: 409, code: 'SIKU_LIBRARY_CONTROL_FORBIDS' })
    const published = await assess(await publish(), 'free')
    t.ok(await sees(outside.anonymous, published))
    await assess(published, 'prohibited')
    t.notOk(await sees(outside.anonymous, published))
  })

  t.test('a letter of intent belongs to `restricted`, and its days make sense', async (t) => {
    const record = await publish()
    const letter = { number: '意向书〔2027〕3号', countries: ['KE'], validFrom: '2027-02-01', validUntil: '2027-12-31' }
    const tried = [
      ['free', letter],
      ['restricted', { ...letter, validUntil: '2027-01-31' }],
      ['restricted', { ...letter, validFrom: '2026-01-01', validUntil: '2026-12-31' }]
    ] as const
    for (const [state, given] of tried) {
      t.match((await step(staff.compliance, record, 'control/assess', { state, letter: given })).body, {
        status: 422,
        errors: [{ pointer: '/letter' }]
      })
    }
    t.equal((await step(staff.compliance, record, 'control/assess', { state: 'secret' })).status, 400)
  })

  t.test(
    'a letter clears for its countries only, from its first day to its last, and nobody outside learns of other countries',
    async (t) => {
      const today = clock.now()
      const day = (after: number) => new Date(today.getTime() + after * 86_400_000).toISOString().slice(0, 10)
      const record = await assess(await publish(), 'restricted', {
        letter: { number: '3', countries: ['KE', 'UG'], validFrom: day(2), validUntil: day(4) }
      })
      const pass = (days: number) => {
        clock.set(new Date(today.getTime() + days * 86_400_000))
        return age()
      }
      await pass(1)
      t.notOk(await sees(kenya, record), 'not before it begins')
      await pass(2)
      t.match(must(await call({ actor: kenya, path: `/${record.id}` }), 200), { controlState: 'restricted', clearedCountries: ['KE'] })
      for (const actor of [laos, stranger, outside.anonymous]) t.notOk(await sees(actor, record))
      t.equal(await pass(4), 0, 'in force on its last day, and nothing is done twice')
      t.ok(await sees(kenya, record))
      await pass(5)
      t.notOk(await sees(kenya, record), 'over after it')
      t.match(must(await call({ actor: author, path: `/${record.id}` }), 200), { controlState: 'restricted', clearedCountries: [] })
    }
  )

  t.test('a later letter replaces the earlier one', async (t) => {
    const far = '2029-12-31'
    const letter = { number: '1', countries: ['KE'], validFrom: '2027-01-01', validUntil: far }
    const first = await assess(await publish(), 'restricted', { letter })
    clock.advance({ minutes: 1 })
    const second = await assess(first, 'restricted', { letter: { ...letter, number: '2', countries: ['LA'] } })
    await age()
    t.ok(await sees(laos, second))
    t.notOk(await sees(kenya, second))
    clock.advance({ minutes: 1 })
    const start = new Date(clock.now().getTime() + 3 * 86_400_000)
    const third = await assess(second, 'restricted', {
      letter: { ...letter, number: '3', countries: ['UG'], validFrom: start.toISOString().slice(0, 10) }
    })
    t.notOk((await sees(laos, third)) || (await sees(kenya, third)), 'from the moment it is confirmed')
    clock.set(start)
    await age()
    t.match(must(await call({ actor: author, path: `/${third.id}` }), 200), { clearedCountries: ['UG'] })
  })
}
