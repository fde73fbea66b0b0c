import t from 'tap'
import postgres from 'postgres'
import type { Teardown } from '../src/index.ts'
import {
  countingIds,
  emptyDatabase,
  keyOf,
  killBackends,
  testActors,
  testClock,
  testDatabase,
  testRedis,
  testRolePassword,
  testServices,
  untilTrue
} from '../src/index.ts'

t.test('A clock stands still until it is set or moved', async (t) => {
  const clock = testClock('2027-01-31T00:00:00Z')
  t.equal(clock.now().toISOString(), clock.now().toISOString())
  clock.advance({ days: 1, hours: 2, minutes: 3, ms: 4 })
  t.equal(clock.now().toISOString(), '2027-02-01T02:03:00.004Z')
  clock.set('2030-06-01T00:00:00Z')
  t.equal(clock.now().getUTCFullYear(), 2030)
})

t.test('Counted ids are UUIDs, never repeat, and differ between series', async (t) => {
  const one = countingIds()
  const two = countingIds(255)
  const ids = [one(), one(), two(), two()]
  t.equal(new Set(ids).size, 4)
  for (const id of ids) t.match(id, /^[0-9a-f]{8}-0000-4000-8000-[0-9a-f]{12}$/)
  t.equal(ids[2], '000000ff-0000-4000-8000-000000000001')
})

t.test('Waiting for a fact gives the answer, bears attempts that fail, and tells the last one when time is up', async (t) => {
  let asked = 0
  const answer = await untilTrue(
    () => {
      asked += 1
      if (asked < 3) throw new Error('not yet')
      return { asked }
    },
    { everyMs: 1 }
  )
  t.same(answer, { asked: 3 })
  await t.rejects(
    untilTrue(() => 0, { timeoutMs: 30, everyMs: 5, what: 'the count' }),
    {
      code: 'SIKU_TESTING_NOT_IN_TIME',
      message: /the count did not become true; the last answer was 0/
    }
  )
  await t.rejects(
    untilTrue(
      () => {
        throw new Error('refused')
      },
      { timeoutMs: 20, everyMs: 5 }
    ),
    { message: /the last attempt failed: refused/ }
  )
})

t.test('Actors of two organisations share no organisation, and a mission is foreign', async (t) => {
  t.not(testActors.memberOfA.organisationId, testActors.memberOfB.organisationId)
  t.equal(testActors.memberOfA.organisationId, testActors.colleagueOfA.organisationId)
  t.not(testActors.reviewer.id, testActors.secondReviewer.id)
  t.ok(testActors.missionOfficer.foreign)
  t.ok(testActors.anonymous.foreign)
  t.equal(testServices['service:match'].kind, 'service')
  const ids = Object.values(testActors).map((actor) => actor.id)
  t.equal(new Set(ids).size, ids.length)
  t.match(keyOf(testActors.memberOfA, ['technology-reserve:read']), {
    kind: 'key',
    organisationId: testActors.memberOfA.organisationId,
    scopes: ['technology-reserve:read']
  })
})

t.test('Each test database is a copy of its own, with UTF-8, trigrams of every script and the clock in UTC', async (t) => {
  const [one, two] = await Promise.all([testDatabase(t), testDatabase(t)])
  const inOne = connected(t, one.ownerUrl)
  const inTwo = connected(t, two.ownerUrl)
  await inOne`create table only_here (id int)`
  t.same(await inTwo`select 1 from pg_tables where tablename = 'only_here'`, [])
  const [facts] = await inOne`
    select current_setting('server_encoding') encoding, current_setting('TimeZone') zone, current_setting('lc_messages') messages,
      array_to_string(array(select x from unnest(array['z', 'é', 'e', 'f']) x order by x), '') sorted, lower('ÉЖ') lowered`
  t.same(facts, { encoding: 'UTF8', zone: 'UTC', messages: 'C', sorted: 'eéfz', lowered: 'éж' })
  await inOne`create extension pg_trgm`
  const [likeness] =
    await inOne`select similarity('университет', 'университеты') > 0.5 as alike, to_tsvector('arabic', 'جامعة')::text <> '' as stemmed`
  t.same(likeness, { alike: true, stemmed: true })
})

t.test('A service role logs in with the rights of a service and no more', async (t) => {
  const database = await testDatabase(t)
  const sql = connected(t, database.urlFor('siku_technology_reserve'))
  const [me] =
    await sql`select current_user, rolsuper, rolbypassrls, pg_has_role('siku_service', 'member') member from pg_roles where rolname = current_user`
  t.same(me, { current_user: 'siku_technology_reserve', rolsuper: false, rolbypassrls: false, member: true })
  await t.rejects(sql`create table public.mine (id int)`, { code: '42501' })
  t.equal(new URL(database.urlFor('x')).password, testRolePassword)
})

t.test('A database is gone once its test has ended, even with a client still in it', async (t) => {
  let name = ''
  await t.test('a test that leaves a client behind', async (inner) => {
    const database = await emptyDatabase(inner)
    name = database.name
    const left = connected(t, database.ownerUrl)
    inner.same(await left`select 1 as one`, [{ one: 1 }])
  })
  const server = connected(t, process.env['SIKU_TEST_DATABASE_URL'] ?? '')
  t.same(await server`select 1 from pg_database where datname = ${name}`, [])
})

t.test('Killed backends are counted, chosen by application, and their clients notice', async (t) => {
  const { ownerUrl } = await emptyDatabase(t)
  const victim = connected(t, ownerUrl, 'victim')
  const bystander = connected(t, ownerUrl, 'bystander')
  const [before] = await bystander`select pg_backend_pid() pid`
  const waiting = t.rejects(victim`select pg_sleep(30)`, { code: /CONNECTION_CLOSED|57P01/ })
  t.equal(await untilTrue(() => killBackends(ownerUrl, { applicationName: 'victim' })), 1)
  await waiting
  t.same(await bystander`select pg_backend_pid() pid`, [before])
  t.equal(await killBackends(ownerUrl, { atMost: 0 }), 0)
})

t.test(
  'A Redis of a file is its own and can be emptied',
  { skip: !process.env['REDIS_URL'] && 'redis-server is not installed' },
  async (t) => {
    const [one, two] = [await testRedis(), await testRedis()]
    t.not(one?.url, two?.url)
    t.match(one?.url, /^redis:\/\/127\.0\.0\.1:\d+\/\d+$/)
    await one?.flush()
  }
)

function connected(t: Teardown, url: string, application = 'tools-test') {
  const sql = postgres(url, { max: 1, fetch_types: false, onnotice: () => {}, connection: { application_name: application } })
  t.teardown(() => sql.end({ timeout: 1 }))
  return sql
}
