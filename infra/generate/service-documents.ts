import { libraryNames, serviceNames, type LibraryName, type ServiceName } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { createGateway, GatewayConfig, upstreamSetting } from '@siku/gateway'
import { createLibraryService } from '@siku/library-kit'
import { createMatching } from '@siku/matching'
import { createLogger, newId, readConfig, systemNow, type Service, type VerifyToken } from '@siku/service-kit'
import { loadThesaurus, type Thesaurus } from '@siku/thesaurus'
import { libraries } from '../dev/installation/migrations.ts'

export type OpenApiDocument = {
  openapi: string
  info: { title: string; description?: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, unknown>; securitySchemes?: Record<string, unknown> }
}

export type Operation = { operationId?: string; parameters?: Parameter[]; responses?: Record<string, unknown> }
export type Parameter = { name: string; in: string; required?: boolean; schema?: { default?: unknown } }

/** What each service says of itself, and the whole as the gateway composes it. */
export type Documents = Record<ServiceName | 'siku', OpenApiDocument>

type InnerService = Exclude<ServiceName, 'gateway'>
type Apps = Record<ServiceName, Service>

const innerServices: readonly InnerService[] = [...libraryNames, 'matching']
const loopback = '127.0.0.1'
const nowhere = 'postgres://nobody@127.0.0.1:9/none'
const shared = { log: createLogger({ name: 'documents', level: 'silent' }), newId, now: systemNow }
const refuse = () => Promise.reject(new Error('Documents are written without answering anybody'))
const refuseToken: VerifyToken = refuse

/** Reads the documents from the services themselves. */
export const readDocuments = (): Promise<Documents> =>
  withServices(async (apps) => {
    const composed = await apps.gateway.inject('/openapi.json')
    if (composed.statusCode !== 200) throw new Error(`The gateway could not compose its document: ${composed.body}`)
    const own = Object.fromEntries(serviceNames.map((name) => [name, apps[name].swagger() as unknown as OpenApiDocument]))
    return { ...own, siku: composed.json<OpenApiDocument>() } as Documents
  })

/** Every service with all its routes, those behind the gateway on loopback ports; none opens a connection to a database. */
export async function withServices<T>(read: (apps: Apps) => Promise<T>): Promise<T> {
  const thesaurus = loadThesaurus()
  // Nothing is sent before the first statement, and there is none.
  const db = connectDatabase({ url: nowhere, poolSize: 1, applicationName: 'documents' })
  const inner = await Promise.all(innerServices.map(async (name) => [name, await openService(name, db, thesaurus)] as const))
  const addresses = await Promise.all(inner.map(async ([name, app]) => [name, await app.listen({ host: loopback, port: 0 })] as const))
  const gateway = await openGateway(Object.fromEntries(addresses) as Record<InnerService, string>, db, thesaurus)
  try {
    return await read({ ...(Object.fromEntries(inner) as Omit<Apps, 'gateway'>), gateway })
  } finally {
    await Promise.all([gateway, ...inner.map(([, app]) => app)].map((app) => app.close()))
    await db.close()
  }
}

async function openService(name: InnerService, db: Database, thesaurus: Thesaurus): Promise<Service> {
  const parts = { ...shared, db, verifyToken: refuseToken }
  if (name === 'matching') return createMatching({ ...parts, thesaurus })
  return createLibraryService({ ...parts, library: libraryCalled(name), contacts: db, keyOf: (id) => id })
}

async function openGateway(addresses: Record<InnerService, string>, db: Database, thesaurus: Thesaurus): Promise<Service> {
  const settings = {
    SIKU_SECRET: 'no secret is needed to write documents',
    SIKU_GATEWAY_DATABASE_URL: nowhere,
    ...Object.fromEntries(innerServices.map((name) => [upstreamSetting(name), addresses[name]]))
  }
  const { app } = await createGateway({
    ...shared,
    db,
    config: readConfig(GatewayConfig, settings),
    keyRing: { keySet: () => ({ keys: [] }), refresh: async () => undefined, sign: refuse },
    search: { index: { search: refuse }, thesaurus, caughtUp: Promise.resolve() }
  })
  await app.ready()
  return app
}

function libraryCalled(name: LibraryName) {
  const found = libraries.find((library) => library.name === name)
  if (!found) throw new Error(`There is no library ${name}; add it to infra/dev/installation/migrations.ts`)
  return found
}
