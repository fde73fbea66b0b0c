import { systemNow } from '@siku/service-kit'
import { seededRandom, untilTrue } from '@siku/testing'
import postgres from 'postgres'
import { join } from 'node:path'
import t from 'tap'

import { clean, judge, type Judgement } from './durability/judge.ts'
import { killAtRandom, type Kill } from './durability/kill-at-random.ts'
import { runLoad, type Told } from './durability/load-client.ts'
import { planPostings } from './durability/postings.ts'
import { openScene, victimsOf, type Scene } from './durability/scene.ts'
import { scale } from './scale.ts'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'

/** R-A1 in the small: postings under load while everything is killed; nothing acknowledged is lost, nothing is there twice. */
const sizes = { postings: 300 * scale, kills: 15 * scale, parallel: 6, ratePerS: 8, everyMs: 2500, convergeMs: 60_000, giveUpMs: 120_000 }
const seed = Number(process.env.SIKU_SEED ?? '20270301')

t.test('15 kills under load lose nothing, invent nothing, double nothing', async (t) => {
  const scene = await openScene()
  t.teardown(scene.close)
  const { told, kills } = await loadWithKills(scene, sizes.kills)
  t.comment(`seed ${seed}; ${kills.map((kill) => kill.victim).join(', ')}`)
  t.comment(JSON.stringify(tally(told)))
  t.ok(
    kills.length >= sizes.kills && kills.every((kill) => kill.underLoad && kill.error === undefined),
    'every kill landed while the load ran'
  )
  t.ok(new Set(kills.map((kill) => kill.victim)).size >= 7, 'on every kind of component')
  t.ok(tally(told).ok > told.length / 2, 'most postings went through all the same')

  const judgement = await converge(scene, told)
  t.comment(JSON.stringify({ ...judgement, matchesMissing: judgement.matchesMissing.length, matchesExtra: judgement.matchesExtra.length }))
  t.match(judgement, clean)
  t.ok(judgement.matchesStored > 50, 'and there were matches to lose')

  await t.test('control: the judge sees each kind of damage', async (t) => damage(t, scene, told))
})

t.test('with the queue absent the work is done all the same', async (t) => {
  const scene = await openScene({ queue: false })
  t.teardown(scene.close)
  const postings = planPostings(40, scene.keyOf, systemNow())
  const told = await runLoad({
    call: scene.call,
    postings,
    parallel: 6,
    ledgerPath: join(scene.folder, 'ledger.jsonl'),
    giveUpMs: sizes.giveUpMs
  })
  t.equal(tally(told).ok, 40)
  t.match(await converge(scene, told), clean)
})

t.test('Redis flushed under load loses nothing', async (t) => {
  const scene = await openScene()
  t.teardown(scene.close)
  if (!scene.redis.present) return void t.comment('redis-server is not installed; this half is left out')
  const postings = planPostings(60, scene.keyOf, systemNow())
  const load = runLoad({
    call: scene.call,
    postings,
    parallel: 4,
    ledgerPath: join(scene.folder, 'ledger.jsonl'),
    giveUpMs: sizes.giveUpMs
  })
  let loaded = true
  void load.finally(() => (loaded = false))
  let flushes = 0
  while (loaded) {
    await scene.redis.flush()
    flushes++
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
  const told = await load
  t.ok(flushes >= 3, `${flushes} flushes landed`)
  t.equal(tally(told).ok, 60)
  t.match(await converge(scene, told), clean)
})

async function loadWithKills(scene: Scene, kills: number): Promise<{ told: Told[]; kills: Kill[] }> {
  let killing = true
  let loaded = true
  // However fast the machine, the load lasts as long as the killing; at its rate that is about as many postings again at the most.
  const load = runLoad({
    call: scene.call,
    postings: planPostings(sizes.postings * 3, scene.keyOf, systemNow()),
    parallel: sizes.parallel,
    ledgerPath: join(scene.folder, 'ledger.jsonl'),
    giveUpMs: sizes.giveUpMs,
    ratePerS: sizes.ratePerS,
    goOn: { enough: sizes.postings, whileTrue: () => killing }
  })
  void load.finally(() => (loaded = false))
  const victims = victimsOf(scene)
  const done = await killAtRandom({ victims, kills, everyMs: sizes.everyMs, random: seededRandom(seed), isLoaded: () => loaded })
  killing = false
  return { told: await load, kills: done }
}

/** From the last component being healthy to nothing owed; then judgement. */
async function converge(scene: Scene, told: Told[]): Promise<Judgement> {
  await scene.installation.waitUntilReady()
  const db = scene.openDatabase()
  try {
    await untilTrue(async () => (await db.ping(), true), { timeoutMs: 30_000 })
    await waitUntilQuiet(db, { timeoutMs: sizes.convergeMs })
    return await judge({ ownerUrl: scene.ownerUrl, db, told, thesaurus: scene.thesaurus, now: systemNow() })
  } finally {
    await db.close()
  }
}

type Test = { ok: (value: unknown, message: string) => unknown }

async function damage(t: Test, scene: Scene, told: Told[]): Promise<void> {
  const owner = postgres(scene.ownerUrl, { max: 1, onnotice: () => undefined })
  const db = scene.openDatabase()
  const now = systemNow()
  const look = () => judge({ ownerUrl: scene.ownerUrl, db, told, thesaurus: scene.thesaurus, now })
  for (const worker of ['technology-reserve/worker', 'cooperation-demand/worker', 'matching/worker'] as const)
    await scene.installation.stop(worker)
  const [invented] = told.filter(({ outcome }) => outcome === 'ok')
  t.ok(
    (await judge({ ownerUrl: scene.ownerUrl, db, told: told.filter((line) => line !== invented), thesaurus: scene.thesaurus, now })).phantom
      .length > 0,
    'a record nobody was told of'
  )
  t.ok(
    (
      await judge({
        ownerUrl: scene.ownerUrl,
        db,
        told: [...told, { key: 'never', library: 'technology-reserve', outcome: 'ok', id: 'never', title: 'never' }],
        thesaurus: scene.thesaurus,
        now
      })
    ).lost.includes('never'),
    'a posting that is gone'
  )
  await owner`delete from matching.match where id = (select id from matching.match where state = 'proposed' and not exists (select from matching.decision d where d.match_id = match.id) limit 1)`
  t.ok((await look()).matchesMissing.length === 1, 'a match that is missing')
  await owner`delete from published.annotation where id = (select id from published.annotation limit 1)`
  t.ok((await look()).unindexed === 1, 'a record without its annotation')
  await db.close()
  await owner.end()
}

function tally(told: readonly Told[]) {
  const of = (outcome: Told['outcome']) => told.filter((line) => line.outcome === outcome).length
  return { ok: of('ok'), fail: of('fail'), unknown: of('unknown') }
}
