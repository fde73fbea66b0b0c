import type { Draft } from '@siku/contracts'
import { addDays } from './context.ts'
import type { Library } from './define-library.ts'

/** Until when a record counts as open: the first thing the calendar does to it, or an end that its details carry, whichever comes first. */
export function validUntilFor(library: Library, draft: Draft, confirmedAt: Date): Date | null {
  const first = Math.min(...library.validity.ageing.map((step) => step.afterDays))
  const aged = Number.isFinite(first) ? addDays(confirmedAt, first) : null
  const own = library.endsOn?.(draft as never)
  const ended = own ? new Date(`${own}T16:00:00.000Z`) : null
  if (aged === null) return ended
  return ended !== null && ended < aged ? ended : aged
}
