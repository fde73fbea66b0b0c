import type { Draft } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { updateRow } from './change-record.ts'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import { getVersion, isLive, notInState } from './load-record.ts'
import type { RecordRow, VersionRow } from './tables.ts'
import { stateForOtherText } from './verbs/control-record.ts'
import { filesOf, versionHash } from './version-files.ts'

/**
 * The version that an edit goes into: the draft in hand, or a new one beside what is published, which stays visible until the new one is
 * approved. While a version is with staff nobody edits it.
 */
export async function openWorking(tx: Tx, ctx: LibraryContext, library: Library, row: RecordRow): Promise<VersionRow> {
  if (!isLive(row) || (row.workingState !== null && row.workingState !== 'draft')) throw notInState(row, 'edit')
  if (row.workingVersion !== null) return getVersion(tx, library, row.id, row.workingVersion)
  const published = await getVersion(tx, library, row.id, row.publishedVersion ?? 1)
  const opened: VersionRow = {
    ...published,
    version: row.latestVersion + 1,
    state: 'draft',
    authors: [ctx.actor.id],
    createdAt: ctx.now(),
    decidedBy: null,
    decidedAt: null
  }
  await library.statements.insertVersion(tx, opened)
  return opened
}

export type Edit = { row: RecordRow; working: VersionRow; draft?: Draft }

/** Writes what an edit made of the working version, text or files, and lets the record follow. */
export async function closeEdit(
  tx: Tx,
  ctx: LibraryContext,
  library: Library,
  { row, working, draft = working.draft }: Edit
): Promise<RecordRow> {
  const hash = versionHash(draft, await filesOf(tx, library, row.id, working.version))
  const authors = [...new Set([...working.authors, ctx.actor.id])]
  await library.statements.updateVersion(tx, { recordId: row.id, version: working.version }, { draft, hash, authors })
  return updateRow(tx, ctx, library, {
    row,
    columns: {
      workingVersion: working.version,
      workingState: 'draft',
      latestVersion: Math.max(row.latestVersion, working.version),
      ...(row.publishedVersion === null ? draftColumns(library, row, draft) : {})
    }
  })
}

/** Until something is published the record's own columns follow the draft; afterwards they follow what is published. */
const draftColumns = (library: Library, row: RecordRow, draft: Draft) => ({
  sourceLanguage: draft.sourceLanguage,
  visibility: draft.visibility,
  openForInterest: draft.openForInterest ?? true,
  controlState: stateForOtherText(library, row),
  clearedCountries: []
})
