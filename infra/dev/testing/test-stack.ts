import { mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import postgres from 'postgres'
import { removeDataFolder, startPostgres, startRedis } from '../embedded/index.ts'
import type { RunningRedis } from '../embedded/index.ts'
import { isAlive } from '../embedded/processes.ts'
import { migrateTemplate } from './migrate-template.ts'

export type TestStack = { env: Record<string, string>; close: () => Promise<void> }

const template = 'siku_template'
const prefix = 'siku-test-'

/** Real servers for a run of tests, in a folder of their own: PostgreSQL with a migrated template, Redis where it is installed. */
export async function startTestStack(log: (line: string) => void): Promise<TestStack> {
  await sweepAbandoned()
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`))
  const given = process.env['SIKU_TEST_DATABASE_URL']
  const server = given ? undefined : await startPostgres({ dataDir: join(folder, 'data'), test: true })
  const redis = process.env['REDIS_URL'] ? undefined : await startRedis({ dir: join(folder, 'redis') })
  const close = async () => {
    await Promise.all([server?.stop(), redis?.stop()])
    await removeDataFolder(join(folder, 'data'))
    await removeDataFolder(folder)
  }
  try {
    const url = given ?? server?.url ?? ''
    const problem = await createTemplate(url)
    log(`PostgreSQL ${server ? `on port ${server.port}` : 'as given'}; Redis ${describeRedis(redis)}`)
    if (problem) log(`The database could not be migrated, tests that need it will fail: ${problem}`)
    return {
      env: {
        SIKU_TEST_DATABASE_URL: url,
        ...(problem ? { SIKU_TEST_TEMPLATE_PROBLEM: problem } : { SIKU_TEST_TEMPLATE: template }),
        ...(redis && { REDIS_URL: redis.url })
      },
      close
    }
  } catch (error) {
    await close()
    throw error
  }
}

function describeRedis(redis: RunningRedis | undefined): string {
  if (redis) return `on port ${redis.port}`
  return process.env['REDIS_URL'] ? 'as given' : 'is not installed, its tests are left out'
}

// A schema that does not build fails the tests that need it, with the reason, and lets the others run.
async function createTemplate(url: string): Promise<string | undefined> {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  await sql.unsafe(`drop database if exists ${template} with (force)`)
  await sql.unsafe(`create database ${template}`)
  await sql.end()
  const target = new URL(url)
  target.pathname = `/${template}`
  try {
    await migrateTemplate(target.href)
    return undefined
  } catch (error) {
    return (error as Error).message.split('\n')[0]
  }
}

// A run that was killed could not tidy up; its folder carries the id of its process.
async function sweepAbandoned(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(name.startsWith(prefix) && name.slice(prefix.length).split('-')[0])
    if (!pid || isAlive(pid)) continue
    await removeDataFolder(join(tmpdir(), name, 'data')).catch(() => {})
    await removeDataFolder(join(tmpdir(), name)).catch(() => {})
  }
}
