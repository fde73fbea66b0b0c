import type { FastifyInstance, FastifyRequest, FastifySchema, HookHandlerDoneFunction, RouteOptions } from 'fastify'
import { Type, type TObject } from 'typebox'
import { RequestInvalid, StartError } from './errors.ts'
import { problemResponses } from './problem-responses.ts'

const withBody = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

const idempotencyKey = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 255,
    pattern: '^[\\x21-\\x7e]+$',
    description: '1 to 255 visible ASCII characters, best a fresh UUID; kept 72 h'
  })
)
/** Optional to the validator: its absence is a 428 of its own, which says what to send. */
const ifMatch = Type.Optional(
  Type.String({ description: 'ETag of the answer that was read; without it 428, with an old one 412', examples: ['"r3"'] })
)
const NoQuery = Type.Object({}, { additionalProperties: false })

type ApiSchema = FastifySchema & {
  hide?: boolean
  operationId?: string
  tags?: readonly string[]
  summary?: string
  security?: readonly Record<string, readonly string[]>[]
}

/**
 * Completes each route's schema with what the chassis itself does (its problems, headers, security) and refuses to start with a route
 * that is not documented or takes fields it does not know.
 */
export function completeSchemas(app: FastifyInstance, { limited }: { limited: boolean }): void {
  app.addHook('onRoute', (route) => {
    const schema = (route.schema ?? {}) as ApiSchema
    if (schema.hide) return
    const name = `${[route.method].flat().join(',')} ${route.url}`
    assertDocumented(name, schema)
    for (const part of ['body', 'querystring'] as const) assertClosed({ app, name, part }, schema[part])
    route.schema = complete(route, schema, limited)
  })
  app.addHook('preValidation', refuseUnaskedBody)
}

function complete(route: RouteOptions, schema: ApiSchema, limited: boolean): ApiSchema {
  const isPublic = route.config?.access === 'public'
  const counted = limited && !isPublic ? [429] : []
  const takesKey = route.method === 'POST' && route.config?.idempotency !== false
  return {
    querystring: NoQuery,
    ...schema,
    ...headersOf(schema, takesKey),
    security: schema.security ?? (isPublic ? [] : [{ bearer: [] }]),
    response: {
      ...problemResponses(...standardProblems(route, isPublic, takesKey), ...counted),
      ...(schema.response as object | undefined)
    }
  }
}

/** The headers that the chassis reads, so that the document and every client made from it know them. */
function headersOf({ headers, response }: ApiSchema, takesKey: boolean): { headers?: TObject } {
  if (headers !== undefined) return {}
  const read = {
    ...(takesKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(typeof response === 'object' && response !== null && 428 in response ? { 'if-match': ifMatch } : {})
  }
  return Object.keys(read).length > 0 ? { headers: Type.Object(read) } : {}
}

/** What the chassis may answer before or instead of the handler. */
function standardProblems(route: RouteOptions, isPublic: boolean, takesKey: boolean): number[] {
  const writes = [route.method].flat().some((method) => withBody.has(method))
  return [400, 500, 503, ...(isPublic ? [] : [401, 403, 404]), ...(writes ? [409, 413, 415] : []), ...(takesKey ? [422] : [])]
}

function assertDocumented(name: string, schema: ApiSchema): void {
  const missing = (['operationId', 'tags', 'summary', 'response'] as const).filter((field) => schema[field] === undefined)
  if (missing.length === 0) return
  throw new StartError(
    'SIKU_KIT_ROUTE_NOT_DOCUMENTED',
    `${name} lacks ${missing.join(', ')} in its schema; add them, or hide it from the document`
  )
}

type SchemaPlace = { app: FastifyInstance; name: string; part: string }

/** An object that does not say `additionalProperties: false` would take fields nobody looks at. */
function assertClosed(place: SchemaPlace, schema: unknown, path = ''): void {
  if (typeof schema !== 'object' || schema === null) return
  const { $ref, properties, additionalProperties, unevaluatedProperties, ...rest } = schema as Record<string, unknown>
  if (typeof $ref === 'string') return assertClosed(place, place.app.getSchema($ref.replace(/#$/, '')), path)
  const { name, part } = place
  if (properties !== undefined && additionalProperties === undefined && unevaluatedProperties === undefined) {
    throw new StartError(
      'SIKU_KIT_SCHEMA_OPEN',
      `${name} takes unknown fields at ${part}${path}; close the object with additionalProperties: false`
    )
  }
  for (const [field, inner] of Object.entries((properties ?? {}) as Record<string, unknown>)) assertClosed(place, inner, `${path}/${field}`)
  for (const keyword of ['items', 'anyOf', 'oneOf'] as const) {
    for (const inner of [rest[keyword]].flat()) assertClosed(place, inner, `${path}/${keyword}`)
  }
}

/** A body that no schema describes would be dropped in silence. */
function refuseUnaskedBody(request: FastifyRequest, _reply: unknown, done: HookHandlerDoneFunction): void {
  done(
    hasUnaskedBody(request)
      ? RequestInvalid('this route takes no body').with({ errors: [{ pointer: '', detail: 'must be absent: this route takes no body' }] })
      : undefined
  )
}

function hasUnaskedBody(request: FastifyRequest): boolean {
  const { body } = request
  if (body === undefined || body === null || request.is404 || !withBody.has(request.method)) return false
  const { schema } = request.routeOptions
  if (schema?.body !== undefined || schema?.hide) return false
  return typeof body !== 'object' || Object.keys(body).length > 0
}
