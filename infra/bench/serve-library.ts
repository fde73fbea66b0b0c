import { openedThings, createLogger, createTokenVerifier, newId, publicKeySet, systemNow, readSigningKey } from '@siku/service-kit'
import { openLibrary } from '@siku/library-kit'
import { library } from '@siku/technology-reserve'
import { processMemory } from './process-memory.ts'

/** The technology reserve’s HTTP side in a process of its own, as in production. */
const {
  SIKU_BENCH_DATABASE_URL: databaseUrl = '',
  SIKU_BENCH_CONTACT_URL: contactDatabaseUrl = '',
  SIKU_BENCH_KEY: key = '',
  SIKU_BENCH_OWNER_KEY: ownerKey = ''
} = process.env
const log = createLogger({ name: 'bench', level: 'error' })
const signing = await readSigningKey('gateway', key)
const keys = publicKeySet([signing])
const opened = openedThings(log)
const { address } = await openLibrary(opened, {
  library,
  role: 'api',
  databaseUrl,
  contactDatabaseUrl,
  ownerKey,
  poolSize: 10,
  host: '127.0.0.1',
  port: 0,
  log,
  now: systemNow,
  newId,
  verifyToken: createTokenVerifier({ audience: library.name, keys: () => keys, now: systemNow })
})
process.on('message', () => process.send?.(processMemory()))
process.send?.({ address })
process.once('disconnect', () => void opened.close())
