import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { WorkSummary } from '@siku/db'

export type Metrics = ReturnType<typeof createMetrics>

const processRegistry = new Registry()
let collecting = false

/** Node's own figures belong to the process, which may hold several services; they are collected once. */
function processMetrics(): Registry {
  if (!collecting) collectDefaultMetrics({ register: processRegistry })
  collecting = true
  return processRegistry
}

/** One service's figures: request times by route, ledger ages, database connections. */
export function createMetrics() {
  const registry = new Registry()
  const requests = new Histogram({
    name: 'siku_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry]
  })
  const ledger = { labelNames: ['kind', 'library'] as const, registers: [registry] }
  const owed = new Gauge({ name: 'siku_work_open', help: 'Derived work not yet done, by kind and library', ...ledger })
  const parked = new Gauge({ name: 'siku_work_parked', help: 'Derived work set aside after failing, by kind and library', ...ledger })
  const oldest = new Gauge({ name: 'siku_work_oldest_seconds', help: 'Age of the oldest derived work not yet done', ...ledger })
  const connections = new Gauge({
    name: 'siku_database_connections',
    help: 'Database connections by state',
    labelNames: ['state'],
    registers: [registry]
  })

  const recordWork = (lines: readonly WorkSummary[]) => {
    for (const { kind, library, ...figures } of lines) {
      owed.set({ kind, library }, figures.open)
      parked.set({ kind, library }, figures.parked)
      oldest.set({ kind, library }, figures.oldestSeconds)
    }
  }
  const recordConnections = (gauges: Record<string, number>) => {
    for (const [state, count] of Object.entries(gauges)) connections.set({ state }, count)
  }
  return { registry, requests, recordWork, recordConnections, text: () => Registry.merge([processMetrics(), registry]).metrics() }
}

/** Times every answer and leaves one line for it; health and documents are too frequent to be worth a line. */
export function measureRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', (request, reply, done) => {
    const { url = 'none', access } = request.route
    const { method } = request
    const { statusCode: status, elapsedTime: ms } = reply
    metrics.requests.observe({ method, route: url, status }, ms / 1000)
    if (access !== 'public') {
      const { actor } = request.ctx
      request.log.info({ method, route: url, status, ms: Math.round(ms), actor: actor.id, actorKind: actor.kind }, 'answered')
    }
    done()
  })
}
