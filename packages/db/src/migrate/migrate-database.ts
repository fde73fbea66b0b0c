import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postgres, { type Sql } from 'postgres'
import { MigrationChangedError } from '../errors.ts'

/** Forward-only SQL files of one owner, run in name order. `:schema`, `:role`, `:library` in them are replaced. */
export type MigrationSet = { name: string; folder: string; replace?: Record<string, string> }

/** A login role of a service: what it may connect with. The password is set anew at every migration. */
export type ServiceRole = { name: string; password: string; memberOf: readonly string[] }

export type MigrateOptions = {
  url: string
  sets: readonly MigrationSet[]
  roles: readonly ServiceRole[]
  onApplied?: (name: string) => void
}

// Any number: two migrators of the same database must meet on it.
const migrationLock = 721_004_551

/** Brings a database up to date as its owner. Two runners at once apply each file once; a changed file is refused. */
export async function migrateDatabase({ url, sets, roles, onApplied }: MigrateOptions): Promise<number> {
  const client = postgres(url, { max: 1, onnotice: () => undefined, max_lifetime: null })
  try {
    await alone(client, async () => {
      await client.unsafe('create schema if not exists siku')
      await client.unsafe(
        'create table if not exists siku.migration (set_name text, name text, hash text not null, applied_at timestamptz not null default now(), primary key (set_name, name))'
      )
      for (const role of roles) await ensureRole(client, role)
    })
    let applied = 0
    for (const set of sets) {
      for (const file of migrationFiles(set)) {
        if (!(await apply(client, set, file))) continue
        applied++
        onApplied?.(`${set.name}/${file}`)
      }
    }
    await alone(client, async () => {
      for (const role of roles) await joinRoles(client, role)
    })
    return applied
  } finally {
    await client.end()
  }
}

export const migrationFiles = (set: MigrationSet) =>
  readdirSync(set.folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()

async function alone(client: Sql, work: () => Promise<void>) {
  await client.unsafe('begin')
  try {
    await client.unsafe(`select pg_advisory_xact_lock(${migrationLock})`)
    await work()
    await client.unsafe('commit')
  } catch (error) {
    await client.unsafe('rollback')
    throw error
  }
}

async function apply(client: Sql, set: MigrationSet, file: string): Promise<boolean> {
  const text = readFileSync(join(set.folder, file), 'utf8')
  const hash = createHash('sha256').update(text).digest('hex')
  let applied = false
  await alone(client, async () => {
    const [before] = await client.unsafe<{ hash: string }[]>('select hash from siku.migration where set_name = $1 and name = $2', [
      set.name,
      file
    ])
    if (before && before.hash !== hash) throw new MigrationChangedError(set.name, file)
    if (before) return
    await client.unsafe(substitute(text, set.replace ?? {}))
    await client.unsafe('insert into siku.migration (set_name, name, hash) values ($1, $2, $3)', [set.name, file, hash])
    applied = true
  })
  return applied
}

const substitute = (text: string, replace: Record<string, string>) =>
  text.replace(/:(schema|role|contact_role|library)\b/g, (whole, name: string) => replace[name] ?? whole)

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

async function ensureRole(client: Sql, role: ServiceRole) {
  const [found] = await client.unsafe('select 1 from pg_roles where rolname = $1', [role.name])
  if (!found) await client.unsafe(`create role ${role.name} login`)
  await client.unsafe(`alter role ${role.name} login nosuperuser nobypassrls nocreatedb nocreaterole password ${quoted(role.password)}`)
}

async function joinRoles(client: Sql, role: ServiceRole) {
  for (const group of role.memberOf) await client.unsafe(`grant ${group} to ${role.name}`)
}
