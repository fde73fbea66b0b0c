import { nextState, workingVersionTable, type WorkingEvent, type WorkingState } from '@siku/contracts'
import { changeRecord, type RecordChange, type Standing } from './change-record.ts'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import { AuthorMayNot, NothingWorking } from './errors.ts'
import { isLive, notInState } from './load-record.ts'
import type { VersionRow } from './tables.ts'
import type { RecordView } from './to-record.ts'

export type Step = { id: string; revision: number }

/** A record with a version that is being worked on. */
export type WorkingStanding = Standing & { working: VersionRow }

export type WorkingMove = {
  event: WorkingEvent
  /** Action of the access table and of the audit row. */
  action: string
  detail?: Record<string, unknown>
  /** Whoever wrote the version may not do this to it. */
  notByAuthor?: true
  /** Looks at the version and says what else changes in the record, or throws why not. */
  change: (standing: WorkingStanding) => Promise<RecordChange> | RecordChange
  /** Who decided, where the version remembers it. */
  stamp?: Pick<VersionRow, 'decidedBy' | 'decidedAt'>
}

/** One step of the working version through its state table; version and record say the same state afterwards. */
export async function moveWorkingVersion(
  ctx: LibraryContext,
  library: Library,
  { id, revision }: Step,
  { event, action, detail, notByAuthor, change, stamp }: WorkingMove
): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action,
    ...(detail === undefined ? {} : { detail }),
    show: 'newest',
    change: async (standing) => {
      const { row, working } = standing
      if (!isLive(row)) throw notInState(row, event)
      if (!working) throw NothingWorking(event)
      const to = nextState(workingVersionTable, working.state, event)
      if (!to) throw notInState(row, event)
      if (notByAuthor && working.authors.includes(ctx.actor.id)) throw AuthorMayNot(event)
      const columns = await change({ ...standing, working })
      standing.alongside(setWorkingState(standing, library, to, stamp))
      return { workingState: to, ...columns }
    }
  })
}

/** Writes the state of the version in hand. */
export async function setWorkingState(
  { tx, row }: Standing,
  library: Library,
  state: WorkingState,
  stamp?: WorkingMove['stamp']
): Promise<void> {
  await library.statements.updateVersion(tx, { recordId: row.id, version: row.workingVersion ?? 0 }, { state, ...stamp })
}
