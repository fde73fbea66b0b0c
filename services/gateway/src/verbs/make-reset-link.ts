import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import type { AccountContext } from '../accounts/account-context.ts'
import { issueLink, type IssuedLink } from '../accounts/links.ts'
import { assertBelow, getAccountFor } from '../accounts/of-organisation.ts'
import { AccountDisabled, NotOneself } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

export type ResetLinkInput = { accountId: string; clearsTotp: boolean }

/** A link with which a person sets another password; it is handed over by whoever makes it, so that it works without a mail server. */
export async function makeResetLink(ctx: AccountContext, { accountId, clearsTotp }: ResetLinkInput): Promise<OnceResult<IssuedLink>> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: gatewaySchema, onRepeat: 'refuse' }, async () => {
      const account = await getAccountFor(tx, ctx.actor, { action: 'user.edit', id: accountId })
      if (account.state === 'disabled') throw AccountDisabled()
      if (account.id === ctx.actor.id) throw NotOneself('reset')
      // The operator keeps people signed in and may send staff a link, for their authenticator still stands before their account.
      if (clearsTotp || !ctx.actor.roles.includes('operator')) await assertBelow(tx, ctx.actor, account)
      const target = { organisationId: account.organisationId, accountId, clearsTotp }
      const link = await issueLink(ctx, tx, { kind: 'password-reset', by: ctx.actor, target })
      await writeAudit(tx, ctx.actor, { action: 'user.reset-link', detail: { user: accountId, clearsTotp } })
      return { status: 201, id: link.id, value: link }
    })
  )
}
