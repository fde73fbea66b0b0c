import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { untilTrue } from '@siku/testing'
import type { Test } from 'tap'
import { breakableLine } from './breakable-line.ts'
import { createQueue, type Queue, type QueueBackend } from '../src/index.ts'

export type RawJob = { id: string; data: unknown; optionNames: string[] }

export type Server = {
  backend: QueueBackend
  /** Jobs as the store keeps them. */
  rawJobs: (channel: string) => Promise<RawJob[]>
}

const log = { info: () => {}, warn: () => {} }
const answerMsMax = 600

/** What a queue promises, whatever carries it. */
export async function queueConformance(t: Test, server: Server): Promise<void> {
  const open = (t: Test, backend = server.backend): Queue => {
    const queue = createQueue({ backend, log })
    t.teardown(() => queue.close())
    return queue
  }
  await t.test('hints', (t) => hintCases(t, open))
  await t.test('what is kept', (t) => keepingCases(t, server, open))
  await t.test('outages', (t) => outageCases(t, server, open))
  await t.test('closing', (t) => closingCases(t, server, open))
}

type Open = (t: Test, backend?: QueueBackend) => Queue

async function hintCases(t: Test, open: Open) {
  await t.test('a hint reaches the listener of its channel and no other', async (t) => {
    const queue = open(t)
    const [here, there] = [await hear(queue, 'index-technology-reserve'), await hear(queue, 'match')]
    t.equal(await queue.hint('index-technology-reserve', ['a', 'b']), 'sent')
    await untilTrue(() => here.length === 1, { what: 'one hint' })
    t.same(here, [['a', 'b']])
    t.same(there, [])
    await queue.ping()
  })

  await t.test('hints given together leave together, each id once', async (t) => {
    const queue = open(t)
    const received = await hear(queue, 'index-project-results')
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => queue.hint('index-project-results', [`id-${n % 10}`, 'all'])))
    t.ok(results.every((result) => result === 'sent'))
    await untilTrue(() => new Set(received.flat()).size === 11, { what: 'all eleven ids' })
    t.equal(received.flat().length, 11, 'no id came twice')
  })

  await t.test('the same hint again arrives again, since it has no id that could swallow it', async (t) => {
    const queue = open(t)
    const received = await hear(queue, 'index-cooperation-demand')
    for (const times of [1, 2, 3]) {
      await queue.hint('index-cooperation-demand', ['same'])
      await untilTrue(() => received.length === times, { what: `hint ${times}` })
    }
    t.same(received, [['same'], ['same'], ['same']])
  })
}

async function keepingCases(t: Test, server: Server, open: Open) {
  await t.test('a hint carries kind, library and ids and nothing else, under no id of ours', async (t) => {
    const queue = open(t)
    t.equal(await queue.hint('index-platform-institutions', ['x', 'y', 'x']), 'sent')
    t.equal(await queue.hint('match', ['z']), 'sent')
    const [index, ...moreIndex] = await server.rawJobs('index-platform-institutions')
    const match = (await server.rawJobs('match')).at(-1)
    t.same(moreIndex, [])
    t.strictSame(index?.data, { kind: 'index', library: 'platform-institutions', ids: ['x', 'y'] })
    t.strictSame(match?.data, { kind: 'match', library: null, ids: ['z'] })
    t.match(index?.id, /^\d+$/, 'the store numbered the job')
    t.notOk(index?.optionNames.includes('jobId'))
    t.equal(await queue.depth('index-platform-institutions'), 1)
  })

  await t.test('work that throws is spent like any other, and the next hint is followed', async (t) => {
    const queue = open(t)
    const received: string[][] = []
    await queue.listen('failing', async (ids) => {
      received.push(ids)
      throw new Error('the work failed')
    })
    await queue.hint('failing', ['1'])
    await untilTrue(() => received.length === 1)
    await queue.hint('failing', ['2'])
    await untilTrue(() => received.length === 2)
    await untilTrue(async () => (await queue.depth('failing')) === 0, { what: 'an empty channel' })
    t.same(await server.rawJobs('failing'), [], 'neither is kept')
  })
}

async function outageCases(t: Test, server: Server, open: Open) {
  const openLine = async (t: Test) => {
    const line = await breakableLine(server.backend.url)
    t.teardown(() => line.close())
    return { line, backend: { ...server.backend, url: line.url } }
  }

  await t.test('while the server is away every answer is quick, and all goes on when it is back', async (t) => {
    const { line, backend } = await openLine(t)
    const queue = open(t, backend)
    const received = await hear(queue, 'outage')
    await goesOn(t, queue, { channel: 'outage', received })
    line.cut()
    await answersQuickly(t, queue, 'outage')
    t.ok(line.broken() > 0, 'the outage struck')
    line.mend()
    await goesOn(t, queue, { channel: 'outage', received })
  })

  await t.test('a server that hangs is treated like one that is away', async (t) => {
    const { line, backend } = await openLine(t)
    const queue = open(t, backend)
    const received = await hear(queue, 'hanging')
    await goesOn(t, queue, { channel: 'hanging', received })
    line.hang()
    await answersQuickly(t, queue, 'hanging')
    line.mend()
    await goesOn(t, queue, { channel: 'hanging', received })
  })

  await t.test('a process starts while the server is away, and listens once it is there', async (t) => {
    const { line, backend } = await openLine(t)
    line.cut()
    const queue = open(t, backend)
    const started = performance.now()
    const received = await hear(queue, 'early')
    t.ok(performance.now() - started < answerMsMax, 'listen came back at once')
    await answersQuickly(t, queue, 'early')
    line.mend()
    await goesOn(t, queue, { channel: 'early', received })
  })

  await t.test('a listener outlives many cut connections', async (t) => {
    const { line, backend } = await openLine(t)
    const queue = open(t, backend)
    const received = await hear(queue, 'cuts')
    for (const round of [1, 2, 3]) {
      await goesOn(t, queue, { channel: 'cuts', received })
      line.mend()
      t.ok(line.broken() >= round, `round ${round} ended connections`)
    }
    await goesOn(t, queue, { channel: 'cuts', received })
  })
}

async function closingCases(t: Test, server: Server, open: Open) {
  await t.test('close waits for the hint in hand, and afterwards nothing is taken', async (t) => {
    const queue = open(t)
    let end = () => {}
    const mayEnd = new Promise<void>((resolve) => (end = resolve))
    let phase = 'waiting'
    await queue.listen('closing', async () => {
      phase = 'in hand'
      await mayEnd
      phase = 'done'
    })
    await queue.hint('closing', ['1'])
    await untilTrue(() => phase === 'in hand')
    const closed = queue.close()
    end()
    await closed
    t.equal(phase, 'done')
    t.equal(await queue.hint('closing', ['2']), 'unavailable')
    await t.rejects(
      queue.listen('closing', async () => {}),
      { code: 'SIKU_QUEUE_CLOSED' }
    )
    await t.rejects(queue.ping(), { code: 'SIKU_QUEUE_CLOSED' })
  })

  await t.test('a closed listener takes no more, the hint waits for the next one', async (t) => {
    const queue = open(t)
    const first: string[][] = []
    const listener = await queue.listen('handover', async (ids) => void first.push(ids))
    await queue.hint('handover', ['1'])
    await untilTrue(() => first.length === 1)
    await listener.close()
    await queue.hint('handover', ['2'])
    t.equal(await queue.depth('handover'), 1)
    const second = await hear(queue, 'handover')
    await untilTrue(() => second.length === 1)
    t.same([first, second], [[['1']], [['2']]])
  })

  for (const [state, url, said] of [
    ['there', server.backend.url, 'sent'],
    ['away', urlOfNobody(server.backend.url), 'unavailable']
  ] as const) {
    await t.test(`a process that closed its queue ends by itself, the server being ${state}`, async (t) => {
      t.same(await useAndLeave(server.backend.kind, url), { code: 0, signal: null, said })
    })
  }
}

function urlOfNobody(url: string): string {
  const nobody = new URL(url)
  nobody.port = '1'
  return nobody.href
}

async function useAndLeave(kind: string, url: string) {
  const script = fileURLToPath(new URL('./use-and-leave.ts', import.meta.url))
  const stdio: ['ignore', 'pipe', 'inherit'] = ['ignore', 'pipe', 'inherit']
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=siku-src', script, kind, url], { stdio })
  const killer = setTimeout(() => child.kill('SIGKILL'), 20_000)
  let said = ''
  child.stdout.on('data', (part) => (said += String(part)))
  const [code, signal] = await once(child, 'close')
  clearTimeout(killer)
  return { code, signal, said }
}

/** Listens and keeps what arrives. */
async function hear(queue: Queue, channel: string): Promise<string[][]> {
  const received: string[][] = []
  await queue.listen(channel, async (ids) => void received.push(ids))
  return received
}

async function answersQuickly(t: Test, queue: Queue, channel: string) {
  for (const attempt of [1, 2, 3]) {
    const started = performance.now()
    t.equal(await queue.hint(channel, [`lost-${attempt}`]), 'unavailable')
    await t.rejects(queue.ping(), { code: 'SIKU_QUEUE_UNAVAILABLE' })
    await t.rejects(queue.depth(channel), { code: 'SIKU_QUEUE_UNAVAILABLE' })
    const tookMs = performance.now() - started
    t.ok(tookMs < 3 * answerMsMax, `hint, ping and depth answered within ${Math.round(tookMs)} ms`)
  }
}

async function goesOn(t: Test, queue: Queue, { channel, received }: { channel: string; received: string[][] }) {
  const id = `whole-${received.length}`
  await untilTrue(async () => (await queue.hint(channel, [id])) === 'sent', { what: 'a hint sent', everyMs: 100 })
  await untilTrue(() => received.flat().includes(id), { what: 'a hint heard', timeoutMs: 15_000 })
  t.pass('hints are sent and heard')
}
