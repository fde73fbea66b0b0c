import { serviceNames } from '@siku/contracts'
import { nameOfMigration, type MigrationState } from '../../installation/migration-state.ts'
import type { Here } from '../open-database.ts'
import type { Connections, Finding, Server } from './report.ts'

const versionMin = 18
const poolDefault = 6
const contactPool = 2
const queuePool = 10

export async function examineServer(here: Here, migrations: MigrationState): Promise<Server> {
  const { owner, origin, urls } = here
  const [row] = await owner<{ version: string; encoding: string; max: number; reserved: number; inUse: number }[]>`
    select current_setting('server_version') as version, pg_encoding_to_char(encoding) as encoding, current_setting('max_connections')::int as max,
      current_setting('superuser_reserved_connections')::int as reserved,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as "inUse"
    from pg_database where datname = current_database()`
  if (!row) throw new Error('PostgreSQL tells nothing about its own database')
  const { pending, changed, unknown, applied } = migrations
  const { hostname, port, pathname } = new URL(urls.owner)
  return {
    origin,
    address: `${hostname}:${port || 5432}${pathname}`,
    postgresql: row.version,
    encoding: row.encoding,
    connections: { max: row.max, reserved: row.reserved, inUse: row.inUse, wanted: wantedConnections(origin) },
    migrations: {
      applied: applied.length,
      pending: pending.map(nameOfMigration),
      changed: changed.map(nameOfMigration),
      unknown: unknown.map(nameOfMigration)
    }
  }
}

/** One process embedded; elsewhere, as docker-compose.yml has it, an API and a worker for each service and one gateway. */
function wantedConnections(origin: Here['origin']): number {
  const pool = Number(process.env.SIKU_POOL_SIZE || poolDefault)
  const libraries = serviceNames.length - 2
  const each = libraries * (pool + contactPool) + pool
  const queue = process.env.REDIS_URL ? 0 : queuePool
  return origin === 'given' ? 2 * each + pool + queue : each + pool + queue
}

export function serverFindings({ postgresql, encoding, connections, migrations }: Server): Finding[] {
  const { pending, changed, unknown } = migrations
  const findings: Finding[] = []
  if (Number.parseInt(postgresql, 10) < versionMin) {
    findings.push({
      about: 'PostgreSQL',
      wrong: `This is PostgreSQL ${postgresql}; Siku is made for ${versionMin} and newer.`,
      remedy: 'Move the data to a newer server (pg_upgrade).'
    })
  }
  if (encoding !== 'UTF8')
    findings.push({
      about: 'PostgreSQL',
      wrong: `The database is encoded in ${encoding}.`,
      remedy: 'Make one in UTF8: texts stand in seven languages.'
    })
  if (pending.length > 0)
    findings.push({ about: 'migrations', wrong: `${pending.length} are missing in the database.`, remedy: 'npm run siku -- migrate' })
  if (changed.length > 0)
    findings.push({
      about: 'migrations',
      wrong: `The database was made with other files than these: ${changed.join(', ')}.`,
      remedy: 'Use the version of Siku that made it; a migration is never changed afterwards.'
    })
  if (unknown.length > 0)
    findings.push({
      about: 'migrations',
      wrong: `The database is newer than this copy of Siku; it has ${unknown.join(', ')}.`,
      remedy: 'Use the newer version of Siku.'
    })
  return [...findings, ...connectionFindings(connections)]
}

function connectionFindings({ max, reserved, wanted }: Connections): Finding[] {
  const open = max - reserved
  if (wanted <= open) return []
  return [
    {
      about: 'connections',
      wrong: `Siku's processes may open ${wanted} connections, PostgreSQL lets in ${open}.`,
      remedy: `Set max_connections to ${wanted + reserved} or more, or SIKU_POOL_SIZE lower.`
    }
  ]
}
