import { Closed } from '@siku/contracts'
import { connectDatabase, migrateDatabase, sharedMigrations, type Database } from '@siku/db'
import {
  idempotencyMigrations,
  NotFound,
  once,
  problemResponses,
  pruneIdempotency,
  refTo,
  type OnceOptions,
  type ServicePlugin
} from '@siku/service-kit'
import { testActors, testClock, testDatabase, testRolePassword } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { Type } from 'typebox'
import { as, testService, type Teardown } from './support/service.ts'

const role = 'siku_kit_once'
const schema = 'kit_test'
const Thing = Type.Object({ id: Type.String(), title: Type.String() }, { additionalProperties: false, $id: 'Thing' })
const config = { access: { action: 'record.create', scope: 'things:write' } } as const
const documented = (operationId: string) => ({ operationId, tags: ['things'], summary: 'Things' })

/** A route as services write them: the change under `once`, then the object as it is now. */
function things(options: Partial<OnceOptions> = {}, inside: () => Promise<unknown> = async () => undefined): ServicePlugin {
  return async (app) => {
    app.post(
      '/things',
      {
        config,
        schema: {
          ...documented('createThing'),
          body: Closed({ title: Type.String() }),
          response: { 201: refTo(Thing), ...problemResponses(404) }
        }
      },
      async ({ ctx, body }, reply) => {
        const { status, id } = await ctx.db.withTx(ctx.actor, (tx) =>
          once(ctx, tx, { schema, ...options }, async () => {
            const made = randomUUID()
            await tx.execute(sql`insert into kit_test.thing (id, title) values (${made}, ${body.title})`)
            await inside()
            return { status: 201, id: made, value: undefined }
          })
        )
        const [thing] = await ctx.db.withRead(ctx.actor, (tx) =>
          tx.execute<{ id: string; title: string }>(sql`select id, title from kit_test.thing where id = ${id}`)
        )
        if (!thing) throw NotFound()
        return reply.code(status as 201).send(thing)
      }
    )
    app.post('/forgetful', { config, schema: { ...documented('forget'), response: { 204: Type.Null() } } }, async (_request, reply) =>
      reply.code(204).send(null)
    )
    app.post(
      '/sign-in',
      { config: { ...config, idempotency: false }, schema: { ...documented('signIn'), response: { 204: Type.Null() } } },
      async ({ ctx }, reply) => reply.code(ctx.idempotency ? (500 as 204) : 204).send(null)
    )
  }
}

async function open(t: Teardown): Promise<{ db: Database; owner: Database }> {
  const { ownerUrl, urlFor } = await testDatabase(t)
  const sets = [
    { name: schema, folder: fileURLToPath(new URL('./support/things', import.meta.url)), replace: { schema, role } },
    idempotencyMigrations(schema, role)
  ]
  await migrateDatabase({
    url: ownerUrl,
    sets: [sharedMigrations, ...sets],
    roles: [{ name: role, password: testRolePassword, memberOf: ['siku_service'] }]
  })
  const db = connectDatabase({ url: urlFor(role), applicationName: 'kit-test', poolSize: 6 })
  const owner = connectDatabase({ url: ownerUrl, applicationName: 'kit-test-owner', poolSize: 1 })
  t.teardown(() => Promise.all([db.close(), owner.close()]))
  return { db, owner }
}

const counted = async (owner: Database, table: string) =>
  owner.withRead(testActors.operator, async (tx) =>
    Number((await tx.execute<{ n: string }>(sql`select count(*) as n from ${sql.raw(table)}`))[0]?.n)
  )

t.test('a POST with an Idempotency-Key', async (t) => {
  const { db, owner } = await open(t)
  const clock = testClock()
  const { app } = await testService(t, things(), { db, now: clock.now, schemas: [Thing], health: { showWork: false } })
  const post = (key: string, payload: object, who = 'memberOfA', url = '/things') =>
    app.inject({ method: 'POST', url, payload, headers: { ...as(who), 'idempotency-key': key } })

  t.test('is done once: a repeat gets the first status and id, and the object as it is now', async (t) => {
    const first = await post('k1', { title: 'pump' })
    t.equal(first.statusCode, 201)
    const { id } = first.json<{ id: string }>()
    await owner.withTx(testActors.operator, (tx) => tx.execute(sql`update kit_test.thing set title = 'pump, mended' where id = ${id}`))
    const again = await post('k1', { title: 'pump' })
    t.equal(again.statusCode, 201)
    t.strictSame(again.json(), { id, title: 'pump, mended' })
    t.equal(await counted(owner, 'kit_test.thing'), 1)
  })

  t.test('sent five times at once makes one object, and all five are told of it', async (t) => {
    const before = await counted(owner, 'kit_test.thing')
    const answers = await Promise.all(Array.from({ length: 5 }, () => post('k2', { title: 'valve' })))
    t.strictSame(
      answers.map(({ statusCode }) => statusCode),
      [201, 201, 201, 201, 201]
    )
    t.equal(new Set(answers.map((answer) => answer.json<{ id: string }>().id)).size, 1)
    t.equal(await counted(owner, 'kit_test.thing'), before + 1)
  })

  t.test('used again for another body is refused with 422', async (t) => {
    await post('k3', { title: 'a' })
    const other = await post('k3', { title: 'b' })
    t.equal(other.statusCode, 422)
    t.equal(other.json<{ code: string }>().code, 'SIKU_IDEMPOTENCY_KEY_REUSED')
  })

  t.test('belongs to its sender: the same key of another person is another request', async (t) => {
    const mine = await post('k4', { title: 'same' })
    const theirs = await post('k4', { title: 'same' }, 'memberOfB')
    t.equal(theirs.statusCode, 201)
    t.not(mine.json<{ id: string }>().id, theirs.json<{ id: string }>().id)
  })

  t.test('of a request that failed leaves nothing behind and can be used again', async (t) => {
    const failed = await post('k5', { title: 'x'.repeat(200) })
    t.equal(failed.statusCode, 400, 'the check constraint of the table refuses it')
    t.equal((await post('k5', { title: 'short' })).statusCode, 201)
  })

  t.test('is forgotten after 72 hours', async (t) => {
    const first = await post('k6', { title: 'old' })
    clock.advance({ hours: 71 })
    t.equal((await post('k6', { title: 'old' })).json<{ id: string }>().id, first.json<{ id: string }>().id)
    clock.advance({ hours: 2 })
    t.not((await post('k6', { title: 'old' })).json<{ id: string }>().id, first.json<{ id: string }>().id)
    const before = await counted(owner, 'kit_test.idempotency')
    const gone = await db.withTx(testActors.operator, (tx) => pruneIdempotency(tx, schema, clock.now()))
    t.ok(gone > 0)
    t.equal(await counted(owner, 'kit_test.idempotency'), before - gone)
  })

  t.test('must be one that can be kept', async (t) => {
    t.equal((await post('two words', { title: 'a' })).statusCode, 400)
    t.equal(
      (await post('x'.repeat(256), { title: 'a' })).json<{ errors: { pointer: string }[] }>().errors[0]?.pointer,
      '/headers/idempotency-key'
    )
  })

  t.test('is never dropped in silence: a test build fails a route that takes one and does not call once', async (t) => {
    t.equal((await post('k7', {}, 'memberOfA', '/forgetful')).json<{ code: string }>().code, 'SIKU_KIT_IDEMPOTENCY_IGNORED')
    t.equal((await post('k7', {}, 'memberOfA', '/sign-in')).statusCode, 204)
  })

  t.test('is not needed: without one every POST counts', async (t) => {
    const before = await counted(owner, 'kit_test.thing')
    const send = () => app.inject({ method: 'POST', url: '/things', payload: { title: 'no key' }, headers: as('memberOfA') })
    await Promise.all([send(), send()])
    t.equal(await counted(owner, 'kit_test.thing'), before + 2)
  })
})

t.test('a secret is shown once: a repeat is a conflict', async (t) => {
  const { db } = await open(t)
  const { app } = await testService(t, things({ onRepeat: 'refuse' }), { db, schemas: [Thing] })
  const post = () =>
    app.inject({ method: 'POST', url: '/things', payload: { title: 'key' }, headers: { ...as('memberOfA'), 'idempotency-key': 'k' } })
  t.equal((await post()).statusCode, 201)
  t.match((await post()).json(), { status: 409, code: 'SIKU_IDEMPOTENCY_SECRET_GIVEN' })
})

t.test('a twin that waits too long on the first is told to come back', async (t) => {
  const { db, owner } = await open(t)
  let release: () => void = () => undefined
  let reached: () => void = () => undefined
  const held = new Promise<void>((resolve) => (release = resolve))
  const inside = new Promise<void>((resolve) => (reached = resolve))
  const { app } = await testService(
    t,
    things({}, async () => (reached(), held)),
    { db, schemas: [Thing] }
  )
  const post = () =>
    app.inject({ method: 'POST', url: '/things', payload: { title: 'slow' }, headers: { ...as('memberOfA'), 'idempotency-key': 'k' } })
  const first = post()
  await inside
  const twin = await post()
  t.match(twin, { statusCode: 409, headers: { 'retry-after': '1' } })
  t.equal(twin.json<{ code: string }>().code, 'SIKU_IDEMPOTENCY_IN_FLIGHT')
  release()
  t.equal((await first).statusCode, 201)
  t.equal((await post()).json<{ id: string }>().id, (await first).json<{ id: string }>().id)
  t.equal(await counted(owner, 'kit_test.thing'), 1)
})

t.test('errors of a real database become answers that tell nothing of it', async (t) => {
  const { db } = await open(t)
  const statements = {
    'a text that is no uuid': sql`select 'canary-value'::uuid`,
    'a number out of range': sql`select 70000::int::smallint`,
    'a duplicate': sql`insert into kit_test.thing (id, title) values ('00000000-0000-4000-8000-000000000001', 'canary-value'), ('00000000-0000-4000-8000-000000000001', 'b')`,
    'a missing right': sql`delete from kit_test.thing`,
    'a statement that does not exist': sql`selekt 1`
  }
  const expected: Record<keyof typeof statements, [number, string]> = {
    'a text that is no uuid': [400, 'SIKU_DATABASE_VALUE_REFUSED'],
    'a number out of range': [400, 'SIKU_DATABASE_VALUE_REFUSED'],
    'a duplicate': [409, 'SIKU_DATABASE_VALUE_TAKEN'],
    'a missing right': [403, 'SIKU_ACCESS_FORBIDDEN'],
    'a statement that does not exist': [500, 'SIKU_UNEXPECTED']
  }
  const names = Object.keys(statements) as (keyof typeof statements)[]
  const routes: ServicePlugin = async (app) => {
    names.forEach((name, index) =>
      app.put(
        `/fail/${index}`,
        { config, schema: { ...documented(`fail${index}`), response: { 204: Type.Null() } } },
        async ({ ctx }, reply) => {
          await ctx.db.withTx(ctx.actor, (tx) => tx.execute(statements[name]))
          return reply.code(204).send(null)
        }
      )
    )
  }
  const { app, lines } = await testService(t, routes, { db })
  for (const [index, name] of names.entries()) {
    const answer = await app.inject({ method: 'PUT', url: `/fail/${index}`, headers: as('memberOfA') })
    t.strictSame([answer.statusCode, answer.json<{ code: string }>().code], expected[name], name)
    t.notMatch(answer.body, /canary-value|kit_test|uuid/)
  }
  t.notMatch(JSON.stringify(lines), /canary-value/, 'nor does the log quote a value')
  t.match(
    lines.filter(({ event }) => event === 'request.failed'),
    [{ err: { sqlState: '42601' } }],
    'but the log keeps the SQLSTATE'
  )
})
