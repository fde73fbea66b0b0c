import type { RouteAccess } from '@siku/service-kit'

export const reading = (action: string): { access: RouteAccess } => ({ access: { action, scope: 'gateway:read' } })
export const writing = (action: string): { access: RouteAccess } => ({ access: { action, scope: 'gateway:write' } })

/** A POST whose repetition does no harm, or which must not be remembered: signing in and what belongs to it. */
export const unrepeated = { idempotency: false } as const

/** Where guessing is worth a try. */
export const guarded = { rate: 'sign-in' } as const
