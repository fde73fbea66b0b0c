import fastify from 'fastify'
import t from 'tap'
import { composeDocuments } from '../src/documents/compose-documents.ts'
import type { ApiDocument } from '../src/documents/check-document.ts'
import { collectionOf, libraryNames } from '@siku/contracts'
import { openGateway } from './gateway-fixture.ts'

const documentWith = (path: string, operationId: string, schemas: Record<string, unknown> = {}): ApiDocument => ({
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: {
    [path]: { get: { operationId, responses: { 200: { description: 'ok' } } } },
    '/health/live': { get: { operationId: 'isLive', responses: { 200: { description: 'ok' } } } }
  },
  components: { schemas }
})
const own = documentWith('/v1/session', 'get_session', { Problem: { type: 'object' } })

t.test('one document of many', async (t) => {
  const part = (document: unknown, service = 'matching', prefixes = ['/v1/matches']) => ({ service, document, prefixes })

  await t.test('takes what is below the service’s own paths, and schemas once', async (t) => {
    const composed = composeDocuments(own, [
      part(documentWith('/v1/matches/{id}', 'get_match', { Problem: { type: 'object' }, Match: { type: 'object' } })),
      part(documentWith('/v1/results/', 'list_results'), 'project-results', ['/v1/results']),
      part(documentWith('/v1/resultset', 'sneak_in'), 'technology-reserve', ['/v1/result'])
    ])
    t.same(Object.keys(composed.paths), ['/health/live', '/v1/matches/{id}', '/v1/results/', '/v1/session'])
    t.same(Object.keys(composed.components?.schemas ?? {}), ['Match', 'Problem'])
    t.equal(own.components?.schemas?.Match, undefined, 'the gateway’s own document stays as it is')
  })

  await t.test('names the service that is wrong and the place', async (t) => {
    const refused = (document: unknown, expected: RegExp) =>
      t.throws(() => composeDocuments(own, [part(document)]), { code: 'SIKU_GATEWAY_DOCUMENT_BROKEN', message: expected })
    refused('text', /matching .* no JSON object at its root/)
    refused({ openapi: '2.0' }, /must be 3\.1\.x at \/openapi/)
    refused({ openapi: '3.1.0', info: { title: 'x' } }, /at \/paths/)
    refused(
      { openapi: '3.1.0', info: { title: 'x' }, paths: { '/v1/matches': { get: { responses: {} } } } },
      /is missing at \/paths\/~1v1~1matches\/get\/operationId/
    )
    refused(
      { openapi: '3.1.0', info: { title: 'x' }, paths: { '/v1/matches': { get: { operationId: 'a', responses: {} } } } },
      /at least one answer at \/paths\/~1v1~1matches\/get\/responses/
    )
    refused(
      { ...documentWith('/v1/matches', 'a', { A: { $ref: '#/components/schemas/B' } }) },
      /refers to nothing .* at \/components\/schemas\/A\/\$ref/
    )
    refused({ ...documentWith('/v1/matches', 'a', { A: { $ref: 'http://elsewhere.example/x' } }) }, /refers outside/)
    refused(documentWith('/v1/matches', 'get_session'), /named like one of gateway at \/paths\/~1v1~1matches\/get\/operationId/)
    refused(
      documentWith('/v1/matches', 'a', { Problem: { type: 'string' } }),
      /Problem differs from the one of gateway at \/components\/schemas\/Problem/
    )
  })
})

t.test('the gateway’s document and page', async (t) => {
  const services = new Map(
    await Promise.all(
      [...libraryNames.map((name) => [name, `/v1/${collectionOf[name]}`] as const), ['matching', '/v1/matches'] as const].map(
        async ([name, prefix]) => {
          const app = fastify()
          const state = { document: documentWith(prefix, `list_${name.replaceAll('-', '_')}`) as unknown, asked: 0 }
          app.get('/openapi.json', async () => (state.asked++, state.document))
          t.teardown(() => app.close())
          return [name, { state, url: await app.listen({ port: 0, host: '127.0.0.1' }) }] as const
        }
      )
    )
  )
  const upstreams = Object.fromEntries([...services].map(([name, { url }]) => [name, url]))
  const { app, clock } = await openGateway(t, { upstreams })

  await t.test('hold the whole API, every operation once', async (t) => {
    const composed = (await app.inject('/openapi.json')).json<ApiDocument>()
    for (const path of [
      '/v1/results',
      '/v1/technologies',
      '/v1/demands',
      '/v1/institutions',
      '/v1/matches',
      '/v1/search',
      '/v1/session',
      '/v1/keys/{id}/rotate'
    ])
      t.ok(composed.paths[path], path)
    t.ok(composed.components?.schemas?.Problem)
    t.equal(composed.openapi, '3.1.0')
    const operations = Object.values(composed.paths)
      .flatMap((item) => Object.values(item))
      .map((operation) => (operation as { operationId: string }).operationId)
    t.equal(new Set(operations).size, operations.length)
    await Promise.all(Array.from({ length: 5 }, () => app.inject('/openapi.json')))
    t.equal(services.get('matching')?.state.asked, 1, 'read once a minute')
  })

  await t.test('a service whose document is broken is named, and the next reading mends it', async (t) => {
    const matching = services.get('matching')
    if (!matching) throw new Error('the service is not there')
    const good = matching.state.document
    matching.state.document = { openapi: '3.1.0', info: { title: 'x' }, paths: { '/v1/matches': { get: {} } } }
    clock.advance({ minutes: 2 })
    t.match((await app.inject('/openapi.json')).json(), {
      status: 503,
      code: 'SIKU_GATEWAY_DOCUMENT_BROKEN',
      detail: /matching .* \/paths\/~1v1~1matches\/get\/operationId/
    })
    matching.state.document = good
    t.equal((await app.inject('/openapi.json')).statusCode, 200)
  })

  await t.test('/docs needs nothing from elsewhere', async (t) => {
    const page = await app.inject('/docs/')
    t.equal(page.statusCode, 200)
    t.notMatch(page.body, /(src|href)="(https?:)?\/\//)
    t.match(page.headers['content-security-policy'], /default-src 'none'; script-src 'self';/)
    for (const asset of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) {
      const url = new URL(asset[1] ?? '', 'http://x/docs/').pathname
      t.equal((await app.inject(url)).statusCode, 200, url)
    }
    t.same((await app.inject('/docs/json')).json(), (await app.inject('/openapi.json')).json())
    for (const name of ['x'.repeat(300), '%00', '%5Cx', 'a%2Fb']) {
      t.equal((await app.inject(`/docs/static/${name}`)).statusCode, 404, `a file called ${name.slice(0, 10)} is not there`)
    }
  })
})
