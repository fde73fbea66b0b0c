import { libraryNames, type Actor, type LibraryName, type ServiceName } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { contactRoleOf, createLibraryService, indexDocuments, roleOf, runClock, type Library } from '@siku/library-kit'
import { createDossierWorker, createMatching, createMatchWorker, matchingRole } from '@siku/matching'
import { readWeights } from '@siku/matcher'
import { createLogger, newId, ownerKeyWith, type Service, type ServiceOptions, type VerifyToken } from '@siku/service-kit'
import { testClock, testDatabase, type Teardown } from '@siku/testing'
import { loadThesaurus } from '@siku/thesaurus'
import { libraries } from '../../dev/installation/migrations.ts'
import { openTokens } from './tokens.ts'

export const ownerKey = 'aGFybmVzcy1vd25lci1rZXktaGFybmVzcy1vd25lci1rZXk'
export type PlaceName = Exclude<ServiceName, 'gateway'>

export type PlacesOptions = {
  /** Stands between the token and the actor: a seeded defect lets somebody act as somebody else. */
  mistake?: (actor: Actor) => Actor
  /** Further routes of every library: a seeded defect, or something to be found. */
  plugins?: ServiceOptions['plugins']
  only?: readonly PlaceName[]
  /** Keeps every line that is logged. */
  log?: 'kept'
  poolSize?: number
}
export type Places = Awaited<ReturnType<typeof openPlaces>>

/** The four libraries and matching as apps over one migrated database, with real tokens and strict answers; what they log is kept. */
export async function openPlaces(
  t: Teardown,
  { mistake = (actor) => actor, plugins, only, log: keeping, poolSize = 6 }: PlacesOptions = {}
) {
  const database = await testDatabase(t)
  const clock = testClock()
  const tokens = await openTokens(clock.now)
  const keyOf = ownerKeyWith(ownerKey)
  const lines: string[] = []
  const log = createLogger({
    name: 'harness',
    level: keeping === 'kept' ? 'trace' : 'silent',
    destination: { write: (line: string) => void lines.push(line) }
  })
  const open = (url: string, size: number): Database => {
    const connected = connectDatabase({ url, applicationName: 'harness', poolSize: size })
    t.teardown(() => connected.close())
    return connected
  }
  const owner = open(database.ownerUrl, 4)
  const verifierFor = (audience: ServiceName): VerifyToken => {
    const verify = tokens.verifierFor(audience)
    return async (token) => mistake(await verify(token))
  }
  const shared = { log, now: clock.now, newId, strictResponses: true }
  const apps = new Map<PlaceName, Service>()
  const held = new Map<LibraryName, { library: Library; db: Database; contacts: Database }>()
  for (const library of libraries.filter(({ name }) => only?.includes(name) ?? true)) {
    const db = open(database.urlFor(roleOf(library.schemaName)), poolSize)
    const contacts = open(database.urlFor(contactRoleOf(library.schemaName)), 2)
    held.set(library.name, { library, db, contacts })
    apps.set(
      library.name,
      await createLibraryService({
        ...shared,
        library,
        db,
        contacts,
        keyOf,
        verifyToken: verifierFor(library.name),
        ...(plugins && { plugins })
      })
    )
  }
  const thesaurus = loadThesaurus()
  const matchingDb = open(database.urlFor(matchingRole), poolSize)
  if (only?.includes('matching') ?? true)
    apps.set('matching', await createMatching({ ...shared, db: matchingDb, thesaurus, verifyToken: verifierFor('matching') }))
  for (const app of apps.values()) {
    t.teardown(() => app.close())
    await app.ready()
  }
  const worker = createMatchWorker({ db: matchingDb, thesaurus, weights: readWeights(), log, now: clock.now, newId })
  const dossiers = createDossierWorker({ context: worker.context, log })

  /** Does all work that is owed, as the workers do: index first, then matches, then dossiers. */
  const settle = async () => {
    for (const { library, db } of held.values()) while ((await indexDocuments({ db, library, thesaurus, log, now: clock.now })) > 0);
    while ((await worker.drain()) > 0);
    while ((await dossiers.drain()) > 0);
  }
  const age = async (name: LibraryName) => {
    const place = held.get(name)
    return place === undefined ? 0 : runClock({ ...place, now: clock.now, newId, log, requestId: 'clock', keyOf }, place.library)
  }
  return {
    database,
    clock,
    tokens,
    keyOf,
    lines,
    log,
    owner,
    matchingDb,
    settle,
    age,
    apps,
    app: (name: PlaceName) => found(apps, name),
    library: (name: LibraryName) => found(held, name).library
  }
}

function found<K, V>(known: ReadonlyMap<K, V>, key: K): V {
  const value = known.get(key)
  if (value === undefined) throw new Error(`${String(key)} was not opened`)
  return value
}

export const isLibrary = (name: ServiceName): name is LibraryName => (libraryNames as readonly string[]).includes(name)
