import type { Actor } from '@siku/contracts'
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import { sql } from 'drizzle-orm'
import { CommitUnknownError, LeaseBrokenError, RolledBackError, UnsafeRoleError } from './errors.ts'
import { guardedClient, sendOn, type Lease } from './lease.ts'
import { createPool, type Pool } from './pool.ts'

/** A transaction: statements of one lease, under one actor. */
export type Tx = Omit<PostgresJsDatabase, 'transaction' | '$client'>

export type Database = {
  /** Runs `work` in one transaction under the actor; the only way to write. Rolls back when it throws. */
  withTx: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>
  /** The same, read-only. */
  withRead: <T>(actor: Actor, work: (tx: Tx) => Promise<T>) => Promise<T>
  ping: () => Promise<void>
  close: () => Promise<void>
  gauges: Pool['gauges']
}

export type ConnectOptions = {
  url: string
  poolSize?: number
  applicationName: string
  /** Longest run of a single statement; 10 s unless told. */
  statementTimeoutMs?: number
  waitMs?: number
  /** Age in seconds at which the driver replaces a connection; never unless told. */
  lifetimeSeconds?: number
}

/** Opens N standing connections for a role of its own. Nothing is sent until the first transaction. */
export function connectDatabase({ poolSize = 8, statementTimeoutMs = 10_000, waitMs = 10_000, ...options }: ConnectOptions): Database {
  const pool = createPool({ ...options, size: poolSize, statementTimeoutMs, waitMs })
  return {
    withTx: (actor, work) => inTransaction(pool, 'begin', actor, work),
    withRead: (actor, work) => inTransaction(pool, 'begin read only', actor, work),
    ping: async () => {
      const lease = await pool.lease()
      try {
        await sendOn(lease, 'select 1')
      } finally {
        pool.release(lease)
      }
    },
    close: pool.close,
    gauges: pool.gauges
  }
}

async function inTransaction<T>(pool: Pool, begin: string, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
  const lease = await pool.lease()
  // The first statement of the callback goes out right behind these two; should they fail, so does everything after them.
  const begun = Promise.all([sendOn(lease, begin), sendOn(lease, "select set_config('siku.actor', $1, true)", [actorSetting(actor)])])
  begun.catch(() => undefined)
  try {
    const result = await work(drizzle({ client: guardedClient(lease) as never }))
    await begun
    await commit(lease)
    return result
  } catch (failure) {
    const error: unknown = await begun.then(
      () => failure,
      (cause: unknown) => cause
    )
    // Whatever the callback made of it: without its connection nothing of this transaction is left.
    const lost = lease.broken && !(error instanceof CommitUnknownError)
    await rollBack(lease)
    throw lost ? new LeaseBrokenError({ cause: error }) : error
  } finally {
    pool.release(lease)
  }
}

async function commit(lease: Lease) {
  lease.ended = true
  if (lease.broken) throw new LeaseBrokenError()
  try {
    const { command } = await sendOn(lease, 'commit')
    if (command === 'ROLLBACK') throw new RolledBackError()
  } catch (error) {
    if (lease.broken) throw new CommitUnknownError()
    throw error
  }
}

async function rollBack(lease: Lease) {
  lease.ended = true
  if (lease.broken) return
  try {
    await sendOn(lease, 'rollback')
  } catch {
    // A connection that cannot roll back is not handed on.
    lease.broken = true
  }
}

/** What the row-level policies read: who acts, for whom, with which roles. */
function actorSetting(actor: Actor): string {
  return JSON.stringify({
    kind: actor.kind,
    id: actor.id,
    organisation: actor.organisationId,
    key: actor.organisationKey,
    roles: actor.roles,
    foreign: actor.foreign,
    verified: actor.verified,
    country: actor.country
  })
}

/** Refuses to go on with a role that could read past the policies. */
export async function assertServiceRole(db: Database, actor: Actor): Promise<void> {
  await db.withRead(actor, async (tx) => {
    const [row] = await tx.execute<{ role: string; super: boolean; bypass: boolean; owned: number }>(sql`
      select current_user as role, rolsuper as super, rolbypassrls as bypass,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = current_user`)
    if (!row) return
    if (row.super) throw new UnsafeRoleError(row.role, 'is a superuser')
    if (row.bypass) throw new UnsafeRoleError(row.role, 'bypasses row-level security')
    if (row.owned > 0) throw new UnsafeRoleError(row.role, 'owns tables')
  })
}
