import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { instantIn, type AccountContext } from '../accounts/account-context.ts'
import { addressOf, findAccountByEmail, type OrganisationRow } from '../accounts/account-rows.ts'
import { firstRoleOf } from '../accounts/givable-roles.ts'
import { issueLink, type Invitee, type IssuedLink } from '../accounts/links.ts'
import { getOrganisationFor } from '../accounts/of-organisation.ts'
import { AddressTaken, CreditCodeTaken, OrganisationNotPending } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

export type VerifyOrganisation = {
  id: string
  /** In place of who applied, where the address was wrong or is taken. */
  applicant?: { email: string; displayName: string }
}

/** Accepts an application and makes the link with which whoever applied confirms the sign-up. */
export async function verifyOrganisation(ctx: AccountContext, { id, applicant }: VerifyOrganisation): Promise<OnceResult<IssuedLink>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema, onRepeat: 'refuse' }, async () => {
      const organisation = await getOrganisationFor(tx, ctx.actor, { action: 'organisation.verify', id })
      if (organisation.state !== 'pending') throw OrganisationNotPending(organisation.state)
      const invitee = inviteeOf(organisation, applicant)
      if (await findAccountByEmail(tx, invitee.email)) throw AddressTaken()
      if (organisation.creditCode !== null) {
        const [other] = await tx.execute<{ id: string }>(sql`
        select id from gateway.organisation where credit_code = ${organisation.creditCode} and state in ('verified', 'suspended')`)
        if (other) throw CreditCodeTaken(other.id)
      }
      const decided = await tx.execute(sql`
      update gateway.organisation set state = 'verified', verified_at = ${instantIn(ctx, 0)}::timestamptz, verified_by = ${ctx.actor.id},
        applicant_name = null, applicant_email = null, applicant_language = null
      where id = ${id}::uuid and state = 'pending' returning 1`)
      if (decided.length === 0) throw OrganisationNotPending('decided already')
      const link = await issueLink(ctx, tx, { kind: 'sign-up', by: ctx.actor, target: { organisationId: id, invitee } })
      await writeAudit(tx, ctx.actor, { action: 'organisation.verify', detail: { organisation: id, link: link.id } })
      return { status: 200, id, value: link }
    })
  )
}

function inviteeOf(
  { type, applicantEmail, applicantName, applicantLanguage }: OrganisationRow,
  applicant: VerifyOrganisation['applicant']
): Invitee {
  return {
    email: addressOf(applicant?.email ?? applicantEmail ?? ''),
    displayName: applicant?.displayName ?? applicantName ?? '',
    language: applicantLanguage ?? 'en',
    roles: [firstRoleOf(type)]
  }
}
