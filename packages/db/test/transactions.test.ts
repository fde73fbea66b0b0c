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

t.test('statements that do not wait for each other keep their order', async (t) => {
  const { db } = await open(t, 1)
  const rounds = 20
  for (let round = 0; round < rounds; round++) {
    await db.withTx(actor, (tx) =>
      Promise.all([
        tx.execute(sql`insert into storm (owner, n) values ('a', ${round})`),
        tx.execute(sql`update storm set owner = 'b' where owner = 'a' and n = ${round}`),
        tx.execute(sql`insert into storm (owner, n) values (${'x'.repeat(round * 2000)}, -1)`),
        tx.execute(sql`update storm set owner = 'c' where n = -1`)
      ])
    )
  }
  t.same(await counts(db), [
    { owner: 'b', n: rounds },
    { owner: 'c', n: rounds }
  ])
  await t.rejects(
    db.withTx(actor, (tx) =>
      Promise.all([
        tx.execute(sql`insert into storm (owner, n) values ('a', 1)`),
        tx.execute(sql`select 1 / (${0}::int)`),
        tx.execute(sql`insert into storm (owner, n) values ('a', 2)`),
        tx.execute(sql`insert into storm (owner, n) values ('a', 3)`)
      ])
    ),
    { cause: { code: '22012' } },
    'the first error is the one that is told'
  )
  t.equal((await counts(db)).length, 2, 'and nothing sent behind it is stored')
})

t.test('an error that the callback swallowed is told at the end', async (t) => {
  const { db } = await open(t)
  const swallowed = db.withTx(actor, async (tx) => {
    await tx.execute(sql`insert into storm (owner, n) values ('a', 1)`)
    await tx.execute(sql`select 1 / (${0}::int)`).catch(() => undefined)
  })
  await t.rejects(swallowed, { code: 'SIKU_DB_ROLLED_BACK' })
  t.same(await counts(db), [])
})

t.test('backends killed under statements sent together leave whole transactions or none', async (t) => {
  const { db, database } = await open(t)
  const rows = 6
  const ends = { stored: [] as string[], unknown: [] as string[] }
  let going = true
  let number = 0
  const lane = async () => {
    while (going) {
      const owner = `t${number++}`
      const insert = (tx: Parameters<Parameters<typeof db.withTx>[1]>[0], n: number) =>
        tx.execute(sql`insert into storm (owner, n) values (${owner}, ${n})`)
      const end = await db
        .withTx(actor, (tx) => Promise.all(Array.from({ length: rows }, (_, n) => insert(tx, n))))
        .then(
          () => 'stored' as const,
          (error: { code?: string }) => (error.code === 'SIKU_DB_COMMIT_UNKNOWN' ? ('unknown' as const) : undefined)
        )
      if (end) ends[end].push(owner)
    }
  }
  const lanes = Array.from({ length: 6 }, lane)
  for (let kill = 0; kill < 15; kill++) {
    await delay(40)
    await killBackends(database.ownerUrl, { applicationName: 'test' })
  }
  going = false
  await Promise.all(lanes)
  const found = new Map((await counts(db)).map(({ owner, n }) => [owner, n]))
  t.ok(ends.stored.length > 20, `${ends.stored.length} of ${number} transactions were stored`)
  t.equal(ends.stored.filter((owner) => found.get(owner) !== rows).length, 0, 'what was told stored is there whole')
  const told = new Set([...ends.stored, ...ends.unknown])
  t.same(
    [...found].filter(([owner, n]) => n !== rows || !told.has(owner)),
    [],
    'nothing else is there, and nothing in part'
  )
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
  db.withRead(actor, async (tx) => [
    ...(await tx.execute<{ owner: string; n: number }>(sql`select owner, count(*)::int as n from storm group by owner order by owner`))
  ])
