/** What of OpenAPI the gateway looks at. */
export type ApiDocument = {
  openapi: string
  info: { title: string; description?: string; version: string }
  paths: Record<string, Record<string, unknown>>
  components?: { schemas?: Record<string, unknown>; securitySchemes?: Record<string, unknown> }
  tags?: { name: string; description?: string }[]
}

/** Where a document is wrong, as a JSON pointer into it, and how. */
export type DocumentFault = { pointer: string; detail: string }

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'])
const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The first fault of a document that claims to be OpenAPI 3.1, or undefined: structure, operations, and references that lead nowhere. */
export function documentFault(document: unknown): DocumentFault | undefined {
  if (!isObject(document)) return { pointer: '', detail: 'is no JSON object' }
  const { openapi, info, paths } = document
  if (typeof openapi !== 'string' || !openapi.startsWith('3.1')) return { pointer: '/openapi', detail: 'must be 3.1.x' }
  if (!isObject(info) || typeof info.title !== 'string') return { pointer: '/info', detail: 'must say its title and version' }
  if (!isObject(paths)) return { pointer: '/paths', detail: 'must be an object of paths' }
  return pathFault(paths) ?? referenceFault(document, document, '')
}

function pathFault(paths: Record<string, unknown>): DocumentFault | undefined {
  for (const [path, item] of Object.entries(paths)) {
    const at = `/paths/${escape(path)}`
    if (!path.startsWith('/')) return { pointer: at, detail: 'must begin with a slash' }
    if (!isObject(item)) return { pointer: at, detail: 'must be an object of methods' }
    for (const [method, operation] of Object.entries(item)) {
      if (!methods.has(method)) continue
      if (!isObject(operation)) return { pointer: `${at}/${method}`, detail: 'must be an operation' }
      if (typeof operation.operationId !== 'string') return { pointer: `${at}/${method}/operationId`, detail: 'is missing' }
      if (!isObject(operation.responses) || Object.keys(operation.responses).length === 0)
        return { pointer: `${at}/${method}/responses`, detail: 'must hold at least one answer' }
    }
  }
  return undefined
}

function referenceFault(root: Record<string, unknown>, value: unknown, at: string): DocumentFault | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const pointer = `${at}/${escape(key)}`
    if (key === '$ref' && typeof inner === 'string') {
      if (!inner.startsWith('#/')) return { pointer, detail: `refers outside the document (${inner.slice(0, 80)})` }
      if (valueAt(root, inner.slice(1)) === undefined) return { pointer, detail: `refers to nothing (${inner.slice(0, 80)})` }
      continue
    }
    const fault = referenceFault(root, inner, pointer)
    if (fault) return fault
  }
  return undefined
}

function valueAt(root: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((value, step) => {
      const key = decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')
      return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined
    }, root)
}

export const escape = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')
