import type { Service } from '@siku/service-kit'
import { routesOf } from '../access/run-matrix.ts'
import { doorTargets } from '../access/door-targets.ts'
import type { Door } from '../support/open-door.ts'
import { documentOf, operationsOf, type Operation } from '../support/openapi.ts'
import { organisations } from '../support/people.ts'
import type { DoorCallers } from './door-callers.ts'
import type { Page } from './fuzz-pages.ts'

const linksMade = 40
const password = 'eight green boats leave at dusk'
/** These put together what the services say of themselves; none runs behind this door. */
const composed = ['/openapi.json', '/docs/json', '/docs/yaml']
type Known = Pick<Page, 'good'> & Partial<Pick<Page, 'headersOf' | 'leadsTo'>>

/** Every route of the gateway that no document describes: the pages, the key set, the metrics and the files of the documentation. */
export async function doorPages(door: Door, callers: DoorCallers, issuer: string): Promise<Page[]> {
  const documented = new Set(
    operationsOf(documentOf(door.app)).map(({ method, path }) => `${method} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`)
  )
  const known = await knownPages(door, callers, issuer)
  return routesOf(door.app).flatMap(({ method, url }): Page[] => {
    const asked = method === 'HEAD' ? 'GET' : method
    if (documented.has(`${asked} ${url}`) || url.startsWith('/v1/') || composed.includes(url)) return []
    const headersOf = async () => {
      await callers.makeReady(url)
      return callers.openSession(url === '/metrics' ? 'reviewer' : 'member')
    }
    const page = { headersOf, good: [], ...known[`${asked} ${url}`], ...known[url], method: method as Page['method'], url }
    return [asked === 'GET' ? { ...page, headersOf: onlyOnce(page.headersOf) } : page]
  })
}

/** Whoever only looks needs no session of their own for each look. */
function onlyOnce<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined
  return () => (made ??= make())
}

/** Every route behind which another service answers, as an operation that takes any bytes and may answer as it likes. */
export function passedOnAt(app: Service): Operation[] {
  const documented = operationsOf(documentOf(app)).map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ':$1'))
  const statuses = [200, 400, 401, 403, 404, 413, 415]
  return routesOf(app)
    .filter(({ url }) => url.startsWith('/v1/') && !documented.includes(url))
    .map(({ method, url }) => ({
      method,
      path: url.replace('*', '{rest}'),
      operationId: `${method} ${url}`,
      parameters: [],
      statuses,
      body: { type: 'application/octet-stream', schema: {} }
    }))
}

/** What gets far on each page, and as whom. */
async function knownPages(door: Door, callers: DoorCallers, issuer: string): Promise<Record<string, Known>> {
  const { code } = callers
  const { id: accountId } = await doorTargets(door).user(organisations.a.id, 'active')
  const organisationId = organisations.a.id
  const tokens = [
    ...(await callers.makeLinks(linksMade, { organisationId })),
    ...(await callers.makeLinks(linksMade, { organisationId, accountId }))
  ]
  const half = (url: string, name: 'code needed' | 'enrolment needed', stage: 'totp' | 'enrolment') => async () => {
    await callers.makeReady(url)
    return callers.openSession(name, stage)
  }
  const flow = await door.app.inject({ method: 'GET', url: '/sign-in/oidc' })
  const state = new URL(String(flow.headers.location)).searchParams.get('state') ?? ''
  const visitor = async () => {
    await callers.makeReady('/sign-in')
    return {}
  }
  return {
    '/sign-in': {
      good: [
        { email: door.addressOf('member'), password: door.password },
        { email: door.addressOf('code needed'), password: door.password }
      ],
      headersOf: visitor
    },
    '/sign-in/code': { good: [{ code }], headersOf: half('/sign-in/code', 'code needed', 'totp') },
    '/sign-in/enrol': { good: [{ code }], headersOf: half('/sign-in/enrol', 'enrolment needed', 'enrolment') },
    'GET /link': { good: tokens.map((token) => ({ token })) },
    'POST /link': { good: tokens.map((token) => ({ token, name: 'A person', password, again: password })) },
    '/sign-in/oidc': { good: [{ lang: 'fr' }], leadsTo: new URL(issuer).origin },
    '/sign-in/oidc/callback': {
      good: [
        { code: 'x', state, iss: issuer },
        { error: 'access_denied', state }
      ],
      headersOf: async () => ({ cookie: flow.cookies.map(({ name, value }) => `${name}=${value}`).join('; ') })
    }
  }
}
