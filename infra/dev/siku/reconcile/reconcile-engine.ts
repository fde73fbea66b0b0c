import type { LibraryName } from '@siku/contracts'
import { followThesaurus, newId, openSharedIndex, reconcileIndex } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'
import type { Call } from '../command.ts'
import type { Here } from '../open-database.ts'
import type { DriftLine } from './drift-line.ts'

export type EngineOptions = { libraries: readonly LibraryName[]; url: string }

/** Asks the search engine itself what it holds, library by library, and mends what differs. */
export async function reconcileEngine({ opened, log }: Pick<Call, 'opened' | 'log'>, here: Here, { libraries, url }: EngineOptions) {
  let compared = 0
  let repaired = 0
  const drifts: DriftLine[] = []
  for (const library of libraries) {
    const db = here.connect(library)
    const index = opened.use(`${library} index`, openSharedIndex({ url, key: process.env.MEILI_KEY || undefined, db, library, log, newId }))
    await index.recover()
    // The index is told the newest edition while lists may still be in the one before.
    const { newestThesaurus, inForceThesaurus } = await followThesaurus(db, loadThesaurus()).refresh()
    const editions = { edition: newestThesaurus.edition, former: inForceThesaurus.edition }
    const result = await reconcileIndex({ db, index, ...editions, libraries: [library] })
    compared += result.compared
    repaired += result.repaired
    drifts.push(...result.drifts.map(({ id, kind }) => ({ what: 'index' as const, library, id, kind })))
  }
  return { compared, repaired, drifts }
}
