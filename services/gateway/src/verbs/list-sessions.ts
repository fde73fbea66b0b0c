import { sql } from 'drizzle-orm'
import { hourMs, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { instant } from '../accounts/account-rows.ts'

export type SessionLine = {
  id: string
  agent: string
  openedBy: string
  createdAt: string
  lastSeenAt: string
  expiresAt: string
  isThis: boolean
}

const listedMax = 200

/** The caller's own open sessions, newest first. */
export async function listSessions(ctx: AccountContext, { current }: { current: string | undefined }): Promise<SessionLine[]> {
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const rows = await tx.execute<SessionLine>(sql`
      select id, agent, opened_by as "openedBy", ${instant(sql`created_at`)} as "createdAt", ${instant(sql`last_seen_at`)} as "lastSeenAt",
        ${instant(sql`expires_at`)} as "expiresAt", id is not distinct from ${current ?? null}::uuid as "isThis"
      from gateway.session
      where account_id = ${ctx.actor.id}::uuid and stage = 'full' and revoked_at is null and expires_at > ${instantIn(ctx, 0)}::timestamptz
        and last_seen_at > ${instantIn(ctx, -ctx.settings.idleHours * hourMs)}::timestamptz
      order by created_at desc, id desc limit ${listedMax}`)
    return [...rows]
  })
}
