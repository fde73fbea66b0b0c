import type { Service } from '@siku/service-kit'

export type Schema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  format?: string
  pattern?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  exclusiveMinimum?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  'x-class'?: string
}
export type Parameter = { name: string; in: 'path' | 'query' | 'header'; required?: boolean; schema: Schema }
export type Operation = {
  method: string
  path: string
  operationId: string
  parameters: Parameter[]
  body?: { type: string; schema: Schema }
  statuses: number[]
}
type Described = {
  operationId?: string
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, unknown>
}
export type Document = { paths: Record<string, Record<string, Described>>; components?: { schemas?: Record<string, Schema> } }

export const documentOf = (app: Service): Document => (app as unknown as { swagger: () => Document }).swagger()

/** Every operation that the service's own OpenAPI document describes. */
export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId = '', parameters = [], requestBody, responses }]) => {
      const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
      return {
        method: method.toUpperCase(),
        path,
        operationId,
        parameters,
        statuses: Object.keys(responses).map(Number),
        ...(type !== undefined && content !== undefined && { body: { type, schema: content.schema } })
      }
    })
  )
}

/** The schema itself where another one is only pointed at. */
export function resolved(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema
  const name = schema.$ref.split('/').at(-1) ?? ''
  const found = document.components?.schemas?.[name]
  if (found === undefined) throw new Error(`${schema.$ref} points at nothing`)
  return resolved(document, found)
}

/** The schema of one field below another, through arrays, choices and pointers; undefined where nothing is allowed there. */
export function schemaAt(document: Document, schema: Schema, path: readonly (string | number)[]): Schema | undefined {
  const here = resolved(document, schema)
  const [step, ...rest] = path
  if (step === undefined) return here
  const choices = [...(here.anyOf ?? []), ...(here.oneOf ?? [])]
  for (const choice of choices) {
    const found = schemaAt(document, choice, path)
    if (found !== undefined) return found
  }
  const next = typeof step === 'number' ? here.items : here.properties?.[step]
  return next && schemaAt(document, next, rest)
}
