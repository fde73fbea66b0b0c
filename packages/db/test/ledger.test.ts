import { anonymous, serviceActor } from '@siku/contracts'
import {
  blobHash,
  claimWork,
  closeWork,
  connectDatabase,
  failWork,
  oweWork,
  oweWorkForAll,
  parkedWork,
  redriveWork,
  renewWork,
  takeHints,
  workSummary,
  writeAudit,
  assertServiceRole,
  takeTimer,
  finishTimer,
  putBlob,
  findBlob,
  canonicalJson,
  contentHash
} from '@siku/db'
import { testDatabase } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { randomUUID, randomBytes } from 'node:crypto'
import t from 'tap'

const actor = serviceActor('service:index', 'test')
const library = 'technology-reserve'
const claim = { kind: 'index', library, limit: 10, leaseMs: 60_000 } as const

t.test('what is owed twice is done once, and what is owed while it is being done stays owed', async (t) => {
  const { db } = await open(t)
  const recordId = randomUUID()
  await owe(db, recordId)
  await owe(db, recordId)
  const [item, ...others] = await claimWork(db, actor, claim)
  t.equal(others.length, 0)
  t.match(item, { recordId, wanted: 2, attempts: 1, fence: 1 })
  t.same(await claimWork(db, actor, claim), [], 'a claim under lease is not given twice')
  await owe(db, recordId)
  await db.withTx(actor, (tx) => closeWork(tx, [item!]))
  t.equal((await claimWork(db, actor, claim)).length, 1, 'the third wish is still to be done')
})

t.test('a zombie whose claim was taken over cannot commit', async (t) => {
  const { db } = await open(t)
  const recordId = randomUUID()
  await owe(db, recordId)
  const [zombie] = await claimWork(db, actor, { ...claim, leaseMs: 0 })
  const [fresh] = await claimWork(db, actor, claim)
  t.ok(zombie && fresh && fresh.fence > zombie.fence)
  await t.rejects(
    db.withTx(actor, async (tx) => {
      await writeAudit(tx, actor, { action: 'zombie.was-here' })
      await closeWork(tx, [zombie!])
    }),
    { code: 'SIKU_DB_FENCED_OUT' }
  )
  const left = await db.withRead(actor, (tx) => tx.execute(sql`select 1 from audit.entry where action = 'zombie.was-here'`))
  t.equal(left.length, 0, 'nothing of the zombie is left')
  await db.withTx(actor, (tx) => closeWork(tx, [fresh!]))
})

t.test('a transient failure waits its back-off, a permanent one is parked, and redriving brings it back', async (t) => {
  const { db } = await open(t)
  const ids = [randomUUID(), randomUUID()]
  await db.withTx(actor, (tx) => oweWorkForAll(tx, { kind: 'index', library, recordIds: ids, cause: 'test', causeId: null }))
  const [first, second] = await claimWork(db, actor, claim)
  await failWork(db, actor, first!, { message: 'later', permanent: false })
  await failWork(db, actor, second!, { message: 'never', permanent: true })
  t.same(await claimWork(db, actor, claim), [], 'neither is due now')
  const parked = await db.withRead(actor, (tx) => parkedWork(tx, 10))
  t.match(parked, [{ recordId: second!.recordId, error: { message: 'never' } }])
  t.match(await db.withRead(actor, workSummary), [{ kind: 'index', library, open: 1, parked: 1 }])
  t.equal(await db.withTx(actor, (tx) => redriveWork(tx, 'index')), 1)
  t.match(await claimWork(db, actor, claim), [{ recordId: second!.recordId }])
  await owe(db, first!.recordId)
  t.match(await claimWork(db, actor, claim), [{ recordId: first!.recordId }], 'a new wish does not wait for the old failure')
})

t.test('each fresh row is hinted once, spread over libraries', async (t) => {
  const { db } = await open(t)
  const many = Array.from({ length: 20 }, () => randomUUID())
  const few = [randomUUID()]
  await db.withTx(actor, async (tx) => {
    await oweWorkForAll(tx, { kind: 'index', library, recordIds: many, cause: 'import', causeId: null })
    await oweWorkForAll(tx, { kind: 'index', library: 'cooperation-demand', recordIds: few, cause: 'posting', causeId: null })
  })
  const first = await takeHints(db, actor, 5)
  t.ok(
    first.some((hint) => hint.library === 'cooperation-demand'),
    'a large import does not silence the others'
  )
  t.equal((await takeHints(db, actor, 100)).length, 16)
  t.equal((await takeHints(db, actor, 100)).length, 0)
})

t.test('claims of two workers never overlap', async (t) => {
  const { db } = await open(t)
  const ids = Array.from({ length: 100 }, () => randomUUID())
  await db.withTx(actor, (tx) => oweWorkForAll(tx, { kind: 'index', library, recordIds: ids, cause: 'test', causeId: null }))
  const claims = await Promise.all(Array.from({ length: 8 }, () => claimWork(db, actor, { ...claim, limit: 20 })))
  const claimed = claims.flat().map((item) => item.recordId)
  t.equal(new Set(claimed).size, claimed.length)
})

t.test('a timer pass runs once in the cluster and not again before its period', async (t) => {
  const { db } = await open(t)
  const timer = { name: 'nightly', periodMs: 60_000, leaseMs: 60_000 }
  const fences = await Promise.all([takeTimer(db, actor, timer), takeTimer(db, actor, timer), takeTimer(db, actor, timer)])
  const [fence, ...rest] = fences.filter((value) => value !== undefined)
  t.ok(fence !== undefined && rest.length === 0)
  await finishTimer(db, actor, { name: 'nightly', fence: fence!, error: 'broke' })
  const again = await takeTimer(db, actor, timer)
  t.ok(again !== undefined, 'a pass that failed is due again')
  await finishTimer(db, actor, { name: 'nightly', fence: again! })
  t.equal(await takeTimer(db, actor, timer), undefined)
})

t.test('audit can be added to and read, never changed or removed', async (t) => {
  const { db } = await open(t)
  await db.withTx(actor, (tx) => writeAudit(tx, actor, { action: 'test', library, recordId: randomUUID() }))
  await t.rejects(db.withTx(actor, (tx) => tx.execute(sql`update audit.entry set action = 'other'`)))
  await t.rejects(db.withTx(actor, (tx) => tx.execute(sql`delete from audit.entry`)))
})

t.test('a service refuses to run as a role that could read past the policies', async (t) => {
  const { db, owner } = await open(t)
  await assertServiceRole(db, anonymous('test'))
  await t.rejects(assertServiceRole(owner, anonymous('test')), { code: 'SIKU_DB_UNSAFE_ROLE' })
})

t.test('the same bytes are stored once, and come back as they were', async (t) => {
  const { owner } = await open(t)
  const bytes = randomBytes(2_500_000)
  const sha256 = blobHash(bytes)
  for (let times = 0; times < 2; times++) await owner.withTx(actor, (tx) => putBlob(tx, sha256, bytes))
  t.ok((await owner.withRead(actor, (tx) => findBlob(tx, sha256)))?.equals(bytes))
  const [chunks] = await owner.withRead(actor, (tx) => tx.execute<{ n: number }>(sql`select count(*)::int as n from blobs.chunk`))
  t.equal(chunks?.n, 3)
  t.equal(await owner.withRead(actor, (tx) => findBlob(tx, 'absent')), undefined)
})

t.test('no service reads or writes bytes that no file of its own holds, and no other service any', async (t) => {
  const { db, owner, connect } = await open(t)
  const bytes = randomBytes(100)
  const sha256 = blobHash(bytes)
  await owner.withTx(actor, (tx) => putBlob(tx, sha256, bytes))
  t.equal(await db.withRead(actor, (tx) => findBlob(tx, sha256)), undefined)
  await t.rejects(db.withTx(actor, (tx) => putBlob(tx, 'other', bytes)))
  for (const role of ['siku_gateway', 'siku_matching']) {
    const other = connect(role)
    await t.rejects(
      other.withRead(actor, (tx) => findBlob(tx, sha256)),
      `${role} has nothing to do with files`
    )
    await t.rejects(other.withTx(actor, (tx) => putBlob(tx, 'other', bytes)))
  }
})

t.test('equal content has equal bytes, whatever the order of its keys', async (t) => {
  t.equal(canonicalJson({ b: [1, null, 'é'], a: { d: true, c: undefined } }), '{"a":{"d":true},"b":[1,null,"é"]}')
  t.equal(contentHash({ a: 1, b: 2 }), contentHash({ b: 2, a: 1 }))
  t.not(contentHash({ a: 1 }), contentHash({ a: '1' }))
})

const owe = (db: ReturnType<typeof connectDatabase>, recordId: string) =>
  db.withTx(actor, (tx) => oweWork(tx, { kind: 'index', library, recordId, cause: 'test', causeId: null }))

async function open(t: { teardown: (fn: () => unknown) => unknown }) {
  const database = await testDatabase(t)
  const connectTo = (url: string, poolSize: number) => {
    const connected = connectDatabase({ url, applicationName: 'test', poolSize })
    t.teardown(() => connected.close())
    return connected
  }
  const connect = (role: string) => connectTo(database.urlFor(role), 1)
  return { db: connectTo(database.urlFor('siku_technology_reserve'), 8), owner: connectTo(database.ownerUrl, 1), connect }
}

t.test('a claim that is renewed is not given to another, and one that was taken over cannot be renewed', async (t) => {
  const { db } = await open(t)
  await owe(db, randomUUID())
  const [slow] = await claimWork(db, actor, { ...claim, leaseMs: 0 })
  await renewWork(db, actor, [slow!], 60_000)
  t.same(await claimWork(db, actor, claim), [], 'it is held for a while longer')
  await renewWork(db, actor, [slow!], 0)
  const [fresh] = await claimWork(db, actor, { ...claim, leaseMs: 0 })
  await renewWork(db, actor, [slow!], 60_000)
  t.equal((await claimWork(db, actor, claim)).length, 1, 'the lost claim holds nothing')
  t.ok(fresh)
})
