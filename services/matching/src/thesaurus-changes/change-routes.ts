import { refTo, requireIfMatch, setEtag, type RouteAccess, type Service } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Reading } from '../concepts/concept-routes.ts'
import { getChange, listChanges } from './change-rows.ts'
import { changeRouteSchemas as schemas } from './change-schemas.ts'
import { proposeChange, publishEdition, reviewChange, type Review } from './change-steps.ts'
import { readEdition } from './read-edition.ts'
import { suggestTerms } from './suggest-terms.ts'
import { suggestionSchema, Suggestions, suggestionsDefault } from './suggestion-schemas.ts'

const access = (action: string, scope: 'matching:read' | 'matching:write'): { access: RouteAccess } => ({ access: { action, scope } })

/** The thesaurus changed at run time: proposed by one, reviewed by another, published as an edition. */
export function changeRoutes(app: Service, { shipped, reading }: { shipped: Thesaurus; reading: Reading }): void {
  const send = async ({ ctx }: FastifyRequest, reply: FastifyReply, id: string) => {
    const change = await ctx.db.withRead(ctx.actor, (tx) => getChange(tx, id))
    return setEtag(reply, change.revision).send(change)
  }
  const review = async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply, given: Review) => {
    const { id } = request.params
    const { status } = await reviewChange(request.ctx, { id, revision: requireIfMatch(request), review: given, shipped })
    return send(request, reply.code(status), id)
  }

  app.get('/edition', { config: access('vocabulary.read', 'matching:read'), schema: schemas.edition }, ({ ctx }) =>
    readEdition(ctx, shipped)
  )
  app.post('/editions', { config: access('thesaurus.publish', 'matching:write'), schema: schemas.publish }, async ({ ctx }, reply) => {
    const { status } = await publishEdition(ctx, shipped)
    return reply.code(status as 200 | 201).send(await readEdition(ctx, shipped))
  })

  app.get(
    '/suggestions',
    { config: access('thesaurus.read', 'matching:read'), schema: { ...suggestionSchema, response: { 200: refTo(Suggestions) } } },
    ({ ctx, query: { lang, limit = suggestionsDefault } }) =>
      suggestTerms(ctx, { language: lang, limit, edition: reading.thesaurus.edition })
  )

  app.get('/changes', { config: access('thesaurus.read', 'matching:read'), schema: schemas.list }, ({ ctx, query }) =>
    listChanges(ctx, query)
  )
  app.post('/changes', { config: access('thesaurus.propose', 'matching:write'), schema: schemas.propose }, async (request, reply) => {
    const { status, id } = await proposeChange(request.ctx, request.body, shipped)
    return send(request, reply.code(status as 201), id)
  })
  app.get('/changes/:id', { config: access('thesaurus.read', 'matching:read'), schema: schemas.read }, (request, reply) =>
    send(request, reply, request.params.id)
  )
  const reviewing = access('thesaurus.review', 'matching:write')
  app.post('/changes/:id/approve', { config: reviewing, schema: schemas.approve }, (request, reply) =>
    review(request, reply, { to: 'approved' })
  )
  app.post('/changes/:id/reject', { config: reviewing, schema: schemas.reject }, (request, reply) =>
    review(request, reply, { to: 'rejected', ...request.body })
  )
}
