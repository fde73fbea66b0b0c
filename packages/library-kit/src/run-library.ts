import {
  createLogger,
  createTokenVerifier,
  databaseSetting,
  newId,
  openQueue,
  readConfigOrExit,
  runProcess,
  serviceConfig,
  StartError,
  startRelay,
  systemNow,
  type BaseConfig
} from '@siku/service-kit'
import { loadThesaurus, warmUp } from '@siku/thesaurus'
import { Type, type Static } from 'typebox'
import type { Library } from './define-library.ts'
import { openLibrary } from './open-library.ts'

/** Settings of a library's own process; their descriptions are the environment page. */
export function libraryConfig(library: Library) {
  return serviceConfig(library.name, {
    [contactSetting(library)]: Type.String({
      format: 'uri',
      description: `PostgreSQL of ${library.name} with the login that alone may touch contact data`
    }),
    SIKU_OWNER_KEY: Type.String({
      minLength: 32,
      description: 'Key that marks published rows with their owner; the same in the gateway and every library'
    })
  })
}

const contactSetting = (library: Library) => databaseSetting(library.name).replace('_DATABASE_URL', '_CONTACT_DATABASE_URL')

/** Runs one library as a process of its own: `SIKU_ROLE` says which half of the work it does. */
export async function runLibrary(library: Library): Promise<void> {
  const config = readConfigOrExit(libraryConfig(library)) as unknown as Static<typeof BaseConfig> & { SIKU_OWNER_KEY: string }
  const setting = (name: string) => String((config as Record<string, unknown>)[name])
  const log = createLogger({ name: library.name, level: config.LOG_LEVEL })
  const role = config.SIKU_ROLE
  await runProcess({
    log,
    followParent: config.SIKU_FOLLOW_PARENT,
    open: async (opened) => {
      const databaseUrl = setting(databaseSetting(library.name))
      const queue = openQueue(config, log)
      if (queue) opened.use('queue', queue)
      const thesaurus = role === 'api' ? undefined : loadThesaurus()
      const { db } = await openLibrary(opened, {
        library,
        role,
        log,
        databaseUrl,
        newId,
        now: systemNow,
        contactDatabaseUrl: setting(contactSetting(library)),
        ownerKey: config.SIKU_OWNER_KEY,
        poolSize: config.SIKU_POOL_SIZE,
        host: config.SIKU_HOST,
        port: config.SIKU_PORT,
        verifyToken: verifierFor(library, config.SIKU_JWKS_URL),
        ...(thesaurus ? { thesaurus } : {}),
        ...(config.MEILI_URL === undefined ? {} : { engine: { url: config.MEILI_URL, key: config.MEILI_KEY } }),
        ...(queue ? { queue } : {})
      })
      if (thesaurus) void warmUp(thesaurus)
      if (queue && role !== 'api') opened.use('relay', startRelay({ db, queue, log }))
    }
  })
}

function verifierFor(library: Library, jwksUrl: string | undefined) {
  if (jwksUrl === undefined)
    throw new StartError(
      'SIKU_LIBRARY_NO_KEYS',
      `${library.name} cannot check access tokens; set SIKU_JWKS_URL to the gateway’s /.well-known/jwks.json`
    )
  return createTokenVerifier({ audience: library.name, keys: new URL(jwksUrl), now: systemNow })
}
