import type { Tx } from '@siku/db'
import { generateSigningKey, readSigningKey, type SigningKey } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { AccountContext } from '../accounts/account-context.ts'
import { asGateway, dayMs, instantIn, minuteMs } from '../accounts/account-context.ts'
import { instant } from '../accounts/account-rows.ts'

export type KeyContext = Pick<AccountContext, 'db' | 'now' | 'requestId' | 'secrets'>

export type StoredKey = SigningKey & { signsFrom: string }

const rotateAfterMs = 30 * dayMs
/** Verifiers keep a key set for ten minutes: a key is shown this long before it signs, and this long after it stopped. */
const shownMs = 15 * minuteMs

const lockOfKeys = 'gateway/signing-key'

/** Keys others should know now, newest first: one, or two around a rotation. */
export async function readSigningKeys(ctx: KeyContext): Promise<StoredKey[]> {
  const rows = await ctx.db.withRead(asGateway(ctx), (tx) => selectKeys(ctx, tx))
  return Promise.all(
    rows.map(async ({ privateSealed, signsFrom }) => ({
      ...(await readSigningKey('gateway', ctx.secrets.open('signing-key', privateSealed))),
      signsFrom
    }))
  )
}

type KeyRow = { privateSealed: string; signsFrom: string; createdAt: string }

async function selectKeys(ctx: KeyContext, tx: Tx): Promise<KeyRow[]> {
  const rows = await tx.execute<KeyRow>(sql`
    select private_sealed as "privateSealed", ${instant(sql`signs_from`)} as "signsFrom", ${instant(sql`created_at`)} as "createdAt"
    from gateway.signing_key where gone_at is null or gone_at > ${instantIn(ctx, 0)}::timestamptz order by signs_from desc`)
  return [...rows]
}

/** Makes the first key, or the next one when the present key is a month old or `force` says so. Of two processes at once, one does it. */
export async function rotateSigningKey(ctx: KeyContext, { force = false } = {}): Promise<boolean> {
  const key = await generateSigningKey('gateway')
  return ctx.db.withTx(asGateway(ctx), async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lockOfKeys}, 0))`)
    const [newest, older] = await selectKeys(ctx, tx)
    // During a rotation there are two already; a third would push one out that tokens still name.
    if (older) return false
    if (newest && !force && Date.parse(newest.createdAt) > ctx.now().getTime() - rotateAfterMs) return false
    const signsFrom = instantIn(ctx, newest ? shownMs : 0)
    await tx.execute(sql`
      update gateway.signing_key set gone_at = ${instantIn(ctx, 2 * shownMs)}::timestamptz where gone_at is null`)
    await tx.execute(sql`
      insert into gateway.signing_key (kid, public_jwk, private_sealed, created_at, signs_from)
      values (${key.kid}, ${JSON.stringify(key.publicJwk)}::jsonb, ${ctx.secrets.seal('signing-key', JSON.stringify(key.privateJwk))},
        ${instantIn(ctx, 0)}::timestamptz, ${signsFrom}::timestamptz)`)
    return true
  })
}
