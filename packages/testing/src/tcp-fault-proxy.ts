import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import { Transform } from 'node:stream'

/** What happens to the bytes of every connection, old and new. */
export type Fault =
  | { kind: 'none' }
  | { kind: 'latency'; ms: number }
  /** Bytes are held back until the fault is lifted. */
  | { kind: 'stall' }
  /** The connection is reset once so many bytes of answers have passed. */
  | { kind: 'cut'; afterBytes: number }
  /** New connections are reset at once. */
  | { kind: 'refuse' }
  /** Requests arrive, answers vanish, and nobody is told. */
  | { kind: 'half-open' }

export type TcpFaultProxy = {
  port: number
  /** The target's URL, led through the proxy. */
  url: (target: string) => string
  inject: (fault: Fault) => void
  lift: () => void
  /** Resets every open connection now. */
  resetAll: () => number
  /** How often a fault struck: the proof that it did. */
  struck: () => number
  connections: () => number
  close: () => Promise<void>
}

type Pair = { client: Socket; target: Socket; answered: number }

type State = { fault: Fault; struck: number; waiting: Set<() => void>; pairs: Set<Pair> }

/** Stands between a client and a server on 127.0.0.1 and spoils the connection as told. */
export async function tcpFaultProxy(target: { host?: string; port: number }): Promise<TcpFaultProxy> {
  const state: State = { fault: { kind: 'none' }, struck: 0, waiting: new Set(), pairs: new Set() }
  const server = createServer({ allowHalfOpen: true }, (client) => accept(state, client, target))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  const inject = (fault: Fault) => {
    state.fault = fault
    for (const pair of state.pairs) pair.answered = 0
    release(state)
  }
  const resetAll = () => {
    const pairs = [...state.pairs]
    pairs.forEach((pair) => reset(state, pair))
    return pairs.length
  }
  return {
    port,
    url: (original) => through(original, port),
    inject,
    lift: () => inject({ kind: 'none' }),
    resetAll,
    struck: () => state.struck,
    connections: () => state.pairs.size,
    async close() {
      resetAll()
      server.close()
      await once(server, 'close')
    }
  }
}

function through(original: string, port: number): string {
  const url = new URL(original)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return url.href
}

function accept(state: State, client: Socket, { host = '127.0.0.1', port }: { host?: string; port: number }): void {
  client.on('error', () => {})
  if (state.fault.kind === 'refuse') {
    state.struck += 1
    client.resetAndDestroy()
    return
  }
  const pair: Pair = { client, target: connect({ host, port, allowHalfOpen: true }), answered: 0 }
  state.pairs.add(pair)
  pair.target.on('error', () => client.resetAndDestroy())
  client.on('close', () => {
    state.pairs.delete(pair)
    pair.target.destroy()
    release(state)
  })
  pair.target.on('close', () => client.destroySoon())
  client.pipe(spoil(state, pair, 'request')).pipe(pair.target)
  pair.target.pipe(spoil(state, pair, 'answer')).pipe(client)
}

function spoil(state: State, pair: Pair, direction: 'request' | 'answer'): Transform {
  return new Transform({
    transform(bytes: Buffer, _encoding, pass) {
      void treat(state, pair, { bytes, direction }).then((treated) => pass(null, treated))
    }
  })
}

type Passage = { bytes: Buffer; direction: 'request' | 'answer' }

async function treat(state: State, pair: Pair, { bytes, direction }: Passage): Promise<Buffer> {
  const { fault } = state
  if (fault.kind === 'none' || fault.kind === 'refuse') return bytes
  if (fault.kind === 'latency') {
    state.struck += 1
    await new Promise((resolve) => setTimeout(resolve, fault.ms))
    return bytes
  }
  if (fault.kind === 'stall') {
    state.struck += 1
    await new Promise<void>((resolve) => state.waiting.add(resolve))
    return pair.client.destroyed ? Buffer.alloc(0) : treat(state, pair, { bytes, direction })
  }
  if (direction === 'request') return bytes
  if (fault.kind === 'half-open') {
    state.struck += 1
    return Buffer.alloc(0)
  }
  return cut(state, pair, { bytes, afterBytes: fault.afterBytes })
}

function cut(state: State, pair: Pair, { bytes, afterBytes }: { bytes: Buffer; afterBytes: number }): Buffer {
  const room = Math.max(0, afterBytes - pair.answered)
  pair.answered += bytes.length
  if (bytes.length <= room) return bytes
  // What may still pass is written first; the reset must not overtake it.
  setImmediate(() => reset(state, pair))
  return bytes.subarray(0, room)
}

function reset(state: State, pair: Pair): void {
  state.struck += 1
  pair.client.resetAndDestroy()
  pair.target.resetAndDestroy()
  state.pairs.delete(pair)
}

function release(state: State): void {
  const waiting = [...state.waiting]
  state.waiting.clear()
  waiting.forEach((resume) => resume())
}
