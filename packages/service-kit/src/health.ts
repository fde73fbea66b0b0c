import { serviceActor } from '@siku/contracts'
import { workSummary, type Database, type WorkSummary } from '@siku/db'
import type { FastifyPluginAsync } from 'fastify'
import { setTimeout as delay } from 'node:timers/promises'
import { Type } from 'typebox'
import type { RouteAccess } from './access.ts'
import type { Metrics } from './metrics.ts'

/** Something a service leans on. Without a required one it is not ready; without another it works on, degraded. */
export type Dependency = { name: string; check: () => Promise<unknown>; required: boolean }

export type HealthOptions = {
  dependencies?: readonly Dependency[]
  /** Who may read `/metrics`; the gateway, whose port is public, names an action here. */
  metricsAccess?: RouteAccess
  /** False where the ledger is not readable, for example in a process without a database role for it. */
  showWork?: boolean
}

const checkTimeoutMs = 1000
const actor = serviceActor('service:clock', 'health')

const DependencyState = Type.Object(
  { name: Type.String(), status: Type.Enum(['ok', 'failed']), ms: Type.Number(), required: Type.Boolean() },
  { additionalProperties: false }
)
const WorkLine = Type.Object(
  { kind: Type.String(), library: Type.String(), open: Type.Integer(), parked: Type.Integer(), oldestSeconds: Type.Number() },
  { additionalProperties: false }
)
const Readiness = Type.Object(
  { status: Type.Enum(['ready', 'degraded', 'unready']), dependencies: Type.Array(DependencyState), work: Type.Array(WorkLine) },
  { additionalProperties: false }
)
const Liveness = Type.Object({ status: Type.Literal('live') }, { additionalProperties: false })

/** `/health/live` touches nothing; `/health/ready` asks each dependency, at most a second each; `/metrics` is for Prometheus. */
export function healthRoutes(options: HealthOptions, db: Database, metrics: Metrics): FastifyPluginAsync {
  const database: Dependency = { name: 'database', check: () => db.ping(), required: true }
  const dependencies = [database, ...(options.dependencies ?? [])]
  const work = options.showWork === false ? async () => [] : () => readWork(db, metrics)

  return async (app) => {
    const schema = { tags: ['health'], response: { 200: Liveness } }
    app.get(
      '/health/live',
      { config: { access: 'public' }, schema: { ...schema, operationId: 'isLive', summary: 'The process answers' } },
      async () => ({ status: 'live' })
    )

    const ready = { 200: Readiness, 503: Readiness }
    app.get(
      '/health/ready',
      {
        config: { access: 'public' },
        schema: { ...schema, operationId: 'isReady', summary: 'Each dependency, and the age of work owed', response: ready }
      },
      async (_request, reply) => {
        const [states, lines] = await Promise.all([Promise.all(dependencies.map(probe)), within(work()).catch(() => [])])
        const failed = states.filter(({ status }) => status === 'failed')
        const status = failed.some(({ required }) => required) ? 'unready' : failed.length > 0 ? 'degraded' : 'ready'
        return reply.code(status === 'unready' ? 503 : 200).send({ status, dependencies: states, work: lines })
      }
    )

    app.get('/metrics', { config: { access: options.metricsAccess ?? 'public' }, schema: { hide: true } }, async (_request, reply) => {
      metrics.recordConnections(db.gauges())
      await within(work()).catch(() => undefined)
      return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await metrics.text())
    })
  }
}

async function readWork(db: Database, metrics: Metrics): Promise<WorkSummary[]> {
  const lines = await db.withRead(actor, workSummary)
  metrics.recordWork(lines)
  return lines
}

async function probe({ name, check, required }: Dependency) {
  const started = performance.now()
  const status = await within(check()).then(
    () => 'ok' as const,
    () => 'failed' as const
  )
  return { name, status, ms: Math.round(performance.now() - started), required }
}

async function within<T>(work: Promise<T>): Promise<T> {
  const timer = new AbortController()
  const late = delay(checkTimeoutMs, undefined, { signal: timer.signal }).then(() => {
    throw new Error(`no answer within ${checkTimeoutMs} ms`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    timer.abort()
    late.catch(() => undefined)
  }
}
