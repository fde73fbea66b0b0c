import { claimWork, closeWork, connectDatabase, migrateDatabase, oweWork, sharedMigrations, type Database } from '@siku/db'
import { createLogger, runWorker, startLoop, startRelay, startTimers } from '@siku/service-kit'
import { testDatabase, testRolePassword, testServices, untilTrue } from '@siku/testing'
import { randomUUID } from 'node:crypto'
import t from 'tap'
import type { Teardown } from './support/service.ts'

const log = createLogger({ name: 'test', level: 'silent' })
const actor = testServices['service:index']
const longAgo = 3_600_000

/** A queue as a plain object: hints reach the listeners of their channel at once, unless it is down. */
function plainQueue() {
  const listeners = new Map<string, (ids: string[]) => Promise<void>>()
  const hinted: { channel: string; ids: string[] }[] = []
  const state = { up: true }
  return {
    hinted,
    state,
    hint: async (channel: string, ids: readonly string[]) => {
      if (!state.up) return 'unavailable' as const
      hinted.push({ channel, ids: [...ids] })
      await listeners.get(channel)?.([...ids])
      return 'sent' as const
    },
    listen: async (channel: string, onHint: (ids: string[]) => Promise<void>) => {
      listeners.set(channel, onHint)
      return { close: async () => void listeners.delete(channel) }
    }
  }
}

async function open(t: Teardown): Promise<Database> {
  const { ownerUrl, urlFor } = await testDatabase(t)
  const role = 'siku_kit_work'
  await migrateDatabase({
    url: ownerUrl,
    sets: [sharedMigrations],
    roles: [{ name: role, password: testRolePassword, memberOf: ['siku_service'] }]
  })
  const db = connectDatabase({ url: urlFor(role), applicationName: 'kit-work', poolSize: 4 })
  t.teardown(() => db.close())
  return db
}

const owe = async (db: Database, count: number, library: 'technology-reserve' | 'cooperation-demand' = 'technology-reserve') => {
  const ids = Array.from({ length: count }, () => randomUUID())
  await db.withTx(actor, async (tx) => {
    for (const recordId of ids) await oweWork(tx, { kind: 'index', library, recordId, cause: 'test', causeId: null })
  })
  return ids
}

t.test('a loop', async (t) => {
  t.test('never runs two passes at once and forgets no wake', async (t) => {
    let running = 0
    let most = 0
    let passes = 0
    let finish: () => void = () => undefined
    const loop = startLoop({
      everyMs: longAgo,
      onError: (error) => t.fail(String(error)),
      pass: async () => {
        most = Math.max(most, ++running)
        passes++
        await new Promise<void>((resolve) => (finish = resolve))
        running--
        return 'idle'
      }
    })
    await untilTrue(() => passes === 1)
    for (let wake = 0; wake < 10; wake++) loop.wake()
    finish()
    await untilTrue(() => passes === 2, { what: 'one more pass for ten wakes' })
    const closed = loop.close()
    finish()
    await closed
    t.equal(most, 1)
    t.equal(passes, 2)
  })

  t.test('goes on after a pass that failed, at its next turn', async (t) => {
    const errors: unknown[] = []
    let passes = 0
    const loop = startLoop({
      everyMs: 5,
      onError: (error) => errors.push(error),
      pass: async () => {
        passes++
        if (passes === 1) throw new Error('once')
        return 'idle'
      }
    })
    await untilTrue(() => passes >= 3)
    await loop.close()
    t.equal(errors.length, 1)
  })
})

t.test('a worker', async (t) => {
  t.test('drains on a hint until nothing is due', async (t) => {
    const queue = plainQueue()
    const batches = [0, 3, 2, 0]
    const drained: number[] = []
    const worker = await runWorker({
      name: 'test',
      channel: 'index-technology-reserve',
      queue,
      log,
      intervalMs: longAgo,
      drain: async () => {
        const size = batches.shift() ?? 0
        drained.push(size)
        return size
      }
    })
    await untilTrue(() => drained.length === 1, { what: 'its first look' })
    await queue.hint('index-technology-reserve', ['a'])
    await untilTrue(() => drained.length === 4)
    await worker.close()
    t.strictSame(drained, [0, 3, 2, 0])
    await queue.hint('index-technology-reserve', ['b'])
    t.equal(drained.length, 4, 'and hears nothing once it is closed')
  })

  t.test('finishes the batch in hand before it closes, and is asked to hurry', async (t) => {
    let finish: () => void = () => undefined
    let signal: AbortSignal | undefined
    let done = false
    const worker = await runWorker({
      name: 'test',
      channel: 'match',
      log,
      intervalMs: longAgo,
      drain: async (given) => {
        signal = given
        await new Promise<void>((resolve) => (finish = resolve))
        done = true
        return 1
      }
    })
    await untilTrue(() => signal)
    const closed = worker.close()
    t.equal(signal?.aborted, true)
    t.notOk(done)
    finish()
    await closed
    t.ok(done)
  })
})

t.test('from ledger to worker', async (t) => {
  const db = await open(t)
  const drain = (closedIds: Set<string>) => async () => {
    const items = await claimWork(db, actor, { kind: 'index', library: 'technology-reserve', limit: 10, leaseMs: 5000 })
    await db.withTx(actor, (tx) => closeWork(tx, items))
    for (const { recordId } of items) closedIds.add(recordId)
    return items.length
  }

  t.test('the relay hints each fresh row once, on the channel of its library', async (t) => {
    const queue = plainQueue()
    const ids = await owe(db, 5)
    const others = await owe(db, 2, 'cooperation-demand')
    const relays = [
      startRelay({ db, queue, log, intervalMs: 10, hintsMax: 3 }),
      startRelay({ db, queue, log, intervalMs: 10, hintsMax: 3 })
    ]
    await untilTrue(() => queue.hinted.flatMap((hint) => hint.ids).length === 7)
    await owe(db, 1)
    await untilTrue(() => queue.hinted.flatMap((hint) => hint.ids).length === 8)
    await Promise.all(relays.map((relay) => relay.close()))
    const on = (channel: string) => queue.hinted.filter((hint) => hint.channel === channel).flatMap((hint) => hint.ids)
    t.strictSame(new Set(on('index-cooperation-demand')), new Set(others))
    t.ok(ids.every((id) => on('index-technology-reserve').includes(id)))
    t.equal(new Set(queue.hinted.flatMap((hint) => hint.ids)).size, 8)
  })

  t.test('work is done at once by relay and hint', async (t) => {
    const queue = plainQueue()
    const closed = new Set<string>()
    const worker = await runWorker({
      name: 'index',
      channel: 'index-technology-reserve',
      queue,
      log,
      intervalMs: longAgo,
      drain: drain(closed)
    })
    const relay = startRelay({ db, queue, log, intervalMs: 10 })
    const ids = await owe(db, 25)
    await untilTrue(() => ids.every((id) => closed.has(id)))
    await relay.close()
    await worker.close()
    t.ok(queue.hinted.length > 0)
  })

  t.test('work is done with the queue down, by looking', async (t) => {
    const queue = plainQueue()
    queue.state.up = false
    const closed = new Set<string>()
    const relay = startRelay({ db, queue, log, intervalMs: 10 })
    const worker = await runWorker({ name: 'index', channel: 'index-technology-reserve', queue, log, intervalMs: 20, drain: drain(closed) })
    const ids = await owe(db, 12)
    await untilTrue(() => ids.every((id) => closed.has(id)))
    await worker.close()
    await relay.close()
    t.equal(queue.hinted.length, 0)
  })

  t.test('a timer runs once in the cluster and again when its period is over', async (t) => {
    const runs: string[] = []
    const timer = (name: string, periodMs: number, holder: string) => ({
      name,
      periodMs,
      leaseMs: 5000,
      run: async () => void runs.push(`${name} by ${holder}`)
    })
    const start = (holder: string) =>
      startTimers({ db, log, checkMs: 10, timers: [timer('daily', 86_400_000, holder), timer('often', 50, holder)] })
    const both = [start('one'), start('two')]
    await untilTrue(() => runs.filter((run) => run.startsWith('often')).length >= 3)
    await Promise.all(both.map((timers) => timers.close()))
    t.equal(runs.filter((run) => run.startsWith('daily')).length, 1)
  })

  t.test('a timed pass that failed is due again', async (t) => {
    let runs = 0
    const timers = startTimers({
      db,
      log,
      checkMs: 10,
      timers: [
        {
          name: 'failing',
          periodMs: 86_400_000,
          run: async () => {
            runs++
            if (runs === 1) throw new Error('once')
          }
        }
      ]
    })
    await untilTrue(() => runs === 2)
    await timers.close()
    t.equal(runs, 2)
  })
})
