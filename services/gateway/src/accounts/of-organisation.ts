import { decide, type Actor } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { NotFound, toRefusal } from '@siku/service-kit'
import { findAccount, findOrganisation, type AccountRow, type OrganisationRow } from './account-rows.ts'
import { assertGivable } from './givable-roles.ts'

/** Throws as the access table says: what is another organisation's is answered like what does not exist. */
export function assertMay(actor: Actor, action: string, organisationId: string): void {
  const decision = decide(actor, action, { ownerOrganisationId: organisationId })
  if (!decision.allow) throw toRefusal(decision)
}

/** The organisation, if this actor may do this to it. */
export async function getOrganisationFor(tx: Tx, actor: Actor, { action, id }: { action: string; id: string }): Promise<OrganisationRow> {
  const organisation = await findOrganisation(tx, id)
  if (!organisation) throw NotFound()
  assertMay(actor, action, organisation.id)
  return organisation
}

/** The account, locked, if this actor may do this to one of its organisation. */
export async function getAccountFor(tx: Tx, actor: Actor, { action, id }: { action: string; id: string }): Promise<AccountRow> {
  const account = await findAccount(tx, id, 'lock')
  if (!account) throw NotFound()
  assertMay(actor, action, account.organisationId)
  return account
}

/** Nobody touches an account that holds more than they could have given: an officer does not disable the administrator. */
export async function assertBelow(tx: Tx, actor: Actor, account: AccountRow): Promise<void> {
  const organisation = await findOrganisation(tx, account.organisationId)
  if (!organisation) throw NotFound()
  assertGivable(actor, organisation, account.roles)
}
