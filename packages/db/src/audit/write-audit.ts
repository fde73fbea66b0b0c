import type { Actor, LibraryName } from '@siku/contracts'
import type { Tx } from '../connect.ts'
import { statement } from '../statements.ts'

export type AuditEntry = {
  action: string
  library?: LibraryName
  recordId?: string
  /** Ids and codes only; never a person’s data, never text. */
  detail?: Record<string, unknown>
}

const insert = statement(`insert into audit.entry (actor_kind, actor_id, organisation_id, action, library, record_id, request_id, detail)
  values ($1, $2, $3::uuid, $4, $5, $6::uuid, $7, $8::jsonb)`)

/** One row in the transaction of the change: no audit, no change. */
export async function writeAudit(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  const { kind, id, organisationId, requestId } = actor
  const { action, library = null, recordId = null, detail = {} } = entry
  await insert(tx, kind, id, organisationId, action, library, recordId, requestId, JSON.stringify(detail))
}
