// Gives `app.swagger` its type; the chassis registers it.
// oxlint-disable-next-line import/no-unassigned-import
import '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { NotFound, type ServicePlugin } from '@siku/service-kit'
import fp from 'fastify-plugin'
import type { ApiDocument } from './check-document.ts'
import { createDocumentSource, type DocumentSourceOptions } from './document-source.ts'

export const docsPrefix = '/docs'

/** Everything the page needs comes from here; it works without the net. Its components set style attributes. */
const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

/** A signed-in person's changes carry the CSRF value, so that they can be tried from the page. */
const sendCsrf = `(() => {
  const send = window.fetch
  window.fetch = (input, options) => {
    const found = /(?:^|; )(?:__Host-)?siku-csrf=([^;]+)/.exec(document.cookie)
    const request = new Request(input, options)
    if (found && new URL(request.url).origin === location.origin) request.headers.set('x-siku-csrf', found[1])
    return send(request)
  }
})()`

/** How the files of the page are called; asking a file system for other names is an error of its own. */
const fileName = /^[\w.-]{1,255}$/

/** What the page reads beside the document's own address. */
const documentPaths = new Set(['/openapi.json', `${docsPrefix}/json`, `${docsPrefix}/yaml`])

/** `/openapi.json` of the whole API, and `/docs` to read and try it. */
export const documentRoutes = (options: Omit<DocumentSourceOptions, 'own'>): ServicePlugin =>
  fp(async (app) => {
    const source = createDocumentSource({ ...options, own: () => app.swagger() as unknown as ApiDocument })

    // The chassis would answer with this service's own document; the public one is that of all services.
    app.addHook('preHandler', (request, reply, done) => {
      if (!documentPaths.has(request.routeOptions.url ?? '')) return done()
      const answer = (document: ApiDocument) =>
        reply.header('cache-control', 'public, max-age=60').type('application/json').send(JSON.stringify(document))
      source().then(answer, done)
    })
    app.addHook('onRequest', (request, _reply, done) => {
      const { '*': file = '' } = request.params as { '*'?: string }
      const isAsked = request.routeOptions.url === `${docsPrefix}/static/*`
      done(isAsked && !file.split('/').every((name) => fileName.test(name)) ? NotFound() : undefined)
    })
    await app.register(swaggerUi, {
      routePrefix: docsPrefix,
      staticCSP: pagePolicy,
      uiConfig: { deepLinking: true, tryItOutEnabled: true },
      theme: { title: 'Siku API', js: [{ filename: 'send-csrf.js', content: sendCsrf }] }
    })
  }) as ServicePlugin
