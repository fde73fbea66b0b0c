import { writeAudit } from '@siku/db'
import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { findAccount, findOrganisation, textArray, type AccountRow } from '../accounts/account-rows.ts'
import { storePassword } from '../accounts/credentials.ts'
import { needsTotp } from '../accounts/givable-roles.ts'
import { findLink, takeLink, type Invitee, type LinkRow } from '../accounts/links.ts'
import { assertPasswordFit, hashPassword } from '../accounts/passwords.ts'
import { AddressTaken, LinkUnusable } from '../errors.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { openSession, type GivenSession } from '../sessions/session-store.ts'

export type AcceptInvitation = { token: string; displayName?: string; password: string; agent: string }

/** Makes the account an invitation promised, and signs it in; staff go on to their authenticator. */
export async function acceptInvitation(
  ctx: AccountContext,
  { token, displayName, password, agent }: AcceptInvitation
): Promise<GivenSession> {
  const email = await ctx.db.withRead(asGateway(ctx), async (tx) => (await findLink(ctx, tx, token))?.email)
  if (!email) throw LinkUnusable()
  assertPasswordFit(password, { email })
  const passwordHash = await hashPassword(password)
  return ctx.db.withTx(asGateway(ctx), async (tx) => {
    const account = await createInvited(ctx, tx, await takeLink(ctx, tx, token), displayName)
    await storePassword(ctx, tx, { accountId: account.id, passwordHash })
    const stage = needsTotp(account.roles) ? 'enrolment' : 'full'
    return openSession(ctx, tx, { accountId: account.id, stage, openedBy: 'link', agent })
  })
}

/** The account of an invitation that was just taken; other invitations of the same address lapse with it. */
export async function createInvited(ctx: AccountContext, tx: Tx, link: LinkRow, displayName?: string): Promise<AccountRow> {
  const invitee = inviteeOf(link)
  const organisation = await findOrganisation(tx, link.organisationId)
  if (!invitee || organisation?.state !== 'verified') throw LinkUnusable()
  const id = ctx.newId()
  const made = await tx.execute(sql`
    insert into gateway.account (id, email, display_name, language, organisation_id, roles, created_at)
    values (${id}, ${invitee.email}, ${displayName ?? invitee.displayName}, ${invitee.language}, ${link.organisationId}, ${textArray(invitee.roles)},
      ${instantIn(ctx, 0)}::timestamptz)
    on conflict (email) do nothing returning 1`)
  const account = await findAccount(tx, id)
  if (made.length === 0 || !account) throw AddressTaken()
  await tx.execute(
    sql`update gateway.link set used_at = ${instantIn(ctx, 0)}::timestamptz where email = ${invitee.email} and used_at is null`
  )
  await writeAudit(tx, actorOfSession(ctx, { account, organisation }), {
    action: 'user.accept',
    detail: { link: link.id, kind: link.kind }
  })
  return account
}

function inviteeOf({ email, displayName, language, roles }: LinkRow): Invitee | undefined {
  return email === null || displayName === null || roles === null ? undefined : { email, displayName, language: language ?? 'en', roles }
}
