import { isCountryCode, type Language, type organisationTypes } from '@siku/contracts'
import { writeAudit } from '@siku/db'
import { once, type OnceResult } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { asGateway, instantIn, type AccountContext } from '../accounts/account-context.ts'
import { addressOf } from '../accounts/account-rows.ts'
import { creditCodeFault } from '../accounts/credit-code.ts'
import { ApplicationIncomplete, CreditCodeWrong } from '../errors.ts'
import { gatewaySchema } from '../migrations.ts'

export type Application = {
  type: (typeof organisationTypes)[number]
  nameZh?: string
  nameEn?: string
  nameLocal?: string
  country: string
  district?: string
  creditCode?: string
  noteReference?: string
  applicant: { email: string; displayName: string; language: Language }
}

/**
 * Files an application; anybody may. The answer is the same whether an address or a code is known here already: intake sees that, the
 * stranger does not. No account exists until staff have verified the organisation.
 */
export async function applyOrganisation(ctx: AccountContext, application: Application): Promise<OnceResult<undefined>> {
  assertComplete(application)
  const { applicant } = application
  return ctx.db.withTx(asGateway(ctx), (tx) =>
    once(ctx, tx, { schema: gatewaySchema }, async () => {
      const id = ctx.newId()
      await tx.execute(sql`
      insert into gateway.organisation (id, type, name_zh, name_en, name_local, country, district, credit_code, note_reference,
        applicant_name, applicant_email, applicant_language, created_at)
      values (${id}, ${application.type}, ${application.nameZh ?? null}, ${application.nameEn ?? null}, ${application.nameLocal ?? null},
        ${application.country}, ${application.district ?? null}, ${application.creditCode ?? null}, ${application.noteReference ?? null},
        ${applicant.displayName}, ${addressOf(applicant.email)}, ${applicant.language}, ${instantIn(ctx, 0)}::timestamptz)`)
      await writeAudit(tx, ctx.actor, {
        action: 'organisation.apply',
        detail: { organisation: id, type: application.type, country: application.country }
      })
      return { status: 202, id, value: undefined }
    })
  )
}

/** What has no licence of the mainland’s register even where its country is China. */
const unregistered: readonly string[] = ['embassy', 'consulate', 'international-organisation']

function assertComplete({ type, country, nameZh, nameEn, nameLocal, creditCode, noteReference }: Application): void {
  if ([nameZh, nameEn, nameLocal].every((name) => name === undefined))
    throw incomplete('/nameEn', 'is needed where neither nameZh nor nameLocal is given')
  if (!isCountryCode(country)) throw incomplete('/country', 'must be an ISO 3166-1 alpha-2 code in use, such as KZ')
  if (country === 'CN' && !unregistered.includes(type)) {
    if (nameZh === undefined) throw incomplete('/nameZh', 'is required of an organisation registered in mainland China, as on its licence')
    if (creditCode === undefined) throw incomplete('/creditCode', 'is required of an organisation registered in mainland China')
    const fault = creditCodeFault(creditCode)
    if (fault !== undefined) throw CreditCodeWrong(fault).with({ errors: [{ pointer: '/creditCode', detail: fault }] })
  } else if (creditCode !== undefined) {
    throw incomplete('/creditCode', 'belongs to organisations registered in mainland China; leave it out')
  }
  if ((type === 'embassy' || type === 'consulate') && noteReference === undefined) {
    throw incomplete('/noteReference', 'is required of a mission: the number of the note verbale that names the applicant')
  }
}

const incomplete = (pointer: string, detail: string) =>
  ApplicationIncomplete(`${pointer} ${detail}`).with({ errors: [{ pointer, detail }] })
