import { requireIfMatch, setEtag, type RouteAccess, type Service } from '@siku/service-kit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readerOf } from '../review/reader.ts'
import { decideDuplicate, type DuplicateDecision } from './decide-duplicate.ts'
import { duplicateSchemas } from './duplicate-schemas.ts'
import { getDuplicate, listDuplicates } from './read-duplicates.ts'

const read: { access: RouteAccess } = { access: { action: 'duplicate.read', scope: 'matching:read' } }
const write: { access: RouteAccess } = { access: { action: 'duplicate.decide', scope: 'matching:write' } }

/** For staff: what was posted twice, in two languages perhaps, and what they say to it. */
export function duplicateRoutes(app: Service): void {
  const decide = async (request: FastifyRequest<{ Params: { id: string } }>, reply: FastifyReply, to: DuplicateDecision) => {
    const { id } = request.params
    const { status } = await decideDuplicate(request.ctx, id, { to, revision: requireIfMatch(request) })
    const duplicate = await request.ctx.db.withRead(request.ctx.actor, (tx) => getDuplicate(tx, readerOf(request).language, id))
    return setEtag(reply.code(status), duplicate.revision).send(duplicate)
  }

  app.get('', { config: read, schema: duplicateSchemas.list }, ({ ctx, headers, query }) =>
    listDuplicates(ctx, readerOf({ ctx, headers }, query.lang).language, query)
  )
  app.post('/:id/confirm', { config: write, schema: duplicateSchemas.confirm }, (request, reply) => decide(request, reply, 'confirmed'))
  app.post('/:id/dismiss', { config: write, schema: duplicateSchemas.dismiss }, (request, reply) => decide(request, reply, 'dismissed'))
}
