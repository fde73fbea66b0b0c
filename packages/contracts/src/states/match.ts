import type { declineCodes, matchStates } from '../codes.ts'
import type { Transition } from './machine.ts'

export type MatchState = (typeof matchStates)[number]
export type DeclineCode = (typeof declineCodes)[number]
export type MatchEvent = 'take' | 'approve' | 'reject' | 'defer' | 'due' | 'leave' | 'return' | 'renew'

/** A pair of demand and technology. Only the match worker proposes; only people decide. */
export const matchTable: readonly Transition<MatchState, MatchEvent>[] = [
  { from: ['proposed'], event: 'take', to: 'in-review', action: 'match.take' },
  { from: ['proposed', 'in-review', 'deferred'], event: 'approve', to: 'approved', action: 'match.decide', guard: 'both records open' },
  { from: ['proposed', 'in-review', 'deferred'], event: 'reject', to: 'rejected', action: 'match.decide', guard: 'a reason code' },
  { from: ['proposed', 'in-review'], event: 'defer', to: 'deferred', action: 'match.decide', guard: 'a day to come back' },
  { from: ['deferred'], event: 'due', to: 'proposed', action: 'match.wake' },
  { from: ['proposed', 'in-review', 'deferred'], event: 'leave', to: 'withdrawn', action: 'match.propose', guard: 'the pair left the match set' },
  { from: ['withdrawn'], event: 'return', to: 'proposed', action: 'match.propose', guard: 'the pair came back into the match set' },
  { from: ['rejected'], event: 'renew', to: 'proposed', action: 'match.propose', guard: 'a material new version; marked' }
]
