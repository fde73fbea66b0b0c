import type { MigrationSet } from '@siku/db'
import { fileURLToPath } from 'node:url'

/** The `idempotency` table of one service; run after the migration that creates its schema. */
export const idempotencyMigrations = (schema: string, role: string): MigrationSet => ({
  name: `${schema}/idempotency`,
  folder: fileURLToPath(new URL('../migrations', import.meta.url)),
  replace: { schema, role }
})
