import type { Backend } from './backend.ts'
import { createErrorLog, type QueueLog } from './error-log.ts'
import { QueueClosedError, QueueUnavailableError } from './errors.ts'
import { listenForHints, type Listener, type ListenOptions, type OnHint } from './hint-listener.ts'
import { createHintSender, type HintResult } from './hint-sender.ts'
import { createPostgresBackend } from './postgres-backend.ts'
import { createRedisBackend } from './redis-backend.ts'
import { within } from './within.ts'

export type QueueBackend = { kind: 'postgres'; url: string; poolSize?: number } | { kind: 'redis'; url: string }

/** Carries hints between processes. Nothing depends on it but speed: with the queue away, workers find their work in the ledger. */
export type Queue = {
  readonly kind: QueueBackend['kind']
  /** Never throws and answers within half a second, also while the queue is away. */
  hint(channel: string, ids: readonly string[]): Promise<HintResult>
  /** Resolves also while the queue is away; hints arrive once it is back. What `onHint` throws is logged. */
  listen(channel: string, onHint: OnHint, options?: ListenOptions): Promise<Listener>
  /** Hints of a channel that wait or are being handled. Rejects with SIKU_QUEUE_UNAVAILABLE. */
  depth(channel: string): Promise<number>
  /** Rejects with SIKU_QUEUE_UNAVAILABLE within half a second. */
  ping(): Promise<void>
  /** Waits for hints in hand. */
  close(): Promise<void>
}

const pingMs = 450
const closeMs = 3_000

export function createQueue({ backend: chosen, log }: { backend: QueueBackend; log: QueueLog }): Queue {
  const onError = createErrorLog(log, `queue on ${chosen.kind} is not available`)
  const onHintError = createErrorLog(log, 'a hint was not followed to its end; the ledger still holds the work')
  const backend: Backend = chosen.kind === 'redis' ? createRedisBackend(chosen, onError) : createPostgresBackend(chosen, onError)
  const senders = new Map<string, ReturnType<typeof createHintSender>>()
  const listeners = new Set<Listener>()
  let closing: Promise<void> | null = null

  const senderOf = (channel: string) => {
    const sender = senders.get(channel) ?? createHintSender(backend, channel, onError)
    senders.set(channel, sender)
    return sender
  }

  const closeAll = async () => {
    await Promise.all([...listeners].map((listener) => listener.close()))
    await Promise.all([...senders.values()].map((sender) => sender.close()))
    await within(closeMs, backend.close()).catch(onError)
  }

  return {
    kind: chosen.kind,
    hint: async (channel, ids) => (closing ? 'unavailable' : senderOf(channel).hint(ids)),
    async listen(channel, onHint, options = {}) {
      if (closing) throw new QueueClosedError()
      const listener = await listenForHints(backend, channel, { ...options, onHint, onError, onHintError })
      listeners.add(listener)
      return {
        async close() {
          listeners.delete(listener)
          await listener.close()
        }
      }
    },
    async depth(channel) {
      if (closing) throw new QueueClosedError()
      return senderOf(channel).depth()
    },
    async ping() {
      if (closing) throw new QueueClosedError()
      await within(pingMs, backend.ping()).catch((error: unknown) => {
        throw new QueueUnavailableError('being asked for a sign of life', error)
      })
    },
    close: () => (closing ??= closeAll())
  }
}
