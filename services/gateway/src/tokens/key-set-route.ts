import type { ServicePlugin } from '@siku/service-kit'
import type { KeyRing } from './key-ring.ts'

/** The keys with which services check the gateway's tokens. */
export const keySetRoute =
  (keyRing: Pick<KeyRing, 'keySet'>): ServicePlugin =>
  async (app) => {
    app.get('/.well-known/jwks.json', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
      reply.header('cache-control', 'public, max-age=60').type('application/jwk-set+json').send(JSON.stringify(keyRing.keySet()))
    )
  }
