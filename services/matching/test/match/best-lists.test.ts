import t from 'tap'
import type { DocumentToWrite } from '@siku/db'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { keepBest, pairKey, type Placed } from '../../src/match/best-lists.ts'
import { rematchAll } from '../../src/match/rematch.ts'
import { demand, matcherActor, matchingDatabase, matchRows, settle, storedAndExpected, technology, type Place } from '../support.ts'
import { matchingService } from '../review/service.ts'

const ids = countingIds(4)
const one = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater']
/** Different mixtures of one field, so that everything meets everything and no two score alike for long. */
const mixtures = [one, [...one, 'desalination'], [...one, 'well-salinization'], [...one, 'seawater-intrusion'], ['desalination', ...one]]
const mixed = (build: typeof demand, count: number): DocumentToWrite[] =>
  Array.from({ length: count }, (_, index) => build(ids(), { about: mixtures[index % mixtures.length] }))

const pair = (demandId: string, technologyId: string, scoreMillionths: number): Placed => ({ demandId, technologyId, scoreMillionths })

t.test('a pair stays that has a place in either list, and ties go to the smaller id', async (t) => {
  const crowd = [pair('d1', 't1', 900), pair('d1', 't2', 900), pair('d1', 't3', 800), pair('d2', 't3', 700), pair('d2', 't1', 600)]
  t.same(keepBest(crowd, 1).map(pairKey), ['d1 t1', 'd1 t2', 'd1 t3', 'd2 t3'], 't1 is full, d2 has t3 as its best')
  t.same(keepBest(crowd, 40).length, crowd.length)
})

t.test('more counterparts than places: what is stored is the best of both sides, whatever the order of events', async (t) => {
  const place = await matchingService(t)
  const { worker } = place
  const technologies = mixed(technology, 48)
  const demands = mixed(demand, 46)
  await settle(place, worker, technologies.slice(0, 30))
  for (let at = 0; at < demands.length; at += 9) await settle(place, worker, demands.slice(at, at + 9))
  await settle(place, worker, technologies.slice(30))

  const first = await storedAndExpected(place)
  t.ok(first.expected.length < technologies.length * demands.length, `${first.expected.length} of all pairs have a place`)
  t.same(first.stored, first.expected)

  await t.test('a technology that leaves makes room in full lists', async (t) => {
    await settle(place, worker, technologies.slice(0, 6).map(withdrawn))
    const { stored, expected } = await storedAndExpected(place)
    t.same(stored, expected)
    t.ok((await freedCount(place)) > 0, 'lists that were full have been matched again')
  })

  await t.test('a technology that falls behind gives its place to a better one, and takes it again when it is better', async (t) => {
    const changed = technologies
      .slice(6, 12)
      .map((record) => ({ ...technology(record.id, { about: ['seawater-intrusion'] }), ...next(record) }))
    await settle(place, worker, changed)
    const behind = await storedAndExpected(place)
    t.same(behind.stored, behind.expected)
    await settle(
      place,
      worker,
      changed.map((record) => ({ ...technology(record.id, { about: one }), ...next(record) }))
    )
    const back = await storedAndExpected(place)
    t.same(back.stored, back.expected)
  })

  await t.test('what people decide takes no place: the next ones come in', async (t) => {
    const rows = (await matchRows(place.db)).filter(({ state }) => state === 'proposed')
    const crowded = rows.filter(({ demandId }) => demandId === rows[0]?.demandId).slice(0, 5)
    for (const row of crowded) {
      const headers = { 'if-match': `"r${row.revision}"` }
      const { body } = await place.call<{ revision: number }>('POST', `/v1/matches/${row.id}/take`, { who: 'matchOfficer', headers })
      const answer = await place.call('POST', `/v1/matches/${row.id}/reject`, {
        who: 'matchOfficer',
        body: { code: 'budget' },
        headers: { 'if-match': `"r${body.revision}"` }
      })
      t.equal(answer.status, 200)
    }
    await settle(place, worker)
    const { stored, expected } = await storedAndExpected(place)
    t.same(stored, expected)
    t.equal(crowded.length, 5)
  })

  await t.test('a full run finds nothing to change', async (t) => {
    t.match(await rematchAll(worker.context, { cause: 'test' }), { added: 0, changed: 0, withdrawn: 0 })
  })

  await t.test('control: a stored pair beyond its place is seen and taken out by its record’s next run', async (t) => {
    const [gone] = (await matchRows(place.db)).filter(({ state }) => state === 'withdrawn')
    await place.owner.withTx(matcherActor, (tx) =>
      tx.execute(sql`update matching.match set state = 'proposed' where id = ${gone?.id ?? ''}::uuid`)
    )
    const broken = await storedAndExpected(place)
    t.equal(broken.stored.length, broken.expected.length + 1)
    await rematchAll(worker.context, { cause: 'test' })
    await settle(place, worker)
    const { stored, expected } = await storedAndExpected(place)
    t.same(stored, expected)
  })
})

t.test('a full run from nothing stores the same set', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  await settle(place, worker, [...mixed(technology, 44), ...mixed(demand, 44)])
  await place.owner.withTx(matcherActor, (tx) => tx.execute(sql`delete from matching.match`))
  await rematchAll(worker.context, { cause: 'test' })
  await settle(place, worker)
  const { stored, expected } = await storedAndExpected(place)
  t.same(stored, expected)
  t.match(await rematchAll(worker.context, { cause: 'again' }), { added: 0, changed: 0, withdrawn: 0 }, 'and a second one writes no row')
})

const next = ({ version, revision }: DocumentToWrite) => ({ version: version + 1, revision: revision + 1 })
const withdrawn = (record: DocumentToWrite): DocumentToWrite => ({
  ...record,
  revision: record.revision + 1,
  state: 'withdrawn',
  tombstone: true
})

async function freedCount(place: Pick<Place, 'db'>): Promise<number> {
  const [row] = await place.db.withRead(matcherActor, (tx) =>
    tx.execute<{ count: number }>(sql`select count(*)::int as count from matching.list_run where cause = 'list.freed'`)
  )
  return row?.count ?? 0
}
