import t from 'tap'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { checkSample } from '../../src/match/reconcile.ts'
import { rematchAll } from '../../src/match/rematch.ts'
import { countRows, demand, matcherActor, matchingDatabase, matchRows, settle, storedAndExpected, technology } from '../support.ts'

const ids = countingIds(1)

t.test('a second full run, and the check of a sample, write nothing', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  const documents = Array.from({ length: 6 }, () => [demand(ids()), technology(ids())]).flat()
  await settle(place, worker, documents)
  const before = await matchRows(place.db)
  const runs = await countRows(place.db, 'list_run')
  t.equal(before.length, 36)

  const result = await rematchAll(worker.context, { cause: 'test' })
  t.match(result, { demands: 6, added: 0, changed: 0, withdrawn: 0 })
  t.ok(result.scored >= 36, 'the run did look at every pair')
  t.same(await checkSample(worker.context, 20), { checked: 12, drifted: [], cut: [] })
  t.same(await matchRows(place.db), before)
  t.equal(await countRows(place.db, 'list_run'), runs)
})

t.test('what was lost from the stored matches is found again by the full run, and by the sample', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  await settle(place, worker, [demand(ids()), demand(ids()), technology(ids()), technology(ids())])
  const whole = (await matchRows(place.db)).map(({ demandId, technologyId, hash }) => [demandId, technologyId, hash])
  const loseOne = () =>
    place.owner.withTx(matcherActor, (tx) =>
      tx.execute(sql`delete from matching.match where id = (select id from matching.match order by id limit 1)`)
    )

  await loseOne()
  t.match(await rematchAll(worker.context, { cause: 'test' }), { added: 1 })
  await loseOne()
  const { drifted, cut } = await checkSample(worker.context, 20)
  t.same([drifted.length, cut], [1, []], 'the record of the pair that was looked at first differs from brute force, and is mended for both')
  t.same(
    (await matchRows(place.db)).map(({ demandId, technologyId, hash }) => [demandId, technologyId, hash]),
    whole
  )
})

t.test('a list that met its budget of candidates is told from drift, and the sample makes it whole', async (t) => {
  const place = await matchingDatabase(t)
  const worker = place.worker()
  worker.context.candidatesMax = 1
  const need = ids()
  await settle(place, worker, [technology(ids()), technology(ids()), technology(ids())])
  await settle(place, worker, [demand(need)])
  t.equal((await matchRows(place.db)).length, 1, 'the run of the demand looked at one technology')

  const { drifted, cut } = await checkSample(worker.context, 20)
  t.same([drifted, cut.length > 0], [[], true])
  t.equal((await matchRows(place.db)).length, 3)
  const { stored, expected } = await storedAndExpected(place)
  t.same(stored, expected)
  t.match(await checkSample(worker.context, 20), { drifted: [], cut: [] })
})
