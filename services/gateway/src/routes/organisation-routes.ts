import { pageLimitDefault } from '@siku/contracts'
import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import { accountContextOf, type GatewayParts } from '../parts.ts'
import { applyOrganisation } from '../verbs/apply-organisation.ts'
import { getOrganisation, listOrganisations } from '../verbs/list-organisations.ts'
import { refuseOrganisation } from '../verbs/refuse-organisation.ts'
import { reinstateOrganisation, suspendOrganisation } from '../verbs/suspend-organisation.ts'
import { verifyOrganisation } from '../verbs/verify-organisation.ts'
import { toOrganisation } from './views.ts'
import { organisationOperations } from './organisation-operations.ts'

/** Organisations: they apply, intake decides, the commission can shut one out. */
export const organisationRoutes =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const toContext = accountContextOf(parts)
    const answer = async (request: FastifyRequest, id: string) => toOrganisation(await getOrganisation(toContext(request), { id }))

    app.post('/v1/organisations', organisationOperations.applyOrganisation, async (request, reply) => {
      const { id } = await applyOrganisation(toContext(request), request.body)
      return reply.code(202).send({ id, state: 'pending' as const })
    })

    app.get('/v1/organisations', organisationOperations.listOrganisations, async (request) => {
      const { state, cursor, limit = pageLimitDefault } = request.query
      const page = await listOrganisations(toContext(request), { state, after: cursor, limit })
      return { data: page.data.map(toOrganisation), next: page.next }
    })

    app.get('/v1/organisations/:id', organisationOperations.getOrganisation, async (request) => answer(request, request.params.id))

    app.post('/v1/organisations/:id/verify', organisationOperations.verifyOrganisation, async (request) => {
      const { id, value } = await verifyOrganisation(toContext(request), { id: request.params.id, applicant: request.body?.applicant })
      return { organisationId: id, link: value as NonNullable<typeof value> }
    })

    app.post('/v1/organisations/:id/refuse', organisationOperations.refuseOrganisation, async (request) =>
      answer(request, (await refuseOrganisation(toContext(request), { id: request.params.id, ...request.body })).id)
    )

    app.post('/v1/organisations/:id/suspend', organisationOperations.suspendOrganisation, async (request) =>
      answer(request, (await suspendOrganisation(toContext(request), { id: request.params.id, ...request.body })).id)
    )

    app.post('/v1/organisations/:id/reinstate', organisationOperations.reinstateOrganisation, async (request) =>
      answer(request, (await reinstateOrganisation(toContext(request), { id: request.params.id })).id)
    )
  }
