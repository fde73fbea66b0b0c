import t from 'tap'
import { claimWork, workSummary } from '@siku/db'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { findMatches } from '../../src/match/find-matches.ts'
import { matchRecords } from '../../src/match/match-record.ts'
import { storeMatches } from '../../src/match/store-matches.ts'
import {
  countRows,
  demand,
  indexAll,
  matcherActor,
  matchingDatabase,
  matchRows,
  publish,
  settle,
  storedAndExpected,
  technology
} from '../support.ts'

const ids = countingIds(1)
const pumping = ['pumping-energy-cost', 'seawater-intrusion']

t.test('a demand in English and a technology in Chinese that speak of the same become a proposal', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const [need, offer, other] = [ids(), ids(), ids()]
  await settle(place, worker, [demand(need), technology(offer), technology(other, { about: pumping })])

  const rows = await matchRows(place.db)
  const found = rows.find(({ technologyId }) => technologyId === offer)
  t.match(found, { demandId: need, state: 'proposed', demandVersion: 1, technologyVersion: 1, uncleared: false, revision: 1 })
  t.notOk(
    rows.some(({ technologyId }) => technologyId === other),
    'what does not fit is not proposed'
  )

  const [stored] = await place.db.withRead(matcherActor, (tx) =>
    tx.execute<{
      explanation: { contributions: { contributionMillionths: number }[]; logOddsMillionths: number; pairs: { demandSpans: unknown[] }[] }
      run: { items: { id: string; rank: number }[]; edition: string }
    }>(sql`
    select m.explanation, (select jsonb_build_object('items', l.items, 'edition', l.thesaurus_edition) from matching.list_run l
      where l.record_id in (${need}::uuid, ${offer}::uuid) order by at limit 1) as run
    from matching.match m where m.id = ${found?.id ?? ''}::uuid`)
  )
  t.equal(
    stored?.explanation.contributions.reduce((sum, line) => sum + line.contributionMillionths, 0),
    stored?.explanation.logOddsMillionths,
    'the contributions add up'
  )
  t.ok(stored?.explanation.pairs[0]?.demandSpans.length, 'evidence is kept as places in the text')
  t.equal(stored?.run.items.length, 1, 'the list is logged with the run that changed it')
  t.equal(stored?.run.edition, worker.context.scorer.edition)
  t.same(
    await place.db.withRead(matcherActor, workSummary).then((lines) => lines.filter(({ open }) => open > 0).map(({ kind }) => kind)),
    ['dossier'],
    'nothing stays owed but the dossier of the demand, which is another worker’s'
  )
})

t.test('hard filters keep a pair apart whatever its score', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const need = ids()
  const shut = {
    'not open for interest': technology(ids(), { openForInterest: false }),
    prohibited: technology(ids(), { controlState: 'prohibited' }),
    'past its validity': technology(ids(), { validUntil: '2027-02-01T00:00:00.000Z' }),
    'of the same organisation': technology(ids(), { ownerKey: demand(need).ownerKey }),
    'closed to this country': technology(ids(), { excludedCountries: ['KE'] }),
    'closed to this organisation': technology(ids(), { excludedKeys: [demand(need).ownerKey] }),
    hidden: technology(ids(), { tombstone: true, state: 'paused' })
  }
  const open = ids()
  const blocked = ids()
  await settle(place, worker, [demand(need), technology(open), technology(blocked, { controlState: 'unassessed' }), ...Object.values(shut)])
  const rows = await matchRows(place.db)
  for (const [why, { id }] of Object.entries(shut))
    t.notOk(
      rows.some(({ technologyId }) => technologyId === id),
      `not one that is ${why}`
    )
  t.match(
    rows.find(({ technologyId }) => technologyId === open),
    { uncleared: false }
  )
  t.match(
    rows.find(({ technologyId }) => technologyId === blocked),
    { uncleared: true },
    'an uncleared one is proposed as blocked'
  )

  await settle(place, worker, [demand(need, { revision: 2, text: { seeks: 'park' } })])
  t.ok(
    (await matchRows(place.db)).every(({ state }) => state === 'withdrawn'),
    'a park has no technology behind it'
  )
})

t.test('a record that closes takes its undecided matches with it, and they come back when it opens again', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const [need, offer, decided] = [ids(), ids(), ids()]
  await settle(place, worker, [demand(need), technology(offer), technology(decided)])
  await place.db.withTx(matcherActor, (tx) =>
    tx.execute(sql`update matching.match set state = 'approved', decided_by = 'x' where technology_id = ${decided}::uuid`)
  )

  await settle(place, worker, [demand(need, { revision: 2, state: 'paused', tombstone: true })])
  const closed = await matchRows(place.db)
  t.match(
    closed.find(({ technologyId }) => technologyId === offer),
    { state: 'withdrawn', revision: 2 }
  )
  t.match(
    closed.find(({ technologyId }) => technologyId === decided),
    { state: 'approved', closed: true },
    'what was decided is only flagged'
  )

  await settle(place, worker, [demand(need, { revision: 3 })])
  const opened = await matchRows(place.db)
  t.match(
    opened.find(({ technologyId }) => technologyId === offer),
    { state: 'proposed', revision: 3 }
  )
  t.match(
    opened.find(({ technologyId }) => technologyId === decided),
    { state: 'approved', closed: false, changed: false }
  )
})

t.test('a new version before the decision is scored anew and marked; a pair that no longer fits is withdrawn', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const [need, offer, gone] = [ids(), ids(), ids()]
  await settle(place, worker, [demand(need), technology(offer), technology(gone)])
  await place.db.withTx(matcherActor, (tx) =>
    tx.execute(sql`update matching.match set state = 'in-review', taken_by = 'x' where technology_id = ${offer}::uuid`)
  )

  const about = ['brackish-desalination', 'reverse-osmosis', 'desalination']
  await settle(place, worker, [
    technology(offer, { version: 2, revision: 2, about }),
    technology(gone, { version: 2, revision: 2, about: pumping })
  ])
  const rows = await matchRows(place.db)
  t.match(
    rows.find(({ technologyId }) => technologyId === offer),
    { state: 'in-review', technologyVersion: 2, changed: true }
  )
  t.match(
    rows.find(({ technologyId }) => technologyId === gone),
    { state: 'withdrawn' }
  )
  const [previous] = await place.db.withRead(matcherActor, (tx) =>
    tx.execute<{ previous: object }>(sql`select previous from matching.match where technology_id = ${offer}::uuid`)
  )
  t.match(previous?.previous, { technologyVersion: 1 }, 'the reviewer sees what it was before')
})

t.test('a rejected pair comes back only after a material new version, and then marked', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const [need, offer] = [ids(), ids()]
  await settle(place, worker, [demand(need), technology(offer)])
  await place.db.withTx(matcherActor, (tx) =>
    tx.execute(sql`
    update matching.match set state = 'rejected', decline_code = 'budget', decided_by = 'x', decided_at = now(), revision = revision + 1`)
  )

  await settle(place, worker, [demand(need, { version: 2, revision: 2, text: { deadline: '2028-01-01' } })])
  t.match(await matchRows(place.db), [{ state: 'rejected', changed: true, renewed: false }], 'a later date is no new text')
  await settle(place, worker, [
    technology(offer, { version: 2, revision: 2, about: ['brackish-desalination', 'reverse-osmosis', 'desalination'] })
  ])
  t.match(await matchRows(place.db), [{ state: 'proposed', renewed: true, changed: true, technologyVersion: 2 }])
})

t.test('a claim that was taken over cannot store anything', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  await publish(place.owner, [demand(ids()), technology(ids())])
  await indexAll(place.owner)
  const [stale] = await claimWork(place.db, matcherActor, { kind: 'match', limit: 1, leaseMs: 1 })
  if (!stale) throw new Error('nothing was owed')
  await place.db.withTx(matcherActor, (tx) => tx.execute(sql`select pg_sleep(0.01)`))
  const [fresh] = await claimWork(place.db, matcherActor, { kind: 'match', library: stale.library, limit: 1, leaseMs: 60_000 })
  t.equal(fresh?.recordId, stale.recordId, 'the lease ran out and another worker holds the claim')

  await worker.context.copy.catchUp()
  await t.rejects(matchRecords(worker.context, [stale]), { code: 'SIKU_DB_FENCED_OUT' })
  t.equal(await countRows(place.db, 'match'), 0, 'its result is rolled back')
  t.equal(await countRows(place.db, 'list_run'), 0)
  if (fresh) await matchRecords(worker.context, [fresh])
  t.equal(await countRows(place.db, 'match'), 1)
})

t.test('a list found before a counterpart moved on leaves that pair to the newer revision', async (t) => {
  for (const hasCaughtUp of [false, true]) {
    const place = await matchingDatabase(t)
    const [slow, fast] = [place.worker(), place.worker()]
    const [need, offer] = [ids(), ids()]
    await settle(place, fast, [demand(need), technology(offer, { about: pumping })])
    await publish(place.owner, [technology(offer, { version: 2, revision: 2 })])
    await indexAll(place.owner)
    const { copy, scorer } = slow.context
    await copy.catchUp()
    const record = copy.find(need)
    if (!record) throw new Error('the demand is not in the copy')
    const list = findMatches(copy, record, { scorer, today: '2027-03-01', candidatesMax: 500 })
    t.equal(list.matches.length, 1, 'found with the second version')

    await settle(place, fast, [technology(offer, { version: 3, revision: 3, about: pumping })])
    if (hasCaughtUp) await copy.catchUp()
    const { now, newId } = slow.context
    const result = await place.db.withTx(matcherActor, (tx) =>
      storeMatches(tx, {
        library: 'cooperation-demand',
        recordId: need,
        list,
        copy,
        scorer,
        cause: 'late',
        causeId: null,
        now: now(),
        newId
      })
    )
    t.match(
      result,
      { added: 0, changed: 0, withdrawn: 0 },
      hasCaughtUp ? 'also when the copy has moved on meanwhile' : 'the third version has the last word'
    )
    t.same((await storedAndExpected(place)).stored, [])
  }
})

t.test('a record that is not read with this thesaurus edition yet comes due again', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const [need, offer] = [ids(), ids()]
  await publish(place.owner, [demand(need), technology(offer)])
  await indexAll(place.owner)
  await place.owner.withTx(matcherActor, (tx) => tx.execute(sql`update published.annotation set edition = 'older'`))
  t.equal(await worker.drain(), 2)
  t.equal(await countRows(place.db, 'match'), 0)
  const [waiting] = await place.db.withRead(matcherActor, (tx) =>
    tx.execute<{ error: { message: string }; state: string }>(sql`
    select last_error as error, state from work.item where kind = 'match' limit 1`)
  )
  t.match(waiting, { state: 'open', error: { message: /not annotated with thesaurus edition/ } })

  await place.owner.withTx(matcherActor, (tx) =>
    tx.execute(sql`update published.annotation set edition = ${worker.context.scorer.edition}`)
  )
  await place.owner.withTx(matcherActor, (tx) => tx.execute(sql`update work.item set next_attempt_at = now()`))
  while ((await worker.drain()) > 0);
  t.equal(await countRows(place.db, 'match'), 1, 'the copy read it again although its place did not change')
})
