import type { MigrationSet } from '@siku/db'
import { idempotencyMigrations } from '@siku/service-kit'
import { fileURLToPath } from 'node:url'
import type { Library } from './define-library.ts'

export const roleOf = (schemaName: string): string => `siku_${schemaName}`
export const contactRoleOf = (schemaName: string): string => `siku_${schemaName}_contact`

/** Migrations that give a library its tables in its own schema. */
export function libraryMigrations(library: Library): MigrationSet[] {
  const replace = {
    schema: library.schemaName,
    role: roleOf(library.schemaName),
    contact_role: contactRoleOf(library.schemaName),
    library: library.name
  }
  const own: MigrationSet = { name: library.schemaName, folder: fileURLToPath(new URL('../migrations', import.meta.url)), replace }
  return [own, idempotencyMigrations(library.schemaName, roleOf(library.schemaName))]
}
