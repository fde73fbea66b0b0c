import type { OpenApiDocument, Operation } from '../../generate/service-documents.ts'

type Place = { at: string; operation: Operation }

const methods = new Set(['get', 'post', 'put', 'patch', 'delete'])

const operationsOf = ({ paths }: OpenApiDocument): Place[] =>
  Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => (methods.has(method) ? [{ at: `${method} ${path}`, operation }] : []))
  )

/** What a reader of the document, or a client made from it, would be told wrongly. */
export function documentFaults(document: OpenApiDocument): string[] {
  const seen = new Map<string, string>()
  return operationsOf(document).flatMap(({ at, operation }) => {
    const { operationId = '', parameters = [], responses = {} } = operation
    const twin = seen.get(operationId)
    seen.set(operationId, at)
    return [
      ...(operationId === '' ? [`${at} has no operationId`] : []),
      ...(twin === undefined ? [] : [`${at} is named like ${twin}`]),
      ...(/.\/$/.test(at) ? [`${at} ends with a slash`] : []),
      ...(Object.keys(responses).some((status) => status.startsWith('2') || status.startsWith('3')) ? [] : [`${at} never succeeds`]),
      ...parameters
        .filter(({ required, schema }) => required && schema?.default !== undefined)
        .map(({ name }) => `${at} needs ${name}, which has a default`),
      ...('428' in responses && !parameters.some(({ in: where, name }) => where === 'header' && name.toLowerCase() === 'if-match')
        ? [`${at} asks for If-Match and does not say so`]
        : [])
    ]
  })
}
