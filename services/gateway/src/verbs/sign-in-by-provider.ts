import { writeAudit, type Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { addressOf, findAccount, findAccountByEmail, findOrganisation, type AccountRow } from '../accounts/account-rows.ts'
import { isAdmitted } from '../accounts/actor-of.ts'
import { findCredential } from '../accounts/credentials.ts'
import { needsTotp } from '../accounts/givable-roles.ts'
import { linkColumns, type LinkRow } from '../accounts/links.ts'
import { OidcRefused } from '../errors.ts'
import type { Claims } from '../oidc/provider.ts'
import { actorOfSession } from '../sessions/authenticate.ts'
import { openSession, type GivenSession } from '../sessions/session-store.ts'
import { createInvited } from './accept-invitation.ts'

/**
 * Signs in whom an identity provider vouches for. It opens the account it was linked to; a first time it links by a verified address,
 * and only to somebody who has an account or one open invitation. Staff still show their authenticator.
 */
export async function signInByProvider(ctx: AccountContext, { claims, agent }: { claims: Claims; agent: string }): Promise<GivenSession> {
  return ctx.db.withTx(asGateway(ctx), async (tx) => {
    const account = (await findLinked(tx, claims)) ?? (await linkByAddress(ctx, tx, claims))
    const organisation = await findOrganisation(tx, account.organisationId)
    if (!organisation || !isAdmitted(account, organisation)) throw OidcRefused('there is no account for this person; ask to be invited')
    const credential = await findCredential(tx, account.id)
    const stage = credential?.totpConfirmed ? 'totp' : needsTotp(account.roles) ? 'enrolment' : 'full'
    await writeAudit(tx, actorOfSession(ctx, { account, organisation }), { action: 'session.open', detail: { stage, by: 'oidc' } })
    return openSession(ctx, tx, { accountId: account.id, stage, openedBy: 'oidc', agent })
  })
}

async function findLinked(tx: Tx, { issuer, subject }: Claims): Promise<AccountRow | undefined> {
  const [row] = await tx.execute<{ accountId: string }>(sql`
    select account_id as "accountId" from gateway.oidc_identity where issuer = ${issuer} and subject = ${subject}`)
  return row && findAccount(tx, row.accountId)
}

async function linkByAddress(ctx: AccountContext, tx: Tx, { issuer, subject, email, emailVerified }: Claims): Promise<AccountRow> {
  if (email === undefined || !emailVerified)
    throw OidcRefused('it does not vouch for a mail address; have it verified there, or sign in with a password')
  const account = (await findAccountByEmail(tx, email)) ?? (await acceptOnlyInvitation(ctx, tx, addressOf(email)))
  await tx.execute(sql`
    insert into gateway.oidc_identity (issuer, subject, account_id, linked_at) values (${issuer}, ${subject}, ${account.id}, ${instantIn(ctx, 0)}::timestamptz)`)
  return account
}

/** Two organisations may have invited the same address: which one is meant, the person says by opening its link. */
async function acceptOnlyInvitation(ctx: AccountContext, tx: Tx, email: string): Promise<AccountRow> {
  const now = instantIn(ctx, 0)
  const rows = await tx.execute<LinkRow>(sql`
    select ${linkColumns} from gateway.link l
    where l.email = ${email} and l.used_at is null and l.expires_at > ${now}::timestamptz order by l.id for update limit 20`)
  const [link] = rows
  if (!link) throw OidcRefused('there is no account for this person; ask to be invited')
  if (rows.some(({ organisationId }) => organisationId !== link.organisationId))
    throw OidcRefused('several organisations have invited this address; open the link of the one you mean')
  return createInvited(ctx, tx, rows[rows.length - 1] as LinkRow)
}
