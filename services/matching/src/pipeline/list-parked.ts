import { parkedWork } from '@siku/db'
import type { Context } from '@siku/service-kit'

export type ParkedLine = { kind: string; library: string; recordId: string; attempts: number; error: string | null; owedAt: string }

export async function listParked(ctx: Context, limit: number): Promise<{ data: ParkedLine[] }> {
  const parked = await ctx.db.withRead(ctx.actor, (tx) => parkedWork(tx, limit))
  const data = parked.map(({ kind, library, recordId, attempts, error, owedAt }) => ({
    kind,
    library,
    recordId,
    attempts,
    error: messageOf(error),
    owedAt: new Date(owedAt).toISOString()
  }))
  return { data }
}

const messageOf = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : null
