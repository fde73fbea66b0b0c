import { isUtf8 } from 'node:buffer'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { JsonMalformed, MediaTypeUnknown, RequestInvalid } from './errors.ts'
import { inspectJson } from './json-inspection.ts'
import { summary } from './text-guard.ts'

/** JSON in UTF-8 is the one body type of a service; a route that takes files adds its own parser beside it. */
export const jsonTypes = ['application/json', 'application/merge-patch+json']

export function readJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, async (request: FastifyRequest, body: Buffer) => {
    refuseOtherCharsets(request)
    return body.length === 0 ? undefined : parseJson(body)
  })
}

function refuseOtherCharsets(request: FastifyRequest): void {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.headers['content-type'] ?? '')?.[1]
  if (charset !== undefined && charset.toLowerCase() !== 'utf-8') throw MediaTypeUnknown('application/json in UTF-8')
}

/** Buffers and not strings: decoding would quietly turn bytes that are no UTF-8 into U+FFFD. */
export function parseJson(body: Buffer): unknown {
  if (!isUtf8(body)) throw JsonMalformed()
  const text = body.toString('utf8')
  const value = parse(text)
  const violations = inspectJson(text)
  if (violations.length > 0) throw RequestInvalid(summary(violations)).with({ errors: violations })
  return value
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw JsonMalformed()
  }
}
