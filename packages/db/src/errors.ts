/** The backend of a transaction died; what was sent before is rolled back, nothing more may be sent on it. */
export class LeaseBrokenError extends Error {
  override readonly name = 'LeaseBrokenError'
  readonly code = 'SIKU_DB_LEASE_BROKEN'
  constructor(options?: ErrorOptions) {
    super('The database connection of this transaction was lost; run the whole transaction again', options)
  }
}

/** The answer to COMMIT was lost: it may or may not have happened. Retry with the same Idempotency-Key tells. */
export class CommitUnknownError extends Error {
  override readonly name = 'CommitUnknownError'
  readonly code = 'SIKU_DB_COMMIT_UNKNOWN'
  constructor() {
    super('The database connection was lost while committing; retry with the same Idempotency-Key to learn the outcome')
  }
}

/** PostgreSQL answered COMMIT with ROLLBACK: a statement had failed, and whoever sent it went on as if it had not. */
export class RolledBackError extends Error {
  override readonly name = 'RolledBackError'
  readonly code = 'SIKU_DB_ROLLED_BACK'
  constructor() {
    super('A statement of this transaction failed, so nothing of it was stored; let the error of the statement through')
  }
}

/** No connection became free in time. */
export class PoolExhaustedError extends Error {
  override readonly name = 'PoolExhaustedError'
  readonly code = 'SIKU_DB_POOL_EXHAUSTED'
  constructor(waitedMs: number) {
    super(`No database connection became free within ${waitedMs} ms; retry later or raise the pool size`)
  }
}

/** A newer claim on the same work exists: whoever holds the older one must roll back. */
export class FencedOutError extends Error {
  override readonly name = 'FencedOutError'
  readonly code = 'SIKU_DB_FENCED_OUT'
  constructor(kind: string, recordId: string) {
    super(`The claim on ${kind} of ${recordId} was taken over; roll back and leave it to the newer claim`)
  }
}

/** Services must log in with roles that own nothing and bypass nothing. */
export class UnsafeRoleError extends Error {
  override readonly name = 'UnsafeRoleError'
  readonly code = 'SIKU_DB_UNSAFE_ROLE'
  constructor(role: string, why: string) {
    super(`Database role ${role} ${why}; give the service its own role as \`siku migrate\` creates it`)
  }
}

export class MigrationChangedError extends Error {
  override readonly name = 'MigrationChangedError'
  readonly code = 'SIKU_DB_MIGRATION_CHANGED'
  constructor(set: string, name: string) {
    super(`Migration ${set}/${name} was applied with other content; add a new migration instead of changing one that ran`)
  }
}
