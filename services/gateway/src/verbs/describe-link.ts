import { asGateway, type AccountContext } from '../accounts/account-context.ts'
import { findAccount, findOrganisation } from '../accounts/account-rows.ts'
import { nameOf } from '../accounts/actor-of.ts'
import { findLink } from '../accounts/links.ts'
import { LinkUnusable } from '../errors.ts'

export type DescribedLink = { purpose: 'invitation' | 'reset'; email: string; displayName: string; organisation: string }

/** What a link is for, to whoever holds it; looking does not use it up. */
export async function describeLink(ctx: AccountContext, { token }: { token: string }): Promise<DescribedLink> {
  const described = await ctx.db.withRead(asGateway(ctx), async (tx) => {
    const link = await findLink(ctx, tx, token)
    if (!link) return undefined
    const organisation = await findOrganisation(tx, link.organisationId)
    const account = link.accountId === null ? undefined : await findAccount(tx, link.accountId)
    const email = account?.email ?? link.email
    if (!organisation || email === null) return undefined
    return {
      purpose: account ? ('reset' as const) : ('invitation' as const),
      email,
      displayName: account?.displayName ?? link.displayName ?? '',
      organisation: nameOf(organisation)
    }
  })
  if (!described) throw LinkUnusable()
  return described
}
