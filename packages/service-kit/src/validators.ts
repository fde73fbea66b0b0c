import { Ajv, type Options, type ValidateFunction } from 'ajv'
import formatsPlugin, { type FormatsPlugin } from 'ajv-formats'
import type { FastifyRouteSchemaDef } from 'fastify/types/schema.js'

// ajv-formats is CommonJS: its default export is the module object under Node's ESM.
const addFormats = formatsPlugin as unknown as FormatsPlugin

const strict: Options = {
  allErrors: true,
  verbose: true,
  removeAdditional: false,
  coerceTypes: false,
  strictSchema: true,
  strictNumbers: true,
  strictTypes: true,
  strictTuples: true,
  allowUnionTypes: true
}

/** Marks of ours on schemas that validation passes over. */
const annotations = ['x-class', 'example']

export function createAjv(options: Options = {}, shared: Record<string, unknown> = {}): Ajv {
  const ajv = new Ajv({ ...strict, ...options })
  addFormats(ajv, { mode: 'full' })
  ajv.addVocabulary(annotations)
  for (const schema of Object.values(shared)) ajv.addSchema(schema as object)
  return ajv
}

type Compiler = (route: FastifyRouteSchemaDef<unknown>) => ValidateFunction

/**
 * One validator for each part of a request. Path and query are text, so numbers and lists in them are read explicitly; a body is JSON
 * and is taken as it is. A PATCH gets no defaults: an absent field there means "leave it".
 */
export function buildValidators(shared: Record<string, unknown>): Compiler {
  const textual = createAjv({ coerceTypes: 'array', useDefaults: true }, shared)
  const body = createAjv({ useDefaults: true }, shared)
  const patch = createAjv({ useDefaults: false }, shared)
  return ({ schema, httpPart, method }) => {
    const isPatch = method === 'PATCH'
    const ajv = httpPart === 'querystring' || httpPart === 'params' ? textual : isPatch ? patch : body
    return ajv.compile(schema as object)
  }
}
