import type { Actor, LibraryName } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Tx } from '../connect.ts'

export type AuditEntry = {
  action: string
  library?: LibraryName
  recordId?: string
  /** Ids and codes only; never a person’s data, never text. */
  detail?: Record<string, unknown>
}

/** One row in the transaction of the change: no audit, no change. */
export async function writeAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  await tx.execute(sql`
    insert into audit.entry (actor_kind, actor_id, organisation_id, action, library, record_id, request_id, detail)
    values (${actor.kind}, ${actor.id}, ${actor.organisationId}::uuid, ${entry.action}, ${entry.library ?? null}, ${entry.recordId ?? null}::uuid,
      ${actor.requestId}, ${JSON.stringify(entry.detail ?? {})}::jsonb)`)
}
