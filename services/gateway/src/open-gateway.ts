import { serviceActor } from '@siku/contracts'
import { assertServiceRole, connectDatabase, type Database } from '@siku/db'
import {
  listen,
  pruneIdempotency,
  startLoop,
  startTimers,
  type Dependency,
  type Logger,
  type Opened,
  type Service
} from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { createSecrets } from './accounts/secrets.ts'
import { createGateway } from './app.ts'
import { settingsOf, type GatewayConfig, type Upstream } from './config.ts'
import { gatewaySchema } from './migrations.ts'
import { openSearch } from './search/open-search.ts'
import { openKeyRing, type KeyRing } from './tokens/key-ring.ts'
import { pruneAccounts } from './verbs/prune-accounts.ts'

export type GatewayProcessParts = {
  config: GatewayConfig
  databaseUrl: string
  log: Logger
  now: () => Date
  newId: () => string
  thesaurus: Thesaurus
  engine?: { url: string; key?: string | undefined }
  /** Where services of the same process answer, in place of the settings. */
  upstreams?: Partial<Record<Upstream, string>>
  /** Where services of the same process check tokens with it already. */
  keyRing?: KeyRing
}

const keysEveryMs = 30_000
const pruneEveryMs = 3_600_000
const actor = serviceActor('service:gateway', 'open-gateway')

/** Opens the gateway in this process: its connections, its keys, its search, and the door. */
export async function openGateway(
  opened: Opened,
  parts: GatewayProcessParts
): Promise<{ address: string; app: Service; keyRing: KeyRing; db: Database }> {
  const { config, log, now, newId } = parts
  const db = opened.use(
    'gateway database',
    connectDatabase({ url: parts.databaseUrl, poolSize: config.SIKU_POOL_SIZE, applicationName: 'siku gateway' })
  )
  await assertServiceRole(db, actor)
  const secrets = createSecrets(config.SIKU_SECRET, config.SIKU_OWNER_KEY)
  const keyRing = parts.keyRing ?? (await openKeyRing({ db, now, secrets, requestId: 'key-ring' }))
  const search = openSearch(opened, { ...parts, db })
  const dependencies: Dependency[] = [{ name: 'search', check: async () => assertHealthy(await search.index.health()), required: false }]
  const { app } = await createGateway({ ...parts, db, search, keyRing, dependencies })
  opened.use('gateway', app)

  const { secure: _secure, oidc: _oidc, ...settings } = settingsOf(config)
  const context = { db, log, now, newId, secrets, settings, actor, requestId: 'timer' }
  const prune = async () => {
    await pruneAccounts(context)
    await db.withTx(actor, (tx) => pruneIdempotency(tx, gatewaySchema, now()))
  }
  opened.use('gateway timers', startTimers({ db, log, timers: [{ name: 'prune gateway', periodMs: pruneEveryMs, run: prune }] }))
  // Every gateway reads the keys again, not one of them: each has its own copy.
  opened.use(
    'signing keys',
    startLoop({
      everyMs: keysEveryMs,
      pass: async () => {
        await keyRing.refresh()
        return 'idle'
      },
      onError: (error) => log.error({ event: 'keys.stale', err: error }, 'the signing keys could not be read again')
    })
  )
  const address = await listen(app, { host: config.SIKU_HOST, port: config.SIKU_PORT })
  return { address, app, keyRing, db }
}

function assertHealthy(health: { ok: boolean; cause?: string }): void {
  if (!health.ok) throw new Error(health.cause ?? 'the search engine does not answer')
}
