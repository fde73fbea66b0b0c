import { createQueue, type Queue } from '@siku/queue'
import type { Logger } from './context.ts'

export type QueueSettings = { REDIS_URL?: string | undefined; SIKU_QUEUE_DATABASE_URL?: string | undefined }

/** The queue a process was given: Redis, or else PostgreSQL; without either its workers find their work by looking. */
export function openQueue({ REDIS_URL: redis, SIKU_QUEUE_DATABASE_URL: postgres }: QueueSettings, log: Logger): Queue | undefined {
  if (redis !== undefined) return createQueue({ backend: { kind: 'redis', url: redis }, log })
  if (postgres !== undefined) return createQueue({ backend: { kind: 'postgres', url: postgres }, log })
  return undefined
}
