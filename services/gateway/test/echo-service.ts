import type { Teardown } from '@siku/testing'
import fastify, { type FastifyInstance } from 'fastify'

/** A service that says what reached it. */
export async function echoService(t: Teardown): Promise<{ app: FastifyInstance; url: string }> {
  const app = fastify({ forceCloseConnections: true })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 64 * 1024 * 1024 }, (_request, body, done) => done(null, body))
  app.all('/*', async (request, reply) => {
    void reply.header('set-cookie', 'siku=stolen').header('server', 'inside').header('etag', '"r1"')
    const { body } = request
    return {
      url: request.url,
      method: request.method,
      headers: request.headers,
      bytes: Buffer.isBuffer(body) ? body.length : 0,
      text: Buffer.isBuffer(body) && body.length < 100 ? body.toString() : null
    }
  })
  t.teardown(() => app.close())
  return { app, url: await app.listen({ port: 0, host: '127.0.0.1' }) }
}
