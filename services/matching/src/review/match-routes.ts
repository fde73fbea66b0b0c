import { requireIfMatch, setEtag, type RouteAccess, type Service } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reading } from '../concepts/concept-routes.ts'
import { logShown } from '../learning/log-shown.ts'
import { countMatches } from './count-matches.ts'
import { decideMatch, type Decision } from './decide-match.ts'
import { getMatch } from './get-match.ts'
import { listDemands } from './list-demands.ts'
import { listMatches } from './list-matches.ts'
import { matchSchemas } from './match-schemas.ts'
import type { PriorityRules } from './priority-rules.ts'
import { readerOf, type Reader } from './reader.ts'

const read = (action: string): { access: RouteAccess } => ({ access: { action, scope: 'matching:read' } })
const write = (action: string): { access: RouteAccess } => ({ access: { action, scope: 'matching:write' } })

type MatchRouteParts = { reading: Reading; priorities?: PriorityRules | undefined }

/** Journey stage 7 over HTTP: what was proposed, why, and what a person does with it. */
export function matchRoutes(app: Service, { reading, priorities }: MatchRouteParts): void {
  const { list, demands, count, read: one } = matchSchemas
  const send = async (request: FastifyRequest, reply: FastifyReply, { id, reader }: { id: string; reader: Reader }) => {
    const match = await getMatch(request.ctx, reader, { id, thesaurus: reading.thesaurus })
    return setEtag(reply, match.revision).send(match)
  }
  const decide = async (request: FastifyRequest, reply: FastifyReply, decision: Decision) => {
    const { id } = request.params as { id: string }
    const { status } = await decideMatch(request.ctx, id, { decision, revision: requireIfMatch(request) })
    return send(request, reply.code(status), { id, reader: readerOf(request) })
  }

  app.get('', { config: read('match.list'), schema: list }, ({ ctx, query, headers }) =>
    listMatches(ctx, readerOf({ ctx, headers }, query.lang), { query, priorities })
  )
  app.get('/demands', { config: read('match.list'), schema: demands }, async ({ ctx, query, headers }) => {
    const reader = readerOf({ ctx, headers }, query.lang)
    const page = await listDemands(ctx, reader, { query, priorities })
    // A list that cannot be noted is shown all the same.
    await logShown(ctx, reader, page.data).catch((err: unknown) => ctx.log.warn({ event: 'shown.not-logged', err }, 'a list was not noted'))
    return page
  })
  app.get('/count', { config: read('match.count'), schema: count }, ({ ctx, query }) => countMatches(ctx, query.demand))
  app.get('/:id', { config: read('match.read'), schema: one }, (request, reply) =>
    send(request, reply, { id: request.params.id, reader: readerOf(request, request.query.lang) })
  )

  const { take, approve, reject, defer } = matchSchemas
  app.post('/:id/take', { config: write('match.take'), schema: take }, (request, reply) => decide(request, reply, { event: 'take' }))
  app.post('/:id/approve', { config: write('match.decide'), schema: approve }, (request, reply) =>
    decide(request, reply, { event: 'approve', ...request.body })
  )
  app.post('/:id/reject', { config: write('match.decide'), schema: reject }, (request, reply) =>
    decide(request, reply, { event: 'reject', ...request.body })
  )
  app.post('/:id/defer', { config: write('match.decide'), schema: defer }, (request, reply) =>
    decide(request, reply, { event: 'defer', ...request.body })
  )
}
