import type { ServicePlugin } from '@siku/service-kit'
import { accountContextOf, type GatewayParts } from '../parts.ts'
import { createKey } from '../verbs/create-key.ts'
import { listKeys } from '../verbs/list-keys.ts'
import { revokeKey } from '../verbs/revoke-key.ts'
import { rotateKey } from '../verbs/rotate-key.ts'
import { keyOperations } from './key-operations.ts'

/** API keys of an organisation’s programs. */
export const keyRoutes =
  (parts: GatewayParts): ServicePlugin =>
  async (app) => {
    const toContext = accountContextOf(parts)

    app.get('/v1/keys', keyOperations.listKeys, async (request) => ({ data: await listKeys(toContext(request), request.query) }))

    app.post('/v1/keys', keyOperations.createKey, async (request, reply) => {
      const { value } = await createKey(toContext(request), request.body)
      return reply.code(201).send(value as NonNullable<typeof value>)
    })

    app.post('/v1/keys/:id/rotate', keyOperations.rotateKey, async (request, reply) => {
      const { value } = await rotateKey(toContext(request), { id: request.params.id, ...request.body })
      return reply.code(201).send(value as NonNullable<typeof value>)
    })

    app.delete('/v1/keys/:id', keyOperations.revokeKey, async (request, reply) => {
      await revokeKey(toContext(request), { id: request.params.id })
      return reply.code(204).send(null)
    })
  }
