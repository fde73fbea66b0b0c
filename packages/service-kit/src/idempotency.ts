import type { Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createHash } from 'node:crypto'
import type { Context } from './context.ts'
import { findCode } from './database-problem.ts'
import { IdempotencyInFlight, IdempotencyKeyReused, IdempotencySecretGiven } from './errors.ts'

const keptHours = 72
/** A twin holds a connection while it waits, so it does not wait long. */
const patience = '2s'
const retryAfterSeconds = 1
const lockNotAvailable = '55P03'

/** What a POST came to: the status, the id of the object it made or changed, and, the first time only, the object itself. */
export type Outcome<T = undefined> = { status: number; id: string; value: T }
export type OnceResult<T> = (Outcome<T> & { repeated: false }) | { status: number; id: string; value: undefined; repeated: true }

export type OnceOptions = {
  /** PostgreSQL schema of the service; its `idempotency` table comes with `idempotencyMigrations`. */
  schema: string
  /** `refuse` where the answer holds a secret that is shown once. */
  onRepeat?: 'answer' | 'refuse'
}

/**
 * Runs a change at most once for each Idempotency-Key, in the transaction of the change itself: key row and change commit together or
 * not at all. A repeat gets the first status and id and reads the object as it is now, under today's rights. Without a key it just runs.
 */
export async function once<T>(ctx: Context, tx: Tx, options: OnceOptions, change: () => Promise<Outcome<T>>): Promise<OnceResult<T>> {
  const request = ctx.idempotency
  if (!request) return { ...(await change()), repeated: false }
  request.taken = true

  const row = keyRow(ctx, options.schema)
  if (!(await claimKey(tx, row, ctx.now()))) return answerRepeat(tx, row, options)
  const outcome = await change()
  await tx.execute(sql`update ${row.table} set status = ${outcome.status}, object_id = ${outcome.id} where ${row.where}`)
  return { ...outcome, repeated: false }
}

type KeyRow = ReturnType<typeof keyRow>

function keyRow(ctx: Context, schema: string) {
  const { key, method, route, requestHash } = ctx.idempotency as NonNullable<Context['idempotency']>
  const principal = `${ctx.actor.kind}:${ctx.actor.id}`
  return {
    principal,
    method,
    route,
    key,
    requestHash,
    table: sql`${sql.identifier(schema)}.${sql.identifier('idempotency')}`,
    where: sql`principal = ${principal} and method = ${method} and route = ${route} and key = ${key}`
  }
}

/** Insert first: a twin waits on the row until this transaction ends, or runs out of patience. */
async function claimKey(tx: Tx, row: KeyRow, now: Date): Promise<boolean> {
  const at = now.toISOString()
  try {
    const claimed = await tx.execute(sql`
      insert into ${row.table} as kept (principal, method, route, key, request_hash, created_at)
      select ${row.principal}, ${row.method}, ${row.route}, ${row.key}, ${row.requestHash}, ${at}::timestamptz
      from set_config('lock_timeout', ${patience}, true)
      on conflict (principal, method, route, key) do update
        set request_hash = excluded.request_hash, status = null, object_id = null, created_at = excluded.created_at
        where kept.created_at < ${at}::timestamptz - ${keptHours} * interval '1 hour'
      returning 1`)
    return claimed.length > 0
  } catch (error) {
    if (findCode(error) === lockNotAvailable) throw IdempotencyInFlight().with({ retryAfterSeconds })
    throw error
  }
}

async function answerRepeat(tx: Tx, row: KeyRow, { onRepeat }: OnceOptions): Promise<OnceResult<never>> {
  const [first] = await tx.execute<{ hash: string; status: number | null; id: string | null }>(
    sql`select request_hash as hash, status, object_id as id from ${row.table} where ${row.where}`
  )
  if (!first || first.status === null || first.id === null) throw IdempotencyInFlight().with({ retryAfterSeconds })
  if (first.hash !== row.requestHash) throw IdempotencyKeyReused()
  if (onRepeat === 'refuse') throw IdempotencySecretGiven()
  return { status: first.status, id: first.id, value: undefined, repeated: true }
}

/** Forgets keys that are past their time; a timer of each service runs it. */
export async function pruneIdempotency(tx: Tx, schema: string, now: Date): Promise<number> {
  const gone = await tx.execute(sql`
    delete from ${sql.identifier(schema)}.${sql.identifier('idempotency')}
    where created_at < ${now.toISOString()}::timestamptz - ${keptHours} * interval '1 hour' returning 1`)
  return gone.length
}

/** Puts the key of a POST and the hash of what it asks into the context; validation has already looked at the header. */
export function acceptIdempotencyKeys(app: FastifyInstance): void {
  app.addHook('preHandler', (request, _reply, done) => {
    const key = request.headers['idempotency-key']
    if (typeof key === 'string' && request.method === 'POST' && request.route.idempotency !== false) {
      const { method } = request
      const { url: route = '' } = request.route
      const requestHash = hashOf(request)
      request.ctx = { ...request.ctx, idempotency: { key, method, route, requestHash, taken: false } }
    }
    done()
  })
}

/** The bytes of a file are hashed as they are: written out as JSON, 25 MB of them would hold up everybody for seconds. */
function hashOf({ params, query, body }: FastifyRequest): string {
  const asked = createHash('sha256').update(JSON.stringify([params, query]))
  return asked.update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null)).digest('hex')
}
