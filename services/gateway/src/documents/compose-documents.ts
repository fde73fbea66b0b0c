import { DocumentBroken } from '../errors.ts'
import { isBelow } from '../proxy/route-table.ts'
import { documentFault, escape, type ApiDocument } from './check-document.ts'

/** A service's document and the paths of the public API that are its own. */
export type Part = { service: string; document: unknown; prefixes: readonly string[] }

/**
 * One document of many. Only what a caller can reach through the gateway is taken; schemas of the same name must be the same; an
 * operation has one name in the whole. What does not fit is refused with the service and the place.
 */
export function composeDocuments(own: ApiDocument, parts: readonly Part[]): ApiDocument {
  const composed: ApiDocument = {
    ...own,
    paths: { ...own.paths },
    components: { ...own.components, schemas: { ...own.components?.schemas } }
  }
  const operations = new Map(operationsOf(own.paths).map(({ operationId }) => [operationId, 'gateway']))
  const owners = new Map(Object.keys(composed.components?.schemas ?? {}).map((name) => [name, 'gateway']))
  for (const part of parts) {
    const fault = documentFault(part.document)
    if (fault) throw broken(part, fault.detail, fault.pointer)
    addPart(composed, part, { operations, owners })
  }
  return sorted(composed)
}

type Names = { operations: Map<string, string>; owners: Map<string, string> }

function addPart(composed: ApiDocument, part: Part, { operations, owners }: Names): void {
  const { paths, components } = part.document as ApiDocument
  const reachable = Object.entries(paths).filter(([path]) => part.prefixes.some((prefix) => isBelow(path.replace(/(?!^)\/$/, ''), prefix)))
  for (const { operationId, pointer } of operationsOf(Object.fromEntries(reachable))) {
    const other = operations.get(operationId)
    if (other !== undefined) throw broken(part, `the operation ${operationId} is named like one of ${other}`, pointer)
    operations.set(operationId, part.service)
  }
  const schemas = ((composed.components ??= {}).schemas ??= {})
  for (const [name, schema] of Object.entries(components?.schemas ?? {})) {
    if (name in schemas && canonical(schemas[name]) !== canonical(schema)) {
      throw broken(part, `the schema ${name} differs from the one of ${owners.get(name)}`, `/components/schemas/${escape(name)}`)
    }
    schemas[name] = schema
    if (!owners.has(name)) owners.set(name, part.service)
  }
  Object.assign(composed.paths, Object.fromEntries(reachable))
}

function operationsOf(paths: Record<string, Record<string, unknown>>): { operationId: string; pointer: string }[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) => {
      const { operationId } = (operation ?? {}) as { operationId?: string }
      return operationId === undefined ? [] : [{ operationId, pointer: `/paths/${escape(path)}/${method}/operationId` }]
    })
  )
}

const broken = ({ service }: Part, detail: string, pointer: string) =>
  DocumentBroken(service, detail, pointer === '' ? 'its root' : pointer)

/** Two objects are the same whatever the order of their fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    isPlain(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner
  )

const isPlain = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)

/** In a fixed order, so that a composed document changes only when the API does. */
function sorted(document: ApiDocument): ApiDocument {
  const byName = <T>(record: Record<string, T>) => Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
  return {
    ...document,
    paths: byName(document.paths),
    components: { ...document.components, schemas: byName(document.components?.schemas ?? {}) }
  }
}
