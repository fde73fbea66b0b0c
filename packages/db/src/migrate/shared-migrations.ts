import { fileURLToPath } from 'node:url'
import type { MigrationSet } from './migrate-database.ts'

/** Ledger, published rows, audit, blobs: run before any service's own. */
export const sharedMigrations: MigrationSet = { name: 'shared', folder: fileURLToPath(new URL('../../migrations', import.meta.url)) }
