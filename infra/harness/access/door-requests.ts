import { randomUUID } from 'node:crypto'
import type { Sent } from '../support/send.ts'
import type { DoorTarget } from './door-targets.ts'
import type { Route } from './requests.ts'

type Request = { query?: string; body?: unknown; form?: string }
type Make = (target: DoorTarget | undefined) => Request

const nothing: Make = () => ({})
const body =
  (value: (target: DoorTarget | undefined) => unknown): Make =>
  (target) => ({ body: value(target) })
const form: Make = () => ({ form: 'token=x' })
const token = 'x'.repeat(43)
const ofOrganisation: Make = (target) => ({ query: target ? `?organisationId=${target.id}` : '' })

/** A complete request for each route of the public door. */
const requests: Record<string, Make> = {
  'POST /v1/session': body(() => ({ email: 'nobody@example.org', password: 'not the right one' })),
  'POST /v1/session/code': body(() => ({ code: '000000' })),
  'POST /v1/links/accept': body(() => ({ token, password: 'seven green boats leave at dawn' })),
  'POST /v1/links/reset': body(() => ({ token, password: 'seven green boats leave at dawn' })),
  'POST /v1/account/totp/confirm': body(() => ({ code: '000000' })),
  'POST /v1/account/password': body(() => ({ current: 'not the right one', password: 'eight green boats leave at dusk' })),
  'POST /v1/account/totp/disable': body(() => ({ password: 'not the right one', code: '000000' })),
  'POST /v1/organisations': body(() => ({
    type: 'enterprise',
    nameZh: '申请者',
    country: 'CN',
    district: 'haidian',
    creditCode: '91110108551385082Q',
    applicant: { email: `${randomUUID()}@example.org`, displayName: 'A person', language: 'zh' }
  })),
  'POST /v1/organisations/:id/verify': body(() => ({})),
  'POST /v1/organisations/:id/refuse': body(() => ({ reason: 'x' })),
  'POST /v1/organisations/:id/suspend': body(() => ({ reason: 'x' })),
  'GET /v1/users': ofOrganisation,
  'GET /v1/keys': ofOrganisation,
  'POST /v1/users/invitations': body((target) => ({
    email: `${randomUUID()}@example.org`,
    displayName: 'A person',
    language: 'en',
    roles: ['member'],
    ...(target && { organisationId: target.id })
  })),
  'POST /v1/users/:id/reset-link': body(() => ({ clearsTotp: false })),
  'POST /v1/users/:id/roles': body(() => ({ roles: ['member'] })),
  'POST /v1/users/:id/handover': body((target) => ({ successorId: target?.successorId ?? randomUUID() })),
  'POST /v1/keys': body(() => ({ client: randomUUID(), scopes: ['matching:read'], validDays: 30 })),
  'POST /v1/keys/:id/rotate': body(() => ({ validDays: 30 })),
  'GET /v1/search': () => ({ query: '?q=x' }),
  'GET /link': () => ({ query: `?token=${token}` }),
  ...Object.fromEntries(['/sign-in', '/sign-out', '/sign-in/code', '/sign-in/enrol', '/link'].map((path) => [`POST ${path}`, form])),
  ...Object.fromEntries(
    [
      'DELETE /v1/session',
      'DELETE /v1/sessions/:id',
      'POST /v1/account/totp',
      'POST /v1/organisations/:id/reinstate',
      'POST /v1/users/:id/disable',
      'DELETE /v1/keys/:id'
    ].map((route) => [route, nothing])
  )
}

/** What a caller sends to a route of the gateway about an object; a change that nobody knows how to make is an error. */
export function doorRequest({ method, url }: Route, target: DoorTarget | undefined): Sent {
  const asked = method === 'HEAD' ? 'GET' : method
  const isPassedOn = /^\/v1\/(technologies|demands|results|institutions|matches|duplicates|dossiers|gaps|thesaurus|pipeline)/.test(url)
  const make = requests[`${asked} ${url}`] ?? (asked === 'GET' || isPassedOn ? nothing : undefined)
  if (make === undefined)
    throw new Error(`nobody has said how to call ${method} ${url}; add a request to infra/harness/access/door-requests.ts`)
  const { query = '', body: sent, form: fields } = make(target)
  const path = url
    .replace(':id', target?.id ?? 'none')
    .replace(':name', 'country')
    .replace('*', 'x')
  return {
    method,
    url: path + query,
    ...(sent !== undefined && { body: sent }),
    ...(fields !== undefined && { body: fields, headers: { 'content-type': 'application/x-www-form-urlencoded' } })
  }
}
