import type { Backend, Consumer, ConsumerOptions } from './backend.ts'
import { idsOf } from './hint.ts'
import { within } from './within.ts'

export type Listener = { close(): Promise<void> }
export type OnHint = (ids: string[]) => Promise<void>
export type ListenOptions = { concurrency?: number }

const pingMs = 450
const retryFirstMs = 250
const retryMostMs = 1_000

type Options = ListenOptions & { onHint: OnHint; onError: (error: unknown) => void; onHintError: (error: unknown) => void }

/**
 * Receives the hints of one channel. A consumer that reports an error is given up and replaced as soon as the queue answers: BullMQ's own
 * recovery differs by store and by kind of error, a fresh consumer works the same everywhere.
 */
export async function listenForHints(backend: Backend, channel: string, options: Options): Promise<Listener> {
  const { onHint, onError, onHintError, concurrency = 1 } = options
  const running = new Set<Promise<void>>()
  let consumer: Consumer | null = null
  let timer: NodeJS.Timeout | undefined
  let retryInMs = retryFirstMs
  let isClosed = false

  const handle = async (payload: unknown): Promise<void> => {
    const ids = idsOf(payload)
    if (ids.length === 0 || isClosed) return
    // A hint is spent whether or not its work succeeded; the ledger holds what is still due.
    const work = Promise.resolve(ids).then(onHint).catch(onHintError)
    running.add(work)
    await work.finally(() => running.delete(work))
  }

  const retryLater = () => {
    if (isClosed) return
    timer = setTimeout(() => void open(), retryInMs)
    retryInMs = Math.min(retryInMs * 2, retryMostMs)
  }

  const open = async (): Promise<void> => {
    try {
      await within(pingMs, backend.ping())
      if (isClosed) return
      consumer = await openConsumer(backend, channel, { concurrency, handle, onBroken: replace })
      if (isClosed) await consumer.close('abandon')
    } catch (error) {
      onError(error)
      retryLater()
    }
  }

  const replace = (broken: Consumer, error: unknown) => {
    if (isClosed || consumer !== broken) return
    onError(error)
    consumer = null
    retryInMs = retryFirstMs
    void broken.close('abandon')
    retryLater()
  }

  await open()
  return {
    async close() {
      isClosed = true
      clearTimeout(timer)
      await consumer?.pause().catch(onError)
      await Promise.all(running)
      await consumer?.close('finish')
      consumer = null
    }
  }
}

type Opening = Omit<ConsumerOptions, 'onBroken'> & { onBroken: (consumer: Consumer, error: unknown) => void }

/** A consumer that says which one it is when it breaks; one that breaks before it is open is given up. */
async function openConsumer(backend: Backend, channel: string, { onBroken, ...options }: Opening): Promise<Consumer> {
  const open: { consumer?: Consumer } = {}
  let early: { error: unknown } | undefined
  const consumer = await backend.openConsumer(channel, {
    ...options,
    onBroken: (error) => (open.consumer ? onBroken(open.consumer, error) : void (early ??= { error }))
  })
  if (early) {
    void consumer.close('abandon')
    throw early.error
  }
  open.consumer = consumer
  return consumer
}
