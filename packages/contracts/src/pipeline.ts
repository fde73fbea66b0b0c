import { counterparts, type LibraryName } from './libraries.ts'

/**
 * The journey of a posting, in the order it is travelled. `owes` is the derived work that a stage leaves in the ledger;
 * null means that a person acts next.
 */
export const journey = [
  { stage: 1, name: 'posting', owes: 'index', where: 'packages/library-kit/src/verbs/review-version.ts' },
  { stage: 2, name: 'work owed', owes: 'index', where: 'packages/db/migrations/0001_shared.sql' },
  { stage: 3, name: 'relay', owes: null, where: 'packages/service-kit/src/relay.ts' },
  { stage: 4, name: 'index', owes: 'match', where: 'packages/library-kit/src/index-worker/index-documents.ts' },
  { stage: 5, name: 'candidates and score', owes: null, where: 'services/matching/src/match/find-matches.ts' },
  { stage: 6, name: 'match proposed', owes: null, where: 'services/matching/src/match/store-matches.ts' },
  { stage: 7, name: 'review', owes: null, where: 'services/matching/src/review/decide-match.ts' },
  { stage: 8, name: 'introduction', owes: null, where: null },
  { stage: 9, name: 'outcome', owes: null, where: null },
  { stage: 10, name: 'project result', owes: null, where: null }
] as const

/** Kinds of derived work in the ledger. A worker that meets a kind without a handler does not start. */
export const workKinds = ['index', 'match', 'dossier', 'embed'] as const
export type WorkKind = (typeof workKinds)[number]

/** What an indexed record owes next: its matches, or where its library is not matched the dossiers of the demands it touches. */
export const workAfterIndex = (library: LibraryName): WorkKind => (counterparts[library] ? 'match' : 'dossier')

/** The queue channel on which a kind of work is hinted; one per library for indexing, for a queue is not a broadcast. */
export function channelOf(kind: WorkKind, library: LibraryName): string {
  return kind === 'index' ? `index-${library}` : kind
}
