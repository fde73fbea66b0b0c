import type { LibraryName } from '@siku/contracts'
import type { Database } from '@siku/db'
import type { Weights } from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import { followRows } from '../match/follow-rows.ts'
import { createDossierShelf, type DossierShelf } from './dossier-shelf.ts'

export type DossierCopy = Omit<DossierShelf, 'take' | 'unread'> & {
  /** Returns once every result and institution that was numbered when it was called is in the copy. */
  catchUp: () => Promise<void>
}

const followed: readonly LibraryName[] = ['project-results', 'platform-institutions']
const pageSize = 500

/** The dossier worker's own copy of the two libraries that are not matched; fed as the matcher's copy is. */
export function createDossierCopy({ db, thesaurus, weights }: { db: Database; thesaurus: Thesaurus; weights: Weights }): DossierCopy {
  const { take, unread, ...shelf } = createDossierShelf({ thesaurus, weights })
  return { ...shelf, catchUp: followRows({ db, edition: thesaurus.edition, libraries: followed, pageSize, take, unread }) }
}
