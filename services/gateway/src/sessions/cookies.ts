import type { FastifyReply, FastifyRequest } from 'fastify'

/** What the browser keeps: the session, its CSRF value (readable by our own scripts), and the token forms are bound to. */
export type CookieKind = 'session' | 'csrf' | 'form' | 'oidc'

const stems: Record<CookieKind, string> = { session: 'siku', csrf: 'siku-csrf', form: 'siku-form', oidc: 'siku-oidc' }
const valueLengthMax = 4096

export type Cookies = {
  read: (request: FastifyRequest, kind: CookieKind) => string | undefined
  write: (reply: FastifyReply, kind: CookieKind, value: string) => void
  clear: (reply: FastifyReply, kind: CookieKind) => void
}

/**
 * Over HTTPS names begin with `__Host-`: no other host and no plain connection can set them. Plain HTTP is for a developer's own machine,
 * where that prefix is not to be had.
 */
export function createCookies({ secure }: { secure: boolean }): Cookies {
  const nameOf = (kind: CookieKind) => (secure ? `__Host-${stems[kind]}` : stems[kind])
  const optionsOf = (kind: CookieKind) => ({ path: '/', secure, httpOnly: kind !== 'csrf', sameSite: 'lax' as const })
  return {
    read: ({ server, headers }, kind) => {
      const value = headers.cookie === undefined ? undefined : server.parseCookie(headers.cookie)[nameOf(kind)]
      return value === undefined || value === '' || value.length > valueLengthMax ? undefined : value
    },
    write: (reply, kind, value) => void reply.setCookie(nameOf(kind), value, optionsOf(kind)),
    clear: (reply, kind) => void reply.clearCookie(nameOf(kind), optionsOf(kind))
  }
}
