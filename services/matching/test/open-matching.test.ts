import t from 'tap'
import { openedThings, TokenInvalid, type Opened } from '@siku/service-kit'
import { countingIds, testDatabase, untilTrue } from '@siku/testing'
import { connectDatabase, migrateDatabase } from '@siku/db'
import { matchingMigrations, matchingRole } from '../src/migrations.ts'
import { openMatching, type MatchingParts } from '../src/open-matching.ts'
import { countRows, demand, indexAll, log, publish, technology, thesaurus, weights } from './support.ts'

const ids = countingIds(6)

async function place(t: { teardown: (end: () => unknown) => void }) {
  const database = await testDatabase(t)
  await migrateDatabase({ url: database.ownerUrl, sets: matchingMigrations, roles: [] })
  const owner = connectDatabase({ url: database.ownerUrl, applicationName: 'library', poolSize: 2 })
  t.teardown(() => owner.close())
  const opened: Opened = openedThings(log)
  t.teardown(() => opened.close())
  const parts: MatchingParts = {
    role: 'all',
    databaseUrl: database.urlFor(matchingRole),
    poolSize: 4,
    host: '127.0.0.1',
    port: 0,
    log,
    thesaurus,
    weights,
    now: () => new Date('2027-03-01T08:00:00.000Z'),
    newId: countingIds(8),
    verifyToken: async () => {
      throw TokenInvalid('nobody is known here')
    }
  }
  return { database, owner, opened, parts }
}

t.test('the process works on what is owed, on a hint and by looking, and answers', async (t) => {
  const { owner, opened, parts } = await place(t)
  await publish(owner, [demand(ids()), technology(ids())])
  await indexAll(owner)
  let hint: (ids: string[]) => Promise<void> = async () => undefined
  const queue = {
    listen: async (channel: string, onHint: typeof hint) => {
      if (channel === 'match') hint = onHint
      return { close: async () => undefined }
    },
    ping: async () => undefined
  }
  const { address, db } = await openMatching(opened, { ...parts, queue: queue as unknown as MatchingParts['queue'] })
  await untilTrue(async () => (await countRows(db, 'match')) === 1, { what: 'the first match by looking' })

  await publish(owner, [demand(ids())])
  await indexAll(owner)
  const asked = performance.now()
  await hint([])
  await untilTrue(async () => (await countRows(db, 'match')) === 2, { what: 'the second match on a hint' })
  t.ok(performance.now() - asked < 4500, 'sooner than by looking')

  const ready = await fetch(`${address}/health/ready`)
  t.equal(ready.status, 200)
  t.match(await ready.json(), { status: 'ready', dependencies: [{ name: 'database' }, { name: 'queue' }] })
  t.equal((await fetch(`${address}/v1/matches`)).status, 401)
  await opened.close()
  await t.rejects(fetch(`${address}/health/live`), 'nothing listens after it closed')
})

t.test('a worker shows its health alone, an API does no work', async (t) => {
  const { owner, opened, parts } = await place(t)
  await publish(owner, [demand(ids()), technology(ids())])
  await indexAll(owner)
  const api = await openMatching(opened, { ...parts, role: 'api' })
  t.equal(api.worker, undefined)
  t.equal((await fetch(`${api.address}/health/live`)).status, 200)
  t.equal(await countRows(api.db, 'match'), 0)
  const worker = await openMatching(opened, { ...parts, role: 'worker' })
  t.equal((await fetch(`${worker.address}/health/live`)).status, 200)
  t.equal((await fetch(`${worker.address}/v1/matches`)).status, 404)
  await untilTrue(async () => (await countRows(worker.db, 'match')) === 1)
})

t.test('a role that owns tables is refused', async (t) => {
  const { database, opened, parts } = await place(t)
  await t.rejects(openMatching(opened, { ...parts, databaseUrl: database.ownerUrl }), { code: 'SIKU_DB_UNSAFE_ROLE' })
})
