import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { hourMs, instantIn, minuteMs, type AccountContext } from '../accounts/account-context.ts'
import { accountColumns, instant, organisationColumns, type AccountRow, type OrganisationRow } from '../accounts/account-rows.ts'
import { hashToken, newToken } from '../accounts/secrets.ts'

export type SessionStage = 'full' | 'totp' | 'enrolment'
export type OpenedBy = 'password' | 'totp' | 'recovery-code' | 'oidc' | 'link'

export type OpenSession = { sessionId: string; stage: SessionStage; lastSeenAt: string; account: AccountRow; organisation: OrganisationRow }
export type NewSession = { accountId: string; stage: SessionStage; openedBy: OpenedBy; agent: string }
export type GivenSession = { id: string; token: string; stage: SessionStage; expiresAt: string }

const halfLifeMs = 15 * minuteMs
const seenEveryMs = minuteMs

/** Opens a session under a fresh token, so that a token known before signing in is worth nothing after. */
export async function openSession(ctx: AccountContext, tx: Tx, { accountId, stage, openedBy, agent }: NewSession): Promise<GivenSession> {
  const id = ctx.newId()
  const token = newToken()
  const expiresAt = instantIn(ctx, stage === 'full' ? ctx.settings.sessionHours * hourMs : halfLifeMs)
  const now = instantIn(ctx, 0)
  await tx.execute(sql`
    insert into gateway.session (id, account_id, token_hash, stage, opened_by, agent, created_at, last_seen_at, expires_at)
    values (${id}, ${accountId}, ${hashToken(token)}, ${stage}, ${openedBy}, ${agent}, ${now}::timestamptz, ${now}::timestamptz, ${expiresAt}::timestamptz)`)
  return { id, token, stage, expiresAt }
}

/** The session of a token, with whose it is; undefined where it is over. */
export async function findSession(ctx: AccountContext, tx: Tx, token: string): Promise<OpenSession | undefined> {
  const [row] = await tx.execute<{
    session: { id: string; stage: SessionStage; lastSeenAt: string }
    account: AccountRow
    organisation: OrganisationRow
  }>(sql`
    select jsonb_build_object('id', s.id, 'stage', s.stage, 'lastSeenAt', ${instant(sql`s.last_seen_at`)}) as session,
      (select to_jsonb(r) from (select ${accountColumns}) r) as account, (select to_jsonb(r) from (select ${organisationColumns}) r) as organisation
    from gateway.session s join gateway.account a on a.id = s.account_id join gateway.organisation o on o.id = a.organisation_id
    where s.token_hash = ${hashToken(token)} and s.revoked_at is null and s.expires_at > ${instantIn(ctx, 0)}::timestamptz
      and s.last_seen_at > ${instantIn(ctx, -ctx.settings.idleHours * hourMs)}::timestamptz`)
  return (
    row && {
      sessionId: row.session.id,
      stage: row.session.stage,
      lastSeenAt: row.session.lastSeenAt,
      account: row.account,
      organisation: row.organisation
    }
  )
}

/** Once a minute is enough to know who was here, and costs no write on every read. */
export const isSeenLongAgo = (ctx: AccountContext, session: Pick<OpenSession, 'lastSeenAt'>): boolean =>
  Date.parse(session.lastSeenAt) < ctx.now().getTime() - seenEveryMs

export async function markSeen(ctx: AccountContext, tx: Tx, sessionId: string): Promise<void> {
  await tx.execute(sql`update gateway.session set last_seen_at = ${instantIn(ctx, 0)}::timestamptz where id = ${sessionId}::uuid`)
}

/** Ends sessions of an account; all but one where a person changes the own password. Returns how many. */
export async function revokeSessions(
  ctx: AccountContext,
  tx: Tx,
  { accountId, except }: { accountId: string; except?: string }
): Promise<number> {
  const ended = await tx.execute(sql`
    update gateway.session set revoked_at = ${instantIn(ctx, 0)}::timestamptz
    where account_id = ${accountId}::uuid and revoked_at is null and id is distinct from ${except ?? null}::uuid returning 1`)
  return ended.length
}

export async function revokeSessionById(ctx: AccountContext, tx: Tx, sessionId: string): Promise<boolean> {
  const ended = await tx.execute(sql`
    update gateway.session set revoked_at = ${instantIn(ctx, 0)}::timestamptz where id = ${sessionId}::uuid and revoked_at is null returning 1`)
  return ended.length > 0
}

/** What kind of program a session was opened with; the full User-Agent would identify a person's machine. */
export function agentClassOf(userAgent: string | undefined): string {
  if (userAgent === undefined || userAgent === '') return 'unknown'
  if (/mobile|android|iphone|ipad|micromessenger/i.test(userAgent)) return 'phone'
  return /mozilla/i.test(userAgent) ? 'browser' : 'program'
}
