import type { FastifyReply, FastifyRequest } from 'fastify'
import { newToken, sameText } from '../accounts/secrets.ts'
import type { GatewayParts } from '../parts.ts'
import { findFault } from './find-fault.ts'
import type { Html } from './html.ts'
import { layout } from './layout.ts'
import { say, type MessageKey } from './messages.ts'
import { keepLanguage, pageLanguage as languageOf } from './page-language.ts'

/** What a form brought; a field that is missing, doubled or not plain text reads as empty. */
export type Filled = (name: string) => string

export const pagePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'"
].join('; ')

export type PageBody = {
  title: MessageKey
  body: Html
  status?: number | undefined
  /** Where the page is shown again in another language; its own address unless told. */
  path?: string
}

export type PageKit = ReturnType<typeof pageKit>

/** What the pages share: the reader's language, the token their forms are bound to, and how a fault is said. */
export function pageKit({ cookies, secrets }: GatewayParts) {
  const show = (request: FastifyRequest, reply: FastifyReply, { title, body, status = 200, path = ownPath(request) }: PageBody) =>
    reply
      .code(status)
      .type('text/html; charset=utf-8')
      .header('content-security-policy', pagePolicy)
      .send(layout({ language: languageOf(request), title, body, path }))

  /** The value a form must bring back; the browser keeps its other half in a cookie. */
  const formValue = (request: FastifyRequest, reply: FastifyReply): string => {
    const known = cookies.read(request, 'form')
    const token = known !== undefined && /^[A-Za-z0-9_-]{43}$/.test(known) ? known : newToken()
    if (token !== known) cookies.write(reply, 'form', token)
    return secrets.csrfOf(token)
  }

  /** What every form needs to know of the request it is shown for. */
  const formParts = (request: FastifyRequest, reply: FastifyReply, action: string) => ({
    language: languageOf(request),
    action: keepLanguage(request, action),
    csrf: formValue(request, reply)
  })

  /** What was filled in, or undefined where the form is not one of ours. */
  const readForm = (request: FastifyRequest): Filled | undefined => {
    const body = (request.body ?? {}) as Record<string, unknown>
    const filled: Filled = (name) => {
      const value = body[name]
      return typeof value === 'string' && value.length <= 2_000 && !value.includes('\0') && value.isWellFormed() ? value : ''
    }
    const token = cookies.read(request, 'form')
    return token !== undefined && sameText(filled('csrf'), secrets.csrfOf(token)) ? filled : undefined
  }

  return { languageOf, keepLanguage, show, formParts, readForm, faultOf }
}

const ownPath = ({ method, url, routeOptions }: FastifyRequest): string => (method === 'GET' ? url : (routeOptions.url ?? '/'))

/** A fault as a sentence of the reader's language, with the status it is answered with. */
function faultOf(request: FastifyRequest, error: unknown): { status: number; sentence: string } {
  const { status, key, values } = findFault(error, request)
  return { status, sentence: say(languageOf(request), key, values) }
}
