import { addDays, shanghaiDay } from '@siku/library-kit'
import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { must, type Shown } from './bench.ts'
import { outside, staff } from './people.ts'

export const validityCases: Cases = (t, bench) => {
  const { call, step, publishCleared, moved, author, clock, library, rows, age, change, table } = bench
  const { ageing, renewalsMax, renewableDaysBefore } = library.validity
  const show = async (record: Shown) => must(await call({ actor: author, path: `/${record.id}` }), 200)
  const isSeen = async (record: Shown) => (await call({ actor: outside.anonymous, path: `/${record.id}` })).status === 200
  const at = (record: Shown, days: number) => clock.set(addDays(new Date(String(record['lastConfirmedAt'])), days))

  if (ageing.length === 0) {
    t.test('records of this library do not expire', async (t) => {
      const record = await publishCleared()
      t.match(record, { validUntil: null, turn: { side: 'nobody' } })
      clock.advance({ days: 4000 })
      t.equal(await age(), 0)
      t.match(await show(record), { state: 'published', openForInterest: true })
      t.match((await step(author, record, 'confirm')).body, { status: 409, code: 'SIKU_LIBRARY_RENEWAL_REFUSED' })
    })
    return
  }

  const [first] = ageing as [(typeof ageing)[number]]
  const last = ageing.at(-1) ?? first

  t.test('two weeks before its end it is the owner’s turn to confirm, and the day is said', async (t) => {
    const record = await publishCleared()
    const end = addDays(new Date(String(record['lastConfirmedAt'])), first.afterDays)
    t.equal(record['validUntil'], end.toISOString())
    at(record, first.afterDays - 15)
    t.match(await show(record), { turn: { side: 'nobody' } })
    at(record, first.afterDays - 14)
    t.match(await show(record), { turn: { side: 'owner', does: /confirm/, by: shanghaiDay(end) } })
  })

  t.test('unconfirmed, the calendar takes each step on its day, once, and leaves a line', async (t) => {
    await age()
    const record = await publishCleared()
    for (const { afterDays, does } of ageing) {
      at(record, afterDays - 0.01)
      await age()
      const before = await show(record)
      at(record, afterDays)
      t.ok((await age()) >= 1)
      t.equal(await age(), 0, 'not twice')
      const after = await show(record)
      const expected = {
        close: { state: 'published', openForInterest: false },
        pause: { state: 'paused', openForInterest: false },
        expire: { state: 'expired', openForInterest: false }
      }[does]
      t.match(after, expected, does)
      t.equal(after.revision, before.revision + 1)
      t.equal(await isSeen(record), does === 'close')
    }
    const lines = await rows(sql`select actor_id from audit.entry where record_id = ${record.id}::uuid and action = 'record.age'`)
    t.same(
      lines,
      ageing.map(() => ({ actor_id: 'service:clock' }))
    )
  })

  t.test('a record that the calendar cannot move does not hold up the others', async (t) => {
    const broken = await publishCleared()
    clock.advance({ ms: 1 })
    const due = await publishCleared()
    await change(sql`update ${table('record')} set published_version = 99 where id = ${broken.id}::uuid`)
    at(due, last.afterDays)
    t.ok((await age()) >= 1)
    t.equal((await show(due)).state, { close: 'published', pause: 'paused', expire: 'expired' }[last.does])
    await change(sql`update ${table('record')} set published_version = 1 where id = ${broken.id}::uuid`)
    t.equal(await age(), 1, 'and is moved once it can be')
  })

  t.test('what the calendar is done with does not stand in the way of what is due', async (t) => {
    const done = await publishCleared()
    const due = await publishCleared()
    const state = { close: 'published', pause: 'paused', expire: 'expired' }[last.does]
    // Two hundred records as the calendar leaves them, all confirmed longer ago than the one that is due.
    await change(sql`insert into ${table('record')} select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(),
      'reference', r.reference || '-' || n, 'state', ${state}::text, 'open_for_interest', false,
      'last_confirmed_at', r.last_confirmed_at - interval '1 year', 'valid_until', r.valid_until - interval '1 year'))).*
      from ${table('record')} r, generate_series(1, 200) n where r.id = ${done.id}::uuid`)
    at(due, last.afterDays)
    await age()
    t.equal((await show(due)).state, state)
    await change(sql`delete from ${table('record')} where reference like ${`${done.reference}-%`}`)
  })

  t.test('a record that its owner paused is confirmed back to life, or resumed while it still holds', async (t) => {
    const record = await publishCleared()
    const resumed = await moved(author, await moved(author, record, 'pause'), 'resume')
    const paused = await moved(author, resumed, 'pause')
    at(record, last.afterDays)
    t.match((await step(author, paused, 'resume')).body, { status: 409, detail: /possible now: confirm/ })
    t.match(await moved(author, paused, 'confirm'), { state: 'published', openForInterest: true, renewals: 1 })
    t.ok(await isSeen(record))
  })

  t.test('confirming after the calendar’s last step brings it back with a new clock', async (t) => {
    const record = await publishCleared()
    at(record, last.afterDays + 1)
    await age()
    t.notOk(await isSeen(record))
    const aged = await show(record)
    t.match(aged, { turn: { side: 'owner' } }, 'it tells whose turn it is')
    const renewed = await moved(author, aged, 'confirm')
    t.match(renewed, {
      state: 'published',
      openForInterest: true,
      renewals: 1,
      lastConfirmedAt: clock.now().toISOString(),
      validUntil: addDays(clock.now(), first.afterDays).toISOString()
    })
    t.ok(await isSeen(record))
  })

  t.test('a door that its owner closed stays closed when the record is confirmed', async (t) => {
    const record = await publishCleared()
    const closed = await moved(author, record, 'interest', { open: false })
    at(record, first.afterDays - 1)
    t.match(await moved(author, closed, 'confirm'), { openForInterest: false, renewals: 1 })
  })

  t.test('a record past its end is not opened for interest', async (t) => {
    const record = await publishCleared()
    at(record, first.afterDays)
    t.match((await step(author, record, 'interest', { open: true })).body, { status: 409, detail: /confirm/ })
  })

  t.test('renewals have their limits', async (t) => {
    let record = await publishCleared()
    if (renewableDaysBefore !== null) {
      at(record, first.afterDays - renewableDaysBefore - 1)
      t.match((await step(author, record, 'confirm')).body, {
        status: 409,
        code: 'SIKU_LIBRARY_RENEWAL_REFUSED',
        detail: /can be renewed from/
      })
    }
    for (let n = 1; n <= (renewalsMax ?? 3); n++) {
      at(record, first.afterDays - 1)
      record = await moved(author, record, 'confirm')
      t.equal(record['renewals'], n)
    }
    at(record, first.afterDays - 1)
    t.equal((await step(author, record, 'confirm')).status, renewalsMax === null ? 200 : 409)
    t.equal((await step(staff.reviewer, record, 'confirm')).status, 403, 'a reviewer does not confirm for the owner')
  })

  t.test('a new version of a published record keeps its clock, one of an expired record starts it anew', async (t) => {
    const record = await publishCleared()
    at(record, first.afterDays - 3)
    const next = await moved(
      staff.reviewer,
      await moved(author, must(await bench.edit(author, record, { title: '下一版' }), 200), 'submit'),
      'approve'
    )
    t.equal(next['validUntil'], record['validUntil'])
    at(record, last.afterDays)
    await age()
    const again = await moved(
      staff.reviewer,
      await moved(author, must(await bench.edit(author, await show(record), { title: '再一版' }), 200), 'submit'),
      'approve'
    )
    t.match(again, { state: 'published', validUntil: addDays(clock.now(), first.afterDays).toISOString() })
  })
}
