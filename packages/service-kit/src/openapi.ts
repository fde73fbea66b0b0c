import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'

export type ServiceDocument = { name: string; title: string; description: string; version?: string }

/** OpenAPI 3.1 from the routes' own schemas, readable at `/openapi.json`. */
export async function documentService(app: FastifyInstance, { title, description, version = '1.0.0' }: ServiceDocument): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, description, version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'API key at the gateway; a short-lived token between services' }
        }
      }
    },
    // Without this, shared schemas would be called def-0, def-1, …
    refResolver: { buildLocalReference: (json, _baseUri, _fragment, index) => (typeof json.$id === 'string' ? json.$id : `Schema${index}`) }
  })
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async () => app.swagger())
}
