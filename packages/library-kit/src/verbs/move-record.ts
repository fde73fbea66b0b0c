import { nextState, recordTable } from '@siku/contracts'
import { changeRecord, type RecordChange, type Standing } from '../change-record.ts'
import { addDays, shanghaiDay, type LibraryContext } from '../context.ts'
import type { Library } from '../define-library.ts'
import { MergeTargetWrong, NotInState, RenewalRefused } from '../errors.ts'
import { getVersion, findRow, notInState } from '../load-record.ts'
import { setWorkingState, type Step } from '../move-working-version.ts'
import type { RecordRow } from '../tables.ts'
import type { RecordView } from '../to-record.ts'
import { validUntilFor } from '../validity.ts'

/** Hides a published record for a while; it keeps its place and its matches are held. */
export async function pauseRecord(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.pause',
    detail: { event: 'pause' },
    change: ({ row }) => ({ state: stateAfter(row, 'pause') })
  })
}

export async function resumeRecord(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.pause',
    detail: { event: 'resume' },
    change: ({ row }) => {
      const state = stateAfter(row, 'resume')
      if (row.validUntil && row.validUntil <= ctx.now()) throw NotInState('resume', 'past its validity', 'confirm')
      return { state }
    }
  })
}

/** Says that the record still holds: its clock starts anew. */
export async function confirmRecord(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.confirm',
    change: async ({ tx, row }) => {
      const isOver = row.validUntil !== null && row.validUntil <= ctx.now()
      // Paused by the calendar: the confirmation is what resuming waits for.
      const state = stateAfter(row, row.state === 'paused' && isOver ? 'resume' : 'confirm')
      refuseRenewal(ctx, library, row)
      const { draft } = await getVersion(tx, library, row.id, row.publishedVersion ?? 1)
      const validUntil = validUntilFor(library, draft, ctx.now())
      if (validUntil !== null && validUntil <= ctx.now())
        throw RenewalRefused('an end that the record itself names has passed; edit that date first')
      return {
        state,
        lastConfirmedAt: ctx.now(),
        validUntil,
        renewals: row.renewals + 1,
        openForInterest: isOver ? (draft.openForInterest ?? true) : row.openForInterest
      }
    }
  })
}

function refuseRenewal(ctx: LibraryContext, library: Library, row: RecordRow): void {
  const { renewalsMax, renewableDaysBefore, ageing } = library.validity
  if (ageing.length === 0) throw RenewalRefused('records of this library do not expire')
  if (renewalsMax !== null && row.renewals >= renewalsMax)
    throw RenewalRefused(`it was renewed ${row.renewals} times already; post it anew`)
  if (renewableDaysBefore === null || row.state === 'expired' || row.validUntil === null) return
  const earliest = addDays(row.validUntil, -renewableDaysBefore)
  if (ctx.now() < earliest) throw RenewalRefused(`it can be renewed from ${shanghaiDay(earliest)} on`)
}

export async function withdrawRecord(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.withdraw',
    change: (standing) => endedColumns(library, standing, 'withdraw')
  })
}

export async function archiveRecord(ctx: LibraryContext, library: Library, { id, revision }: Step): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.archive',
    change: (standing) => endedColumns(library, standing, 'archive')
  })
}

/** Says that the same thing was posted twice: this record ends and points at the one that goes on. */
export async function mergeRecord(
  ctx: LibraryContext,
  library: Library,
  { id, revision, into }: Step & { into: string }
): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.merge',
    detail: { into },
    change: async (standing) => {
      const { tx, row } = standing
      const ended = await endedColumns(library, standing, 'merge')
      const target = await findRow(tx, library, into)
      if (!target || target.id === row.id || !['published', 'paused'].includes(target.state))
        throw MergeTargetWrong().with({ errors: [{ pointer: '/into', detail: 'name another live record of this library' }] })
      return { ...ended, mergedInto: target.id }
    }
  })
}

/** Ends a record. What of it lies on the staff's desk goes back to a draft, so that nobody waits for it. */
async function endedColumns(library: Library, standing: Standing, event: 'withdraw' | 'archive' | 'merge'): Promise<RecordChange> {
  const { row } = standing
  const ended: RecordChange = { state: stateAfter(row, event), openForInterest: false }
  if (row.workingState === null || row.workingState === 'draft') return ended
  await setWorkingState(standing, library, 'draft')
  return { ...ended, workingState: 'draft' }
}

/** Published is not yet open for interest: this opens or closes that door alone. */
export async function setInterest(
  ctx: LibraryContext,
  library: Library,
  { id, revision, open }: Step & { open: boolean }
): Promise<RecordView> {
  return changeRecord(ctx, library, {
    id,
    revision,
    action: 'record.pause',
    detail: { event: open ? 'open' : 'close' },
    change: ({ row }) => {
      if (row.state !== 'published') throw notInState(row, open ? 'open' : 'close')
      if (open && row.validUntil && row.validUntil <= ctx.now()) throw NotInState('open', 'past its validity', 'confirm')
      return { openForInterest: open }
    }
  })
}

function stateAfter(row: RecordRow, event: 'pause' | 'resume' | 'confirm' | 'withdraw' | 'archive' | 'merge') {
  const state = nextState(recordTable, row.state, event)
  if (!state) throw notInState(row, event)
  return state
}
