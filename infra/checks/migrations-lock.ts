import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../dev/embedded/run-typescript.mjs'
import { projectFiles, readSource } from './source-files.ts'
import type { SourceFile, Violation } from './source-files.ts'

/** Path → SHA-256 of every migration, so that a database somebody already has is never described anew. */
export type MigrationsLock = Record<string, string>

const lockPath = join(root, 'infra', 'checks', 'migrations.lock.json')

export function readLock(): MigrationsLock {
  return existsSync(lockPath) ? (JSON.parse(readFileSync(lockPath, 'utf8')) as MigrationsLock) : {}
}

export function migrationFiles(): SourceFile[] {
  return projectFiles()
    .filter((path) => /(^|\/)migrations\/[^/]+\.sql$/.test(path))
    .map(readSource)
}

export function migrationViolations(files: SourceFile[], lock: MigrationsLock): Violation[] {
  const found = files.flatMap((file) => {
    const what = judge(file, lock)
    return what ? [{ path: file.path, line: 1, what }] : []
  })
  const present = new Set(files.map((file) => file.path))
  const gone = Object.keys(lock).filter((path) => !present.has(path))
  return [
    ...found,
    ...gone.map((path) => ({ path, line: 1, what: 'was a migration and is gone; databases that ran it would no longer be understood' }))
  ]
}

function judge(file: SourceFile, lock: MigrationsLock): string | undefined {
  if (!/^\d{4}_[a-z0-9_]+\.sql$/.test(file.path.split('/').at(-1) ?? '')) return 'is not named like 0001_what_it_does.sql'
  const locked = lock[file.path]
  if (!locked) return 'is not in migrations.lock.json; run `node --import tsx infra/checks/migrations-lock.ts`'
  return locked === hashOf(file) ? undefined : 'was changed; write a new migration instead'
}

function hashOf(file: SourceFile): string {
  return createHash('sha256').update(file.text).digest('hex')
}

// Run directly, it adds what is new. It never changes a line: to alter a migration nobody has run yet, take its line out by hand first.
if (process.argv[1] === import.meta.filename) {
  const lock = readLock()
  for (const file of migrationFiles()) lock[file.path] ??= hashOf(file)
  const sorted = Object.fromEntries(
    Object.keys(lock)
      .toSorted()
      .map((path) => [path, lock[path]])
  )
  writeFileSync(lockPath, `${JSON.stringify(sorted, null, 2)}\n`)
}
