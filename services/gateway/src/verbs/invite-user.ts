import type { Language, Role } from '@siku/contracts'
import { writeAudit } from '@siku/db'
import { NotFound, once, type OnceResult } from '@siku/service-kit'
import type { AccountContext } from '../accounts/account-context.ts'
import { addressOf } from '../accounts/account-rows.ts'
import { assertGivable } from '../accounts/givable-roles.ts'
import { issueLink, type IssuedLink } from '../accounts/links.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'
import { OrganisationStateUnfit } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

export type InviteUser = { email: string; displayName: string; language: Language; roles: Role[]; organisationId?: string }

/**
 * Makes an invitation. That an address has an account elsewhere shows only to whoever opens the link, so that inviting does not tell
 * who has one.
 */
export async function inviteUser(ctx: AccountContext, input: InviteUser): Promise<OnceResult<IssuedLink>> {
  const organisationId = input.organisationId ?? ctx.actor.organisationId
  if (organisationId === null) throw NotFound()
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema, onRepeat: 'refuse' }, async () => {
      const organisation = await getOrganisationFor(tx, ctx.actor, { action: 'user.invite', id: organisationId })
      if (organisation.state !== 'verified') throw OrganisationStateUnfit(organisation.state, 'verified')
      assertGivable(ctx.actor, organisation, input.roles)
      const invitee = { email: addressOf(input.email), displayName: input.displayName, language: input.language, roles: input.roles }
      const link = await issueLink(ctx, tx, { kind: 'invitation', by: ctx.actor, target: { organisationId, invitee } })
      await writeAudit(tx, ctx.actor, {
        action: 'user.invite',
        detail: { organisation: organisationId, link: link.id, roles: input.roles }
      })
      return { status: 201, id: link.id, value: link }
    })
  )
}
