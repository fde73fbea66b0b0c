import type { Reading, Turn } from '@siku/contracts'
import { addDays, shanghaiDay } from './context.ts'
import { isLive } from './load-record.ts'
import type { Library } from './define-library.ts'
import type { RecordRow } from './tables.ts'

const reviewDays = 5
const noticeDays = 14

/** Whose turn it is, and by when: nothing but a function of state and dates. That something is being worked on is told inside only. */
export function turnOf(library: Library, row: RecordRow, { now, inside, reading }: Reader): Turn {
  const working = inside && isLive(row) ? workingTurn(row) : undefined
  if (working) return working
  const turn = recordTurn(library, row, now)
  if (turn.side !== 'nobody' || row.state !== 'published' || reading?.state !== 'needs-translation') return turn
  return { side: 'owner', does: 'add a reviewed translation, without which it is matched with nothing', by: null }
}

type Reader = { now: Date; inside: boolean; reading?: Reading | undefined }

function workingTurn(row: RecordRow): Turn | undefined {
  if (row.workingState === 'submitted' || row.workingState === 'in-review') {
    return { side: 'staff', does: 'review the submitted version', by: shanghaiDay(addDays(row.submittedAt ?? row.updatedAt, reviewDays)) }
  }
  if (row.workingState !== 'draft') return undefined
  const does = row.returnReasons.length > 0 ? 'answer the reasons it was returned for' : 'complete and submit the draft'
  return { side: 'owner', does, by: null }
}

function recordTurn(library: Library, row: RecordRow, now: Date): Turn {
  const by = row.validUntil && lastDay(row.validUntil)
  if ((row.state === 'published' || row.state === 'paused') && row.validUntil && addDays(row.validUntil, -noticeDays) <= now) {
    return { side: 'owner', does: 'confirm that it still holds', by }
  }
  if (row.state === 'expired' && library.validity.ageing.length > 0) return { side: 'owner', does: 'renew or withdraw it', by: null }
  return { side: 'nobody', does: 'nothing is due', by }
}

/** The end is exclusive: what holds until midnight holds on the day before. */
const lastDay = (end: Date): string => shanghaiDay(new Date(end.getTime() - 1))
