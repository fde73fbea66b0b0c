import { createLogger, databaseSetting, newId, openQueue, readConfigOrExit, runProcess, startRelay, systemNow } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'
import { embedderOf, MatchingConfig, verifierFor } from './config.ts'
import { openMatching } from './open-matching.ts'
import { readPriorities } from './review/read-priorities.ts'

const config = readConfigOrExit(MatchingConfig) as MatchingConfig & Record<string, string>
const log = createLogger({ name: 'matching', level: config.LOG_LEVEL })
const role = config.SIKU_ROLE

await runProcess({
  log,
  followParent: config.SIKU_FOLLOW_PARENT,
  open: async (opened) => {
    const queue = openQueue(config, log)
    if (queue) opened.use('queue', queue)
    const { db } = await openMatching(opened, {
      role,
      log,
      newId,
      now: systemNow,
      databaseUrl: config[databaseSetting('matching')] ?? '',
      poolSize: config.SIKU_POOL_SIZE,
      host: config.SIKU_HOST,
      port: config.SIKU_PORT,
      verifyToken: verifierFor(config.SIKU_JWKS_URL, systemNow),
      thesaurus: loadThesaurus(),
      embedder: embedderOf(config),
      priorities: readPriorities(config.SIKU_PRIORITIES_FILE),
      ...(queue ? { queue } : {}),
      ...(config.MEILI_URL === undefined ? {} : { engine: { url: config.MEILI_URL, key: config.MEILI_KEY } })
    })
    if (queue && role !== 'api') opened.use('relay', startRelay({ db, queue, log }))
  }
})
