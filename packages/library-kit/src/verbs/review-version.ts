import { nextState, recordTable, workingVersionTable } from '@siku/contracts'
import { changeRecord, type RecordChange, type Standing } from '../change-record.ts'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { AuthorMayNot, ControlForbids } from '../errors.ts'
import { notInState } from '../load-record.ts'
import type { ReturnReason } from '../tables.ts'
import type { RecordView } from '../to-record.ts'
import { stateForOtherText } from './control-record.ts'
import { requireWorking, setWorkingState, type Step } from './submit-version.ts'
import { validUntilFor } from '../validity.ts'

/** A reviewer takes a submitted version in hand. */
export async function takeVersion(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.take',
    show: 'newest',
    change: async (standing) => {
      const working = requireWorking(standing, 'take')
      const to = nextState(workingVersionTable, working.state, 'take')
      if (!to) throw notInState(standing.row, 'take')
      refuseAuthor(ctx, standing, 'take')
      await setWorkingState(standing, library, 'in-review')
      return { workingState: 'in-review', handlerId: ctx.actor.id }
    }
  })
}

/** Sends a version back to its author with coded reasons; the author sees them, not the notes of the review. */
export async function returnVersion(
  ctx: LibraryContext,
  library: Library,
  { id, revision, reasons }: Step & { reasons: ReturnReason[] }
): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.return',
    show: 'newest',
    detail: { codes: reasons.map((reason) => reason.code) },
    change: async (standing) => {
      const working = requireWorking(standing, 'return')
      if (!nextState(workingVersionTable, working.state, 'return')) throw notInState(standing.row, 'return')
      refuseAuthor(ctx, standing, 'return')
      await setWorkingState(standing, library, 'draft')
      const notes = reasons.map(({ code, text }) => ({ at: ctx.now().toISOString(), by: ctx.actor.id, code, text }))
      return {
        workingState: 'draft',
        returnReasons: reasons,
        reviewNotes: [...standing.row.reviewNotes, ...notes],
        handlerId: ctx.actor.id
      }
    }
  })
}

function refuseAuthor(ctx: LibraryContext, { working }: Standing, event: string): void {
  if (working?.authors.includes(ctx.actor.id)) throw AuthorMayNot(event)
}

/** Publishes the working version. The public row, and with it the work owed, is written in the same transaction. */
export async function approveVersion(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.approve',
    change: async (standing) => {
      const working = requireWorking(standing, 'approve')
      const { row } = standing
      if (!nextState(workingVersionTable, working.state, 'approve') || !nextState(recordTable, row.state, 'approve'))
        throw notInState(row, 'approve')
      refuseAuthor(ctx, standing, 'approve')
      if (row.controlState === 'prohibited' || row.controlState === 'secret') throw ControlForbids(row.controlState)
      await closeVersion(ctx, library, standing)
      return publishedColumns(ctx, library, standing)
    }
  })
}

async function closeVersion(ctx: LibraryContext, library: Library, { tx, row, working }: Standing): Promise<void> {
  const decision = { state: 'approved', decidedBy: ctx.actor.id, decidedAt: ctx.now() } as const
  await library.statements.updateVersion(tx, { recordId: row.id, version: working?.version ?? 0 }, decision)
}

function publishedColumns(ctx: LibraryContext, library: Library, standing: Standing): RecordChange {
  const { row } = standing
  const { draft, version } = requireWorking(standing, 'approve')
  const now = ctx.now()
  const startsAnew = row.publishedVersion === null || row.state !== 'published'
  const confirmedAt = startsAnew ? now : (row.lastConfirmedAt ?? now)
  return {
    state: 'published',
    publishedVersion: version,
    workingVersion: null,
    workingState: null,
    handlerId: null,
    sourceLanguage: draft.sourceLanguage,
    visibility: draft.visibility,
    openForInterest: startsAnew ? (draft.openForInterest ?? true) : row.openForInterest,
    publishedAt: row.publishedAt ?? now,
    lastConfirmedAt: confirmedAt,
    returnReasons: [],
    validUntil: validUntilFor(library, draft, confirmedAt),
    ...(row.publishedVersion !== null ? { controlState: stateForOtherText(library, row), clearedCountries: [] } : {})
  }
}
