import type { Library } from '@siku/library-kit'
import type { Test } from 'tap'
import { libraryBench, type Bench, type LibraryFixture } from './conformance/bench.ts'
import { auditCases } from './conformance/audit.ts'
import { badInputCases } from './conformance/bad-input.ts'
import { changeFeedCases } from './conformance/change-feed.ts'
import { contactCases } from './conformance/contacts.ts'
import { controlCases } from './conformance/control.ts'
import { draftCases } from './conformance/drafts.ts'
import { editCases } from './conformance/edits.ts'
import { fileCases } from './conformance/files.ts'
import { idempotencyCases } from './conformance/idempotency.ts'
import { leakCases } from './conformance/leaks.ts'
import { listCases } from './conformance/lists.ts'
import { privateWorkCases } from './conformance/private-work.ts'
import { reviewCases } from './conformance/review.ts'
import { stateCases } from './conformance/states.ts'
import { storedFileCases } from './conformance/stored-files.ts'
import { strangerCases } from './conformance/strangers.ts'
import { translationCases } from './conformance/translations.ts'
import { validityCases } from './conformance/validity.ts'
import { versionFileCases } from './conformance/version-files.ts'
import { visibilityCases } from './conformance/visibility.ts'

export type { Bench, LibraryFixture, Shown } from './conformance/bench.ts'
export { ifMatch, must } from './conformance/bench.ts'
export { outside, person, staff } from './conformance/people.ts'
export { ruleTable, type RuleExample } from './conformance/rules.ts'

export type Cases = (t: Test, bench: Bench) => void

// Those that move the clock come last.
const topics: readonly [string, Cases][] = [
  ['drafts', draftCases],
  ['bad input', badInputCases],
  ['edits and versions', editCases],
  ['review', reviewCases],
  ['identity leaks', leakCases],
  ['control states', controlCases],
  ['who sees what', visibilityCases],
  ['lists', listCases],
  ['change feed', changeFeedCases],
  ['contacts', contactCases],
  ['files', fileCases],
  ['files of versions', versionFileCases],
  ['stored files', storedFileCases],
  ['private work', privateWorkCases],
  ['idempotency', idempotencyCases],
  ['audit and work owed', auditCases],
  ['strangers', strangerCases],
  ['translations', translationCases],
  ['state table', stateCases],
  ['validity', validityCases]
]

/** What every library must do, said once: each service runs it on its own library, with cases of its own on the same bench after it. */
export async function libraryConformance(t: Test, library: Library, fixture: LibraryFixture): Promise<Bench> {
  const bench = await libraryBench(t, library, fixture)
  for (const [name, cases] of topics) await t.test(name, async (t) => cases(t, bench))
  return bench
}
