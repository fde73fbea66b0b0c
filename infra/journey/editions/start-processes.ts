import { library as demands } from '@siku/cooperation-demand'
import { serviceActor } from '@siku/contracts'
import { connectDatabase, type Database } from '@siku/db'
import { indexDocuments, roleOf, type Library } from '@siku/library-kit'
import { readWeights } from '@siku/matcher'
import { createMatchWorker, matchingRole } from '@siku/matching'
import { createLogger, newId, systemNow } from '@siku/service-kit'
import { library as technologies } from '@siku/technology-reserve'
import type { TestDatabase } from '@siku/testing'
import { loadThesaurus } from '@siku/thesaurus'
import type { Test } from 'tap'

export const log = createLogger({ name: 'editions', level: 'silent' })
export const actor = serviceActor('service:match', 'editions')

export const open = (t: Pick<Test, 'teardown'>, url: string): Database => {
  const db = connectDatabase({ url, applicationName: 'editions', poolSize: 3 })
  t.teardown(() => db.close())
  return db
}

/** What one process of each kind holds; a second call is the same processes started again, with nothing remembered. */
export function startProcesses(t: Test, database: TestDatabase) {
  const thesaurus = loadThesaurus()
  const held = [demands, technologies].map((library) => ({ library, db: open(t, database.urlFor(roleOf(library.schemaName))) }))
  const db = open(t, database.urlFor(matchingRole))
  const worker = createMatchWorker({ db, thesaurus, weights: readWeights(), log, now: systemNow, newId })
  const indexOnce = ({ library, db: own }: { library: Library; db: Database }) =>
    indexDocuments({ db: own, library, thesaurus, log, now: systemNow })
  return {
    thesaurus,
    db,
    worker,
    indexOnce,
    held,
    index: async () => {
      for (const one of held) while ((await indexOnce(one)) > 0);
    },
    settle: async () => {
      for (let done = 1; done > 0;) {
        done = 0
        for (const one of held) done += await indexOnce(one)
        done += await worker.drain()
      }
    }
  }
}
