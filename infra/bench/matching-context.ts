import { readWeights } from '@siku/matcher'
import { createMatchWorker, type MatchContext } from '@siku/matching'
import { connectDatabase } from '@siku/db'
import { createLogger, newId, systemNow } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'

export type OpenContext = { context: MatchContext; close: () => Promise<void> }

/** What the match worker works with, on a database of its own connections; its copy is empty until it catches up. */
export function openMatchingContext(url: string, thesaurus: Thesaurus): OpenContext {
  const db = connectDatabase({ url, applicationName: 'siku matching', poolSize: 2, statementTimeoutMs: 60_000 })
  const log = createLogger({ name: 'bench', level: 'error' })
  const { context } = createMatchWorker({ db, thesaurus, weights: readWeights(), log, now: systemNow, newId })
  return { context, close: () => db.close() }
}
