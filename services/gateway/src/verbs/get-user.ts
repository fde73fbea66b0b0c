import { NotFound } from '@siku/service-kit'
import type { AccountContext } from '../accounts/account-context.ts'
import { findAccount, type AccountRow } from '../accounts/account-rows.ts'
import { assertMay } from '../accounts/of-organisation.ts'

/** One person, to those who run the accounts of the organisation. */
export async function getUser(ctx: AccountContext, { id }: { id: string }): Promise<AccountRow> {
  const account = await ctx.db.withRead(ctx.actor, (tx) => findAccount(tx, id))
  if (!account) throw NotFound()
  assertMay(ctx.actor, 'user.list', account.organisationId)
  return account
}
