import type { Weights } from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import type { MatchContext } from '../match/match-record.ts'
import type { DossierCopy } from './dossier-copy.ts'

/** What making a dossier reads: the records in memory, the vocabulary and the weights in force. */
export type DossierContext = Pick<MatchContext, 'db' | 'copy' | 'now'> & {
  dossierCopy: DossierCopy
  thesaurus: Thesaurus
  weights: Weights
}
