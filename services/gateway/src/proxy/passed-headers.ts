import type { IncomingHttpHeaders } from 'node:http'

/** Counts passes through a gateway; a second one is a loop. */
export const hopHeader = 'x-siku-hops'

/**
 * What of a request a service gets to see. A list of what passes and not of what is held back: identity, cookies and forwarding headers
 * that a caller makes up go nowhere.
 */
const passedOn = [
  'accept',
  'accept-language',
  'content-type',
  'content-length',
  'if-match',
  'if-none-match',
  'idempotency-key',
  'prefer',
  'range',
  'user-agent'
]

/** What of an answer stays inside: hop-by-hop headers, and what only the gateway may say to a browser. */
const heldBack = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'set-cookie',
  'server',
  'date',
  'x-powered-by',
  'access-control-allow-origin',
  'strict-transport-security',
  'content-security-policy',
  'ratelimit',
  'ratelimit-policy'
])

export function toServiceHeaders(headers: IncomingHttpHeaders, { host, token }: { host: string; token: string }): IncomingHttpHeaders {
  const passed = Object.fromEntries(passedOn.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))
  return { ...passed, host, authorization: `Bearer ${token}`, [hopHeader]: '1' }
}

export const toCallerHeaders = (headers: IncomingHttpHeaders): IncomingHttpHeaders =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !heldBack.has(name)))
