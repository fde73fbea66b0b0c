import type { Backend, Producer } from './backend.ts'
import { QueueUnavailableError } from './errors.ts'
import { hintsFor } from './hint.ts'
import { within } from './within.ts'

export type HintResult = 'sent' | 'unavailable'

const answerMs = 450
const addMs = 400
const retryAfterMs = 500

/**
 * Sends the hints of one channel. While one is under way, later ones gather and leave together, each id once. After a failure it says
 * `unavailable` at once for a while, so that an absent queue does not slow its callers down.
 */
export function createHintSender(backend: Backend, channel: string, onError: (error: unknown) => void) {
  const producer = createProducerSlot(backend, channel, onError)
  let gathered = new Set<string>()
  let next: Promise<HintResult> | null = null
  let underWay: Promise<unknown> = Promise.resolve()

  const flush = async (): Promise<HintResult> => {
    const hints = hintsFor(channel, [...gathered])
    gathered = new Set()
    next = null
    return producer
      .use(addMs, (it) => it.add(hints))
      .then(
        () => 'sent',
        () => 'unavailable'
      )
  }

  return {
    async hint(ids: readonly string[]): Promise<HintResult> {
      if (ids.length === 0) return 'sent'
      if (producer.isResting()) return 'unavailable'
      for (const id of ids) gathered.add(id)
      if (next === null) underWay = next = underWay.then(flush)
      return within(answerMs, next).catch(() => 'unavailable' as const)
    },
    depth: (): Promise<number> => producer.use(answerMs, (it) => it.depth()),
    async close(): Promise<void> {
      await underWay
      await producer.drop()
    }
  }
}

/**
 * One producer, opened when it is needed. After a failure it rests, and the next try is with a new one: BullMQ remembers a first connection
 * that failed for ever.
 */
function createProducerSlot(backend: Backend, channel: string, onError: (error: unknown) => void) {
  let opened: Promise<Producer> | null = null
  let restsUntil = 0
  const isResting = () => performance.now() < restsUntil

  const drop = async () => {
    const closing = opened
    opened = null
    await closing?.then((it) => it.close()).catch(onError)
  }

  return {
    isResting,
    drop,
    async use<T>(ms: number, work: (producer: Producer) => Promise<T>): Promise<T> {
      if (isResting()) throw new QueueUnavailableError(`being asked about ${channel} again so soon`)
      try {
        await backend.load()
        opened ??= backend.openProducer(channel)
        return await within(ms, opened.then(work))
      } catch (error) {
        onError(error)
        restsUntil = performance.now() + retryAfterMs
        void drop()
        throw new QueueUnavailableError(`being asked about ${channel}`, error)
      }
    }
  }
}
