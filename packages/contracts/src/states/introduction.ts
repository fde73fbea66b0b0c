import type { IntroductionState } from './control.ts'
import type { Transition } from './machine.ts'

export type IntroductionEvent =
  | 'approach' | 'supplier-accept' | 'ask-demand' | 'demand-accept' | 'release'
  | 'contact' | 'meet' | 'pilot' | 'negotiate' | 'agree' | 'end'

const running: readonly IntroductionState[] = [
  'prepared', 'approached', 'supplier-accepted', 'demand-asked', 'accepted', 'released', 'contacted', 'met', 'pilot', 'contract-talks'
]
const gate = 'legal gate: both records open, consents, control state for that country, screening'

/** A case: the legal gate is evaluated before the approach and again before the release, and refuses for every role. */
export const introductionTable: readonly Transition<IntroductionState, IntroductionEvent>[] = [
  { from: ['prepared'], event: 'approach', to: 'approached', action: 'introduction.move', guard: gate },
  { from: ['approached'], event: 'supplier-accept', to: 'supplier-accepted', action: 'introduction.answer' },
  { from: ['supplier-accepted'], event: 'ask-demand', to: 'demand-asked', action: 'introduction.move', guard: gate },
  { from: ['demand-asked'], event: 'demand-accept', to: 'accepted', action: 'introduction.answer' },
  { from: ['accepted'], event: 'release', to: 'released', action: 'introduction.release', guard: gate },
  { from: ['released'], event: 'contact', to: 'contacted', action: 'introduction.move' },
  { from: ['contacted'], event: 'meet', to: 'met', action: 'introduction.move' },
  { from: ['met'], event: 'pilot', to: 'pilot', action: 'introduction.move' },
  { from: ['met', 'pilot'], event: 'negotiate', to: 'contract-talks', action: 'introduction.move' },
  { from: ['pilot', 'contract-talks'], event: 'agree', to: 'agreed', action: 'introduction.move', guard: 'an outcome with evidence' },
  { from: running, event: 'end', to: 'ended', action: 'introduction.move', guard: 'a reason code' }
]
