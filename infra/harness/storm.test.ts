import { serviceActor } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { killBackends, testDatabase, type TestDatabase } from '@siku/testing'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'
import { scale } from './scale.ts'

/**
 * R-C1: backends die under transactions whose callbacks are waiting for something else. Each transaction writes three rows of its own
 * colour; afterwards every colour has three rows or none, and exactly those whose caller was told so have three.
 */
const rounds = 6 * scale
const rowsEach = 3
const actor = serviceActor('service:index', 'storm')

type Storm = { rounds: number; concurrency: number; patienceMs: number }
const whole: Storm = { rounds, concurrency: 40, patienceMs: 20_000 }
// The driver’s defects show at once, and what hangs in it hangs for ever: a small storm and little patience suffice.
const small: Storm = { rounds: 2, concurrency: 30, patienceMs: 2000 }

type Verdict = { torn: number; lied: number; committed: number; lost: number; unsettled: number; kills: number }

t.test('no statement runs in another transaction, none is torn, none hangs, whoever dies', async (t) => {
  const database = await stormDatabase(t)
  const db = connectDatabase({ url: database.urlFor('siku_gateway'), applicationName: 'storm', poolSize: 20, waitMs: 30_000 })
  t.teardown(() => db.close())
  const uncaught: unknown[] = []
  const note = (error: unknown) => void uncaught.push(error)
  process.on('uncaughtException', note)
  t.teardown(() => process.off('uncaughtException', note))

  const verdict = await storm(database, whole, (colour, write) => paint(db, colour, write))
  t.comment(JSON.stringify(verdict))
  t.ok(verdict.kills >= rounds, 'the kills landed')
  t.ok(verdict.lost > 0, 'transactions were lost to them')
  t.ok(verdict.committed > 0, 'and others went through')
  t.equal(verdict.torn, 0, 'no transaction is half there')
  t.equal(verdict.lied, 0, 'what callers were told is what is there')
  t.equal(verdict.unsettled, 0, 'every call came to an end')
  t.same(uncaught, [], 'no error went uncaught')
  await db.withTx(actor, async () => undefined)
  t.match(db.gauges(), { free: 20, waiting: 0 }, 'the pool is whole again')
})

t.test('the same holds when connections live for a second only', async (t) => {
  const database = await stormDatabase(t)
  const db = connectDatabase({
    url: database.urlFor('siku_gateway'),
    applicationName: 'storm',
    poolSize: 20,
    waitMs: 30_000,
    lifetimeSeconds: 1
  })
  t.teardown(() => db.close())
  const verdict = await storm(database, whole, (colour, write) => paint(db, colour, write))
  t.match(verdict, { torn: 0, lied: 0, unsettled: 0 })
})

t.test('control: the driver’s own transactions are caught by this storm', async (t) => {
  const database = await stormDatabase(t)
  const client = postgres(database.urlFor('siku_gateway'), {
    max: 20,
    onnotice: () => undefined,
    connection: { application_name: 'storm' }
  })
  t.teardown(() => client.end({ timeout: 1 }))
  const swallow = () => undefined
  process.on('uncaughtException', swallow)
  t.teardown(() => process.off('uncaughtException', swallow))
  const begin = client['begin'].bind(client)
  const verdict = await storm(database, small, async (colour, write) => {
    await begin(async (tx) => {
      for (let n = 0; n < rowsEach; n++) {
        await tx`insert into storm (colour, n) values (${colour}, ${n})`
        await write()
      }
    })
  })
  t.comment(JSON.stringify(verdict))
  t.ok(verdict.torn + verdict.lied + verdict.unsettled > 0, 'the storm finds the defect')
})

async function paint(db: Database, colour: string, write: () => Promise<void>): Promise<void> {
  await db.withTx(actor, async (tx) => {
    for (let n = 0; n < rowsEach; n++) {
      await tx.execute(sql`insert into storm (colour, n) values (${colour}, ${n})`)
      await write()
    }
  })
}

type Transaction = (colour: string, write: () => Promise<void>) => Promise<void>

async function storm(database: TestDatabase, size: Storm, transaction: Transaction): Promise<Verdict> {
  const told = new Map<string, string>()
  let kills = 0
  for (let round = 0; round < size.rounds; round++) {
    const running = Array.from({ length: size.concurrency }, (_, index) =>
      runOne({ colour: `${round}-${index}`, told, patienceMs: size.patienceMs }, transaction)
    )
    await delay(20)
    kills += await killBackends(database.ownerUrl, { applicationName: 'storm', atMost: 10 })
    await delay(15)
    kills += await killBackends(database.ownerUrl, { applicationName: 'storm', atMost: 10 })
    await Promise.all(running)
  }
  return judge(database, told, kills)
}

type One = { colour: string; told: Map<string, string>; patienceMs: number }

async function runOne({ colour, told, patienceMs }: One, transaction: Transaction): Promise<void> {
  told.set(colour, 'unsettled')
  const wait = () => delay(Math.random() * 20)
  const settled = transaction(colour, wait).then(
    () => void told.set(colour, 'committed'),
    (error: { code?: string }) => void told.set(colour, error.code === 'SIKU_DB_COMMIT_UNKNOWN' ? 'unknown' : 'failed')
  )
  await Promise.race([settled, delay(patienceMs, undefined, { ref: false })])
}

async function judge(database: TestDatabase, told: Map<string, string>, kills: number): Promise<Verdict> {
  const owner = postgres(database.ownerUrl, { max: 1 })
  const rows = await owner<{ colour: string; n: number }[]>`select colour, count(*)::int as n from storm group by colour`
  await owner.end()
  const held = new Map(rows.map((row) => [row.colour, row.n]))
  const is = (wanted: string) => [...told].filter(([, outcome]) => outcome === wanted).map(([colour]) => colour)
  return {
    kills,
    committed: is('committed').length,
    lost: is('failed').length + is('unknown').length,
    unsettled: is('unsettled').length,
    torn: [...held.values()].filter((n) => n !== rowsEach).length,
    lied:
      is('committed').filter((colour) => held.get(colour) !== rowsEach).length + is('failed').filter((colour) => held.has(colour)).length
  }
}

async function stormDatabase(t: { teardown: (fn: () => unknown) => unknown }): Promise<TestDatabase> {
  const database = await testDatabase(t)
  const owner = postgres(database.ownerUrl, { max: 1 })
  await owner.unsafe(
    'create table public.storm (colour text, n int); grant all on public.storm to siku_service; grant usage on schema public to siku_service'
  )
  await owner.end()
  return database
}
