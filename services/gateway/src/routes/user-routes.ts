import type { ServicePlugin } from '@siku/service-kit'
import type { FastifyRequest } from 'fastify'
import { accountContextOf, type GatewayParts } from '../parts.ts'
import { changeRoles } from '../verbs/change-roles.ts'
import { disableUser } from '../verbs/disable-user.ts'
import { getUser } from '../verbs/get-user.ts'
import { handOver } from '../verbs/hand-over.ts'
import { inviteUser } from '../verbs/invite-user.ts'
import { listUsers } from '../verbs/list-users.ts'
import { makeResetLink } from '../verbs/make-reset-link.ts'
import { userOperations } from './user-operations.ts'

/** The people of an organisation: invited, given roles, helped with a link, handed over, disabled. */
export const userRoutes =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const toContext = accountContextOf(parts)
    const answer = (request: FastifyRequest, id: string) => getUser(toContext(request), { id })

    app.get('/v1/users', userOperations.listUsers, async (request) => listUsers(toContext(request), request.query))

    app.post('/v1/users/invitations', userOperations.inviteUser, async (request, reply) => {
      const { value } = await inviteUser(toContext(request), request.body)
      return reply.code(201).send(value as NonNullable<typeof value>)
    })

    app.get('/v1/users/:id', userOperations.getUser, async (request) => answer(request, request.params.id))

    app.post('/v1/users/:id/reset-link', userOperations.makeResetLink, async (request, reply) => {
      const { value } = await makeResetLink(toContext(request), { accountId: request.params.id, clearsTotp: request.body.clearsTotp })
      return reply.code(201).send(value as NonNullable<typeof value>)
    })

    app.post('/v1/users/:id/roles', userOperations.changeRoles, async (request) =>
      answer(request, (await changeRoles(toContext(request), { id: request.params.id, ...request.body })).id)
    )

    app.post('/v1/users/:id/disable', userOperations.disableUser, async (request) =>
      answer(request, (await disableUser(toContext(request), { id: request.params.id })).id)
    )

    app.post('/v1/users/:id/handover', userOperations.handOver, async (request) =>
      answer(request, (await handOver(toContext(request), { id: request.params.id, ...request.body })).id)
    )
  }
