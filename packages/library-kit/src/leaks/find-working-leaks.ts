import type { Tx } from '@siku/db'
import type { Library } from '../define-library.ts'
import type { RecordRow, VersionRow } from '../tables.ts'
import { filesOf } from '../version-files.ts'
import { findIdentityLeaks, type Leak } from './find-identity-leaks.ts'

/** What may tell the owner in a version that is being worked on, its files included. */
export async function findWorkingLeaks(
  tx: Tx,
  library: Library,
  { row, working }: { row: RecordRow; working: VersionRow }
): Promise<Leak[]> {
  return findIdentityLeaks(library, row.owner, working.draft, await filesOf(tx, library, row.id, working.version))
}
