import { schemaOf } from '@siku/contracts'
import type { MigrationSet } from '@siku/db'
import { idempotencyMigrations } from '@siku/service-kit'
import { fileURLToPath } from 'node:url'

export const matchingSchema = schemaOf('matching')
export const matchingRole = `siku_${matchingSchema}`

/** The schema of this service; run after the shared migrations. */
export const matchingMigrations: MigrationSet[] = [
  {
    name: 'matching',
    folder: fileURLToPath(new URL('../migrations', import.meta.url)),
    replace: { schema: matchingSchema, role: matchingRole }
  },
  idempotencyMigrations(matchingSchema, matchingRole)
]
