import type { Actor, Role } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { LinkUnusable } from '../errors.ts'
import { dayMs, hourMs, instantIn, type AccountContext } from './account-context.ts'
import { instant, textArray } from './account-rows.ts'
import { hashToken, newToken } from './secrets.ts'

export type LinkKind = 'invitation' | 'sign-up' | 'first-admin' | 'password-reset'

const lifeMs: Record<LinkKind, number> = {
  invitation: 14 * dayMs,
  'sign-up': 14 * dayMs,
  'first-admin': dayMs,
  'password-reset': 4 * hourMs
}

/** Whom an invitation is for; the account begins when it is accepted. */
export type Invitee = { email: string; displayName: string; language: string; roles: readonly Role[] }

export type LinkTarget = { organisationId: string; invitee: Invitee } | { organisationId: string; accountId: string; clearsTotp: boolean }

export type LinkRow = {
  id: string
  kind: LinkKind
  organisationId: string
  accountId: string | null
  email: string | null
  displayName: string | null
  language: string | null
  roles: Role[] | null
  clearsTotp: boolean
  expiresAt: string
}

export type IssuedLink = { id: string; url: string; expiresAt: string }

export const linkColumns = sql`l.id, l.kind, l.organisation_id as "organisationId", l.account_id as "accountId", l.email,
  l.display_name as "displayName", l.language, to_jsonb(l.roles) as roles, l.clears_totp as "clearsTotp", ${instant(sql`l.expires_at`)} as "expiresAt"`

/** Makes a link that works once. The address is in nothing but the answer: whoever made it hands it over, with or without a mail server. */
export async function issueLink(
  ctx: AccountContext,
  tx: Tx,
  { kind, by, target }: { kind: LinkKind; by: Actor; target: LinkTarget }
): Promise<IssuedLink> {
  const token = newToken()
  const id = ctx.newId()
  const expiresAt = instantIn(ctx, lifeMs[kind])
  const invitee = 'invitee' in target ? target.invitee : undefined
  const reset = 'accountId' in target ? target : undefined
  await tx.execute(sql`
    insert into gateway.link (id, kind, token_hash, organisation_id, account_id, email, display_name, language, roles, clears_totp, created_by,
      created_at, expires_at)
    values (${id}, ${kind}, ${hashToken(token)}, ${target.organisationId}, ${reset?.accountId ?? null}::uuid, ${invitee?.email ?? null},
      ${invitee?.displayName ?? null}, ${invitee?.language ?? null}, ${invitee ? textArray(invitee.roles) : sql`null`}, ${reset?.clearsTotp ?? false},
      ${by.id}, ${instantIn(ctx, 0)}::timestamptz, ${expiresAt}::timestamptz)`)
  return { id, expiresAt, url: `${ctx.settings.publicUrl}/link?token=${token}` }
}

/** The link as it stands; looking at it does not use it up. */
export async function findLink(ctx: AccountContext, tx: Tx, token: string): Promise<LinkRow | undefined> {
  const [row] = await tx.execute<LinkRow>(sql`
    select ${linkColumns} from gateway.link l
    where l.token_hash = ${hashToken(token)} and l.used_at is null and l.expires_at > ${instantIn(ctx, 0)}::timestamptz`)
  return row
}

/** Uses a link up. Of two who open it at once, one gets it. */
export async function takeLink(ctx: AccountContext, tx: Tx, token: string): Promise<LinkRow> {
  const now = instantIn(ctx, 0)
  const [row] = await tx.execute<LinkRow>(sql`
    update gateway.link l set used_at = ${now}::timestamptz
    where l.token_hash = ${hashToken(token)} and l.used_at is null and l.expires_at > ${now}::timestamptz returning ${linkColumns}`)
  if (!row) throw LinkUnusable()
  return row
}
