import { createLogger, openedThings, systemNow } from '@siku/service-kit'
import { once } from 'node:events'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createProgress } from './demo/progress.ts'
import { journeyTable } from './demo/journey-table.ts'
import { showDossier } from './demo/show-dossier.ts'
import { showStories } from './demo/show-stories.ts'
import { showUntranslated } from './demo/show-untranslated.ts'
import { showWithEmbedder } from './demo/with-embedder.ts'
import { dataDir } from './installation/data-dir.ts'
import { openInstallation } from './installation/open-installation.ts'
import { prepareInstallation } from './installation/prepare-installation.ts'
import { serviceCaller } from './seed/call-service.ts'
import { postSample } from './seed/post-sample.ts'
import { staff } from './seed/sample-actors.ts'
import { seedAccounts, signInsOf } from './seed/seed-accounts.ts'
import { waitUntilQuiet } from './seed/wait-until-quiet.ts'

const quietMs = 180_000
const { values } = parseArgs({
  options: {
    keep: { type: 'boolean', default: false },
    embedder: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' }
  }
})
const log = createLogger({ name: 'demo', level: process.env.LOG_LEVEL ?? 'error' })
const opened = openedThings(log)
const { say, step } = createProgress()
const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])

try {
  const outcome = await Promise.race([demo().then(() => 'shown' as const), stopped.then(() => 'stopped' as const)])
  if (outcome === 'stopped') process.exitCode = 130
  else if (values.keep) await stopped
} catch (error) {
  say(`The demo could not go on: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
} finally {
  await opened.close()
}

async function demo(): Promise<void> {
  // A folder of its own: the demonstration never meets the data of `npm start`.
  const { urls, secret, migrated } = await prepareInstallation(opened, join(dataDir(), 'demo'), say)
  say(migrated > 0 ? `schema is up to date (${migrated} migrations)` : 'schema is up to date')
  const { REDIS_URL: redisUrl } = process.env
  const installation = await openInstallation(opened, { urls, secret, log, port: Number(values.port), ...(redisUrl ? { redisUrl } : {}) })
  const caller = opened.use('caller', serviceCaller({ services: installation.services, sign: installation.keyRing.sign }))

  await seedAccounts({ db: installation.databases.gateway, secret, keyOf: installation.keyOf, log, publicUrl: installation.address })
  say('posting the sample: draft, submission, approval, each by its own person …')
  const sample = await postSample({
    call: caller.call,
    keyOf: installation.keyOf,
    databases: installation.databases,
    today: systemNow(),
    onProgress: (done, total) => step('records', done, total)
  })
  if (sample.skipped > 0) say(`  ${sample.skipped} were there already`)
  say('indexing and matching, both ways …')
  const { parked } = await waitUntilQuiet(installation.matching.db, {
    timeoutMs: quietMs,
    onProgress: (open) => step('still owed', open, open)
  })
  say(`\nThe journey, with the count at every stage${parked > 0 ? ` (${parked} parked)` : ''}:`)
  say(await journeyTable(installation.matching.db))
  const officer = staff('match-officer', ['match-officer'], installation.keyOf)
  if (values.embedder) await showWithEmbedder(opened, { db: installation.matching.db, log, dataDir: dataDir(), say })
  await showStories(caller.call, officer, sample, say)
  await showUntranslated({ call: caller.call, officer, sample, keyOf: installation.keyOf, today: systemNow(), say })
  await showDossier({ call: caller.call, officer, sample, say, file: resolve('demo.html') })
  if (values.keep) announce(installation.address)
}

function announce(address: string): void {
  say(`\nOpen ${address}/sign-in in a browser, or ${address}/docs for the interface. One sign-in for each role:`)
  for (const line of signInsOf()) say(`  ${line}`)
  say('Ctrl-C stops it; the data stays in .data/demo.')
}
