import postgres, { type Sql } from 'postgres'
import { PoolExhaustedError } from './errors.ts'
import { openLease, type Lease } from './lease.ts'
import { createPipeline, type Pipeline } from './pipeline.ts'

export type PoolOptions = {
  url: string
  size: number
  applicationName: string
  statementTimeoutMs: number
  /** Longest wait for a free connection. */
  waitMs: number
  /** Age at which a connection is replaced; never by default, and never under a transaction of ours. */
  lifetimeSeconds?: number
}

type Slot = { client: Sql; pipeline: Pipeline; lease: Lease | undefined }

/**
 * N standing connections of one each. `max_lifetime` is off because the default closes a connection inside an open BEGIN.
 * A client whose connection broke is replaced between leases, never while one is held.
 */
export function createPool(options: PoolOptions) {
  const slots: Slot[] = []
  const free: Slot[] = []
  const waiting: { resolve: (slot: Slot) => void; reject: (error: Error) => void }[] = []
  let closed = false

  for (let index = 0; index < options.size; index++) slots.push(openSlot(options))
  free.push(...slots)

  const lease = async (): Promise<Lease> => {
    if (closed) throw new Error('The database pool is closed')
    const slot = free.pop() ?? (await wait())
    return (slot.lease = openLease(slot.client, slot.pipeline))
  }

  const wait = () =>
    new Promise<Slot>((resolve, reject) => {
      const entry = { resolve, reject }
      waiting.push(entry)
      const timer = setTimeout(() => {
        const index = waiting.indexOf(entry)
        if (index >= 0) waiting.splice(index, 1)
        reject(new PoolExhaustedError(options.waitMs))
      }, options.waitMs)
      entry.resolve = (slot) => (clearTimeout(timer), resolve(slot))
    })

  const release = (held: Lease) => {
    const index = slots.findIndex((slot) => slot.lease === held)
    const slot = slots[index]
    if (!slot) return
    held.ended = true
    slot.lease = undefined
    const next = held.broken ? recycle(index, slot) : slot
    const taker = waiting.shift()
    if (taker) taker.resolve(next)
    else free.push(next)
  }

  const recycle = (index: number, slot: Slot): Slot => {
    void slot.client.end({ timeout: 0 }).catch(() => undefined)
    const fresh = closed ? slot : openSlot(options)
    slots[index] = fresh
    return fresh
  }

  const close = async () => {
    closed = true
    for (const entry of waiting.splice(0)) entry.reject(new Error('The database pool is closed'))
    await Promise.all(slots.map((slot) => slot.client.end({ timeout: 5 }).catch(() => undefined)))
  }

  return { lease, release, close, gauges: () => ({ size: slots.length, free: free.length, waiting: waiting.length }) }
}

export type Pool = ReturnType<typeof createPool>

/** One standing connection; nothing is sent until its first lease. */
function openSlot(options: PoolOptions): Slot {
  const slot: Slot = { client: undefined as unknown as Sql, pipeline: createPipeline(), lease: undefined }
  slot.client = postgres(options.url, {
    max: 1,
    max_lifetime: options.lifetimeSeconds ?? null,
    idle_timeout: 0,
    connect_timeout: 5,
    // Its query at connect has no catch: a backend that dies under it would end the process.
    fetch_types: false,
    onnotice: () => undefined,
    onclose: () => {
      slot.pipeline.forget()
      slot.lease?.loose()
    },
    connection: { application_name: options.applicationName, statement_timeout: options.statementTimeoutMs, lock_timeout: 5000 },
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } }
  })
  return slot
}
