import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyDatabase, killBackends, testRedis, untilTrue, type Teardown } from '@siku/testing'
import { Redis } from 'ioredis'
import pg from 'pg'
import t from 'tap'
import { createQueue, migrateQueue, type Queue } from '../src/index.ts'
import { queueConformance, type RawJob } from './conformance.ts'

const log = { info: () => {}, warn: () => {} }

await t.test('on PostgreSQL', async (t) => {
  const { ownerUrl } = await emptyDatabase(t)
  await migrateQueue(ownerUrl)
  await queueConformance(t, { backend: { kind: 'postgres', url: ownerUrl }, rawJobs: (channel) => postgresJobs(ownerUrl, channel) })
})

await t.test('on PostgreSQL, backends killed by the server', async (t) => {
  const { ownerUrl } = await emptyDatabase(t)
  await migrateQueue(ownerUrl)
  const queue = createQueue({ backend: { kind: 'postgres', url: ownerUrl }, log })
  t.teardown(() => queue.close())
  const received: string[] = []
  await queue.listen('match', async (ids) => void received.push(...ids))
  for (const round of ['1', '2', '3']) {
    await arrives(queue, received, round)
    t.ok((await killBackends(ownerUrl)) > 0, 'connections were cut')
  }
  await arrives(queue, received, 'last')
})

await t.test('on PostgreSQL, a service role may use the queue and own nothing', async (t) => {
  const { ownerUrl, name } = await emptyDatabase(t)
  const role = `queue_user_${name}`
  await asOwner(ownerUrl, `create role ${role} login password 'queue'`)
  t.teardown(() => asOwner(ownerUrl, `drop owned by ${role}; drop role ${role}`))
  await Promise.all([migrateQueue(ownerUrl, { grantTo: [role] }), migrateQueue(ownerUrl)])
  const url = new URL(ownerUrl)
  url.username = role
  url.password = 'queue'
  const queue = createQueue({ backend: { kind: 'postgres', url: url.href }, log })
  t.teardown(() => queue.close())
  const received: string[] = []
  await queue.listen('match', async (ids) => void received.push(...ids))
  await arrives(queue, received, 'as a service')
  await untilTrue(async () => (await queue.depth('match')) === 0)
  await t.rejects(asOwner(url.href, 'create table bullmq.mine (id int)'), /permission denied/)
})

await t.test('on PostgreSQL before its schema is there, hints are unavailable and nothing breaks', async (t) => {
  const { ownerUrl } = await emptyDatabase(t)
  const queue = createQueue({ backend: { kind: 'postgres', url: ownerUrl }, log })
  t.teardown(() => queue.close())
  const received: string[] = []
  await queue.listen('match', async (ids) => void received.push(...ids))
  t.equal(await queue.hint('match', ['1']), 'unavailable')
  await migrateQueue(ownerUrl)
  await arrives(queue, received, '2')
})

const redis = await testRedis()
await t.test('on Redis', { skip: redis ? false : 'no Redis here' }, async (t) => {
  const url = redis?.url ?? ''
  await queueConformance(t, { backend: { kind: 'redis', url }, rawJobs: (channel) => redisJobs(url, channel) })
})

const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0
await t.test('on Redis, killed and started again empty', { skip: hasRedisServer ? false : 'no redis-server here' }, async (t) => {
  const port = await freePort()
  let server = await startRedis(t, port)
  const queue = createQueue({ backend: { kind: 'redis', url: `redis://127.0.0.1:${port}` }, log })
  t.teardown(() => queue.close())
  const received: string[] = []
  await queue.listen('match', async (ids) => void received.push(...ids))
  await arrives(queue, received, '1')
  server.kill('SIGKILL')
  await once(server, 'exit')
  t.equal(await queue.hint('match', ['lost']), 'unavailable')
  server = await startRedis(t, port)
  await arrives(queue, received, '2')
  t.notOk(received.includes('lost'))
})

async function arrives(queue: Queue, received: string[], id: string) {
  await untilTrue(async () => (await queue.hint('match', [id])) === 'sent', { what: `hint ${id} sent`, everyMs: 100 })
  await untilTrue(() => received.includes(id), { what: `hint ${id} heard` })
}

async function asOwner(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client.query(statement).finally(() => client.end())
}

async function postgresJobs(url: string, channel: string): Promise<RawJob[]> {
  const { rows } = await asOwner(url, `select id, data, opts from bullmq.job where queue = '${channel}' order by id`)
  return rows.map(({ id, data, opts }) => ({ id: String(id), data, optionNames: Object.keys(opts ?? {}) }))
}

async function redisJobs(url: string, channel: string): Promise<RawJob[]> {
  const client = new Redis(url)
  const ids = (await client.keys(`siku:${channel}:*`))
    .map((key) => key.split(':')[2] ?? '')
    .filter((id) => /^\d+$/.test(id))
    .sort()
  const jobs = await Promise.all(
    ids.map(async (id) => {
      const { data = 'null', opts = '{}' } = await client.hgetall(`siku:${channel}:${id}`)
      return { id, data: JSON.parse(data), optionNames: Object.keys(JSON.parse(opts)) }
    })
  )
  await client.quit()
  return jobs
}

async function startRedis(t: Teardown, port: number) {
  const dir = await mkdtemp(join(tmpdir(), 'siku-redis-'))
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', dir], {
    stdio: 'ignore'
  })
  t.teardown(async () => {
    server.kill('SIGKILL')
    await rm(dir, { recursive: true, force: true })
  })
  return server
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  return typeof address === 'object' && address ? address.port : 0
}
