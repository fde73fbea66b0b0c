import { fileURLToPath } from 'node:url'
import { schemaOf } from '@siku/contracts'
import type { MigrationSet } from '@siku/db'
import { idempotencyMigrations } from '@siku/service-kit'

export const gatewaySchema = schemaOf('gateway')
const role = `siku_${gatewaySchema}`

/** Accounts, sessions, keys, and the keys of repeated requests: run after the shared set. */
export const gatewayMigrations: MigrationSet[] = [
  { name: 'gateway', folder: fileURLToPath(new URL('../migrations', import.meta.url)), replace: { schema: gatewaySchema, role } },
  idempotencyMigrations(gatewaySchema, role)
]
