import { serviceActor } from '@siku/contracts'
import { connectDatabase } from '@siku/db'
import { killBackends, testDatabase } from '@siku/testing'
import { sql } from 'drizzle-orm'
import postgres from 'postgres'
import { setTimeout as delay } from 'node:timers/promises'
import t from 'tap'

const actor = serviceActor('service:index', 'test')

t.test('a transaction commits whole, or not at all', async (t) => {
  const { db } = await open(t)
  await db.withTx(actor, async (tx) => {
    await tx.execute(sql`insert into storm (owner, n) values ('a', 1)`)
    await tx.execute(sql`insert into storm (owner, n) values ('a', 2)`)
  })
  await t.rejects(
    db.withTx(actor, async (tx) => {
      await tx.execute(sql`insert into storm (owner, n) values ('b', 1)`)
      throw new Error('changed my mind')
    }),
    /changed my mind/
  )
  t.same(await counts(db), [{ owner: 'a', n: 2 }])
})

t.test('a callback that goes on after its backend died runs nothing, and commits nothing of anybody', async (t) => {
  const { db, database } = await open(t)
  let died: () => void = () => undefined
  const death = new Promise<void>((resolve) => (died = resolve))
  const late = db.withTx(actor, async (tx) => {
    await tx.execute(sql`insert into storm (owner, n) values ('a', 1)`)
    await death
    await tx.execute(sql`insert into storm (owner, n) values ('a', 2)`)
  })
  await delay(50)
  t.ok((await killBackends(database.ownerUrl, { applicationName: 'test' })) > 0, 'the kill landed')
  await delay(50)
  const other = db.withTx(actor, async (tx) => {
    await tx.execute(sql`insert into storm (owner, n) values ('b', 1)`)
    died()
    await delay(50)
    throw new Error('rolled back')
  })
  await t.rejects(late, { code: 'SIKU_DB_LEASE_BROKEN' })
  await t.rejects(other, /rolled back/)
  t.same(await counts(db), [], 'neither the dead transaction nor the one rolled back left a row')
})

t.test('a transaction under the actor sees the actor’s settings and the next one does not', async (t) => {
  const { db } = await open(t, 1)
  const roleOf = (who: typeof actor) =>
    db.withRead(who, async (tx) => {
      const [row] = await tx.execute<{ kind: string }>(sql`select siku.actor() ->> 'kind' as kind`)
      return row?.kind
    })
  t.equal(await roleOf(actor), 'service')
  t.equal(await roleOf({ ...actor, kind: 'anonymous' }), 'anonymous')
})

t.test('withRead cannot write', async (t) => {
  const { db } = await open(t)
  await t.rejects(db.withRead(actor, (tx) => tx.execute(sql`insert into storm (owner, n) values ('x', 1)`)))
})

t.test('a full pool says so in time and serves again afterwards', async (t) => {
  const { db } = await open(t, 1, 100)
  const held = db.withTx(actor, () => delay(300))
  await t.rejects(
    db.withTx(actor, async () => undefined),
    { code: 'SIKU_DB_POOL_EXHAUSTED' }
  )
  await held
  await db.withTx(actor, async () => undefined)
  t.same(db.gauges(), { size: 1, free: 1, waiting: 0 })
})

t.test('a transaction that is told to nest refuses, with what to do instead', async (t) => {
  const { db } = await open(t)
  await t.rejects(
    db.withTx(actor, (tx) =>
      (tx as unknown as { transaction: (work: () => Promise<void>) => Promise<void> }).transaction(async () => undefined)
    ),
    /pass the transaction on/
  )
})

async function open(t: { teardown: (fn: () => unknown) => unknown }, poolSize = 4, waitMs = 5000) {
  const database = await testDatabase(t)
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined })
  await owner.unsafe(
    'create table public.storm (owner text, n int); grant all on public.storm to siku_service; grant usage on schema public to siku_service'
  )
  await owner.end()
  const db = connectDatabase({ url: database.urlFor('siku_gateway'), applicationName: 'test', poolSize, waitMs })
  t.teardown(() => db.close())
  return { db, database }
}

const counts = (db: ReturnType<typeof connectDatabase>) =>
  db.withRead(actor, async (tx) => [...(await tx.execute(sql`select owner, count(*)::int as n from storm group by owner order by owner`))])
