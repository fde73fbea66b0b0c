import helmet, { type FastifyHelmetOptions } from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'

/** JSON needs nothing from a browser; pages of the gateway bring their own policy. */
const answersOnly = { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } }

/** What a server of its own adds to any answer; the rest is helmet's. */
const transportHeaders = new Set(['content-length', 'content-type', 'connection', 'date', 'keep-alive', 'transfer-encoding'])

/**
 * Every answer carries helmet's headers and its request id, and what is not public is kept by no cache. They are set before anything else
 * happens, so a route that knows better says so. Helmet would work its headers out anew for each request; they never differ.
 */
export async function describeAnswers(app: FastifyInstance, options: FastifyHelmetOptions = {}): Promise<void> {
  const headers = await helmetHeaders(options)
  app.addHook('onRequest', (request, reply, done) => {
    for (const [name, value] of headers) reply.header(name, value)
    reply.header('x-request-id', request.id)
    if (request.route.access !== 'public') reply.header('cache-control', 'no-store')
    done()
  })
}

async function helmetHeaders(options: FastifyHelmetOptions): Promise<[name: string, value: string][]> {
  const sample = fastify()
  await sample.register(helmet, { contentSecurityPolicy: answersOnly, ...options })
  sample.get('/', async () => '')
  const { headers } = await sample.inject('/')
  await sample.close()
  return Object.entries(headers).flatMap(([name, value]) => (transportHeaders.has(name) ? [] : [[name, String(value)]]))
}
