import { migrationFiles } from '@siku/db'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { allMigrations } from './migrations.ts'

/** One migration file, told by its content. */
export type MigrationMark = { set: string; name: string; hash: string }

export type MigrationState = {
  applied: MigrationMark[]
  /** In this copy of Siku and not in the database. */
  pending: MigrationMark[]
  /** In both, with another content. */
  changed: MigrationMark[]
  /** In the database and not in this copy: the database is newer. */
  unknown: MigrationMark[]
}

/** The migrations of this copy of Siku. */
export const shippedMigrations = (): MigrationMark[] =>
  allMigrations.flatMap((set) =>
    migrationFiles(set).map((name) => ({
      set: set.name,
      name,
      hash: createHash('sha256')
        .update(readFileSync(join(set.folder, name), 'utf8'))
        .digest('hex')
    }))
  )

/** What the database of the owner's connection has, beside what this copy has. */
export async function readMigrationState(owner: Sql): Promise<MigrationState> {
  const [table] = await owner<{ found: boolean }[]>`select to_regclass('siku.migration') is not null as found`
  const applied = table?.found
    ? [...(await owner<MigrationMark[]>`select set_name as set, name, hash from siku.migration order by applied_at, set_name, name`)]
    : []
  return { applied, ...compareMigrations(applied, shippedMigrations()) }
}

export function compareMigrations(applied: readonly MigrationMark[], shipped: readonly MigrationMark[]): Omit<MigrationState, 'applied'> {
  const key = ({ set, name }: MigrationMark) => `${set}/${name}`
  const inDatabase = new Map(applied.map((mark) => [key(mark), mark]))
  const inCopy = new Set(shipped.map(key))
  return {
    pending: shipped.filter((mark) => !inDatabase.has(key(mark))),
    changed: shipped.filter((mark) => inDatabase.has(key(mark)) && inDatabase.get(key(mark))?.hash !== mark.hash),
    unknown: applied.filter((mark) => !inCopy.has(key(mark)))
  }
}

export const nameOfMigration = ({ set, name }: MigrationMark): string => `${set}/${name}`
