import type { controlStates, introductionStates } from '../codes.ts'
import type { Transition } from './machine.ts'

export type ControlState = (typeof controlStates)[number]
export type ControlEvent = 'flag' | 'assess-not-listed' | 'assess-free' | 'assess-restricted' | 'assess-prohibited' | 'assess-dual-use' | 'assess-undetermined' | 'not-applicable'

const assessable: readonly ControlState[] = [
  'unassessed', 'machine-flagged', 'not-listed', 'free', 'restricted', 'prohibited', 'dual-use', 'undetermined'
]

/** The control case of a technology. Every assessment takes effect when a second person confirms it; machines only raise. */
export const controlTable: readonly Transition<ControlState, ControlEvent>[] = [
  { from: ['unassessed', 'not-listed', 'free'], event: 'flag', to: 'machine-flagged', action: 'control.flag' },
  { from: assessable, event: 'assess-not-listed', to: 'not-listed', action: 'control.assess', guard: 'confirmed by another person' },
  { from: assessable, event: 'assess-free', to: 'free', action: 'control.assess', guard: 'confirmed by another person' },
  { from: assessable, event: 'assess-restricted', to: 'restricted', action: 'control.assess', guard: 'confirmed by another person' },
  { from: assessable, event: 'assess-prohibited', to: 'prohibited', action: 'control.assess', guard: 'confirmed by another person' },
  { from: assessable, event: 'assess-dual-use', to: 'dual-use', action: 'control.assess', guard: 'confirmed by another person' },
  { from: assessable, event: 'assess-undetermined', to: 'undetermined', action: 'control.assess', guard: 'confirmed by another person' },
  { from: assessable, event: 'not-applicable', to: 'not-applicable', action: 'control.assess', guard: 'offered from abroad; confirmed by another person' }
]

/** Cleared without a letter; `restricted` is cleared for the countries of a letter in force only. */
export const clearedStates: readonly ControlState[] = ['not-listed', 'free', 'not-applicable']

export type IntroductionState = (typeof introductionStates)[number]
