import type { FastifyRequest } from 'fastify'
import { OriginRefused } from '../errors.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

export const isUnsafe = ({ method }: Pick<FastifyRequest, 'method'>): boolean => !safeMethods.has(method)
export const isLoopback = (url: URL): boolean => loopback.has(url.hostname)

/**
 * Refuses changes that a browser sends on behalf of another site. Browsers say where a request comes from in Sec-Fetch-Site or Origin;
 * programs say neither and are held to the CSRF value or their key.
 */
export function assertSameOrigin(request: Pick<FastifyRequest, 'headers'>, publicUrl: URL): void {
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return
  if (site !== undefined) throw OriginRefused()
  const { origin } = request.headers
  if (origin !== undefined && !isOwnOrigin(origin, publicUrl)) throw OriginRefused()
}

/** On a developer's machine the same port goes by several names. */
function isOwnOrigin(origin: string, publicUrl: URL): boolean {
  if (origin === publicUrl.origin) return true
  if (!isLoopback(publicUrl) || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return isLoopback(url) && url.port === publicUrl.port && url.protocol === publicUrl.protocol
}
