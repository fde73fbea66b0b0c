import type { recordStates, workingStates } from '../codes.ts'
import type { Transition } from './machine.ts'

export type RecordState = (typeof recordStates)[number]
export type WorkingState = (typeof workingStates)[number]

export type WorkingEvent = 'submit' | 'take' | 'return' | 'approve' | 'recall'

/** The working version: what its author edits and staff review. The author never approves. */
export const workingVersionTable: readonly Transition<WorkingState, WorkingEvent>[] = [
  { from: ['draft'], event: 'submit', to: 'submitted', action: 'record.submit', guard: 'complete, declared, no unconfirmed identity leak' },
  { from: ['submitted'], event: 'recall', to: 'draft', action: 'record.submit' },
  { from: ['submitted'], event: 'take', to: 'in-review', action: 'record.take' },
  { from: ['submitted', 'in-review'], event: 'return', to: 'draft', action: 'record.return', guard: 'at least one reason' },
  { from: ['submitted', 'in-review'], event: 'approve', to: 'approved', action: 'record.approve', guard: 'not the author' }
]

export type RecordEvent = 'approve' | 'pause' | 'resume' | 'confirm' | 'expire' | 'withdraw' | 'archive' | 'merge'

/** The record itself, as readers meet it. */
export const recordTable: readonly Transition<RecordState, RecordEvent>[] = [
  { from: ['new', 'published', 'paused', 'expired'], event: 'approve', to: 'published', action: 'record.approve', guard: 'not prohibited, not secret' },
  { from: ['published'], event: 'pause', to: 'paused', action: 'record.pause' },
  { from: ['paused'], event: 'resume', to: 'published', action: 'record.pause', guard: 'not past its validity' },
  { from: ['published', 'expired'], event: 'confirm', to: 'published', action: 'record.confirm', guard: 'within the renewals its library allows' },
  { from: ['published', 'paused'], event: 'expire', to: 'expired', action: 'record.expire', guard: 'past its validity' },
  { from: ['new', 'published', 'paused', 'expired'], event: 'withdraw', to: 'withdrawn', action: 'record.withdraw' },
  { from: ['new', 'published', 'paused', 'expired', 'withdrawn'], event: 'archive', to: 'archived', action: 'record.archive' },
  { from: ['published', 'paused', 'expired'], event: 'merge', to: 'merged', action: 'record.merge', guard: 'into another record of the library' }
]
