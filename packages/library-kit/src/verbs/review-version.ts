import type { RecordChange } from '../change-record.ts'
import type { LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { ControlForbids } from '../errors.ts'
import { moveWorkingVersion, type Step, type WorkingStanding } from '../move-working-version.ts'
import type { ReturnReason } from '../tables.ts'
import type { RecordView } from '../to-record.ts'
import { validUntilFor } from '../validity.ts'
import { stateForOtherText } from './control-record.ts'

/** A reviewer takes a submitted version in hand. */
export async function takeVersion(ctx: LibraryContext, library: Library, step: Step): Promise<RecordView> {
  return moveWorkingVersion(ctx, library, step, {
    event: 'take',
    action: 'record.take',
    notByAuthor: true,
    change: () => ({ handlerId: ctx.actor.id })
  })
}

/** Sends a version back to its author with coded reasons; the author sees them, not the notes of the review. */
export async function returnVersion(
  ctx: LibraryContext,
  library: Library,
  { reasons, ...step }: Step & { reasons: ReturnReason[] }
): Promise<RecordView> {
  return moveWorkingVersion(ctx, library, step, {
    event: 'return',
    action: 'record.return',
    detail: { codes: reasons.map((reason) => reason.code) },
    notByAuthor: true,
    change: ({ row }) => {
      const notes = reasons.map(({ code, text }) => ({ at: ctx.now().toISOString(), by: ctx.actor.id, code, text }))
      return { returnReasons: reasons, reviewNotes: [...row.reviewNotes, ...notes], handlerId: ctx.actor.id }
    }
  })
}

/** Publishes the working version. The public row, and with it the work owed, is written in the same transaction. */
export async function approveVersion(ctx: LibraryContext, library: Library, step: Step): Promise<RecordView> {
  return moveWorkingVersion(ctx, library, step, {
    event: 'approve',
    action: 'record.approve',
    notByAuthor: true,
    stamp: { decidedBy: ctx.actor.id, decidedAt: ctx.now() },
    change: (standing) => {
      const { row } = standing
      if (row.controlState === 'prohibited' || row.controlState === 'secret') throw ControlForbids(row.controlState)
      return publishedColumns(ctx, library, standing)
    }
  })
}

function publishedColumns(ctx: LibraryContext, library: Library, { row, working }: WorkingStanding): RecordChange {
  const { draft, version } = working
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
