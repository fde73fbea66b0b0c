import { createMatchWorker, currentWeights, type MatchWorker } from '@siku/matching'
import { newId, systemNow } from '@siku/service-kit'
import { loadThesaurus, type Thesaurus } from '@siku/thesaurus'
import type { Call } from './command.ts'
import { commandLine, type Here } from './open-database.ts'

/** Matching opened for one command: its database, the thesaurus and the weights in force, a copy of what is published. */
export async function matchWorker({ log }: Pick<Call, 'log'>, here: Here, thesaurus: Thesaurus = loadThesaurus()): Promise<MatchWorker> {
  const db = here.connect('matching')
  const worker = createMatchWorker({ db, thesaurus, weights: await currentWeights(db, commandLine()), log, now: systemNow, newId })
  await worker.follow()
  return worker
}
