import { loadThesaurus } from '@siku/thesaurus'
import { readMigrationState } from '../../installation/migration-state.ts'
import { CommandError, type Call } from '../command.ts'
import { openAsItIs, type Here } from '../open-database.ts'
import { sentenceOf } from '../sentence-of.ts'
import { embedderFindings, examineEmbedder } from './examine-embedder.ts'
import { examineMachine, machineFindings } from './examine-machine.ts'
import { examineRoles, roleFindings } from './examine-roles.ts'
import { examineServer, serverFindings } from './examine-server.ts'
import { examineServices, serviceFindings } from './examine-services.ts'
import { examineStages, stageFindings } from './examine-stages.ts'
import { thesaurusInForce } from '../thesaurus-in-force.ts'
import type { Finding, Report } from './report.ts'

/** Looks at everything that can be looked at; where one thing cannot be reached, what stands on it is left out and the finding says why. */
export async function examine({ opened, log }: Pick<Call, 'opened' | 'log'>): Promise<Report> {
  const { edition } = loadThesaurus()
  const machine = await examineMachine(edition)
  const empty = { machine, server: null, roles: [], queue: null, search: null, embedder: null, stages: null }
  const here = await openAsItIs({ opened }).catch((error: unknown) => findingOf(error))
  if ('wrong' in here) return reportOf(empty, [...machineFindings(machine, 'started'), here])
  return examineHere({ opened, log }, here, { ...empty, edition })
}

type Begun = Omit<Report, 'healthy' | 'findings'> & { edition: string }

async function examineHere({ opened, log }: Pick<Call, 'opened' | 'log'>, here: Here, { edition, ...begun }: Begun): Promise<Report> {
  const migrations = await readMigrationState(here.owner)
  const server = await examineServer(here, migrations)
  const roles = await examineRoles(here)
  const services = await examineServices({ opened, log }, here)
  const isReadable = server.migrations.pending.length === 0 && roles.every(({ state }) => state !== 'locked-out' && state !== 'missing')
  const embedder = isReadable ? await examineEmbedder(here) : null
  const current = isReadable ? (await thesaurusInForce(here)).edition : edition
  const stages = isReadable ? await examineStages(here, current) : null
  return reportOf({ ...begun, server, roles, ...services, embedder, stages }, [
    ...machineFindings(begun.machine, here.origin),
    ...serverFindings(server),
    ...roleFindings(roles),
    ...serviceFindings(services),
    ...embedderFindings(embedder),
    ...(stages ? stageFindings(stages, { edition: current, isRunning: here.origin !== 'started' }) : [])
  ])
}

async function findingOf(error: unknown): Promise<Finding> {
  const isOurs = error instanceof CommandError
  return {
    about: 'database',
    wrong: await sentenceOf(error),
    remedy: isOurs ? 'What the sentence says.' : 'Read postgres.log in the data folder, or check DATABASE_URL.'
  }
}

const reportOf = (report: Omit<Report, 'healthy' | 'findings'>, findings: Finding[]): Report => ({
  healthy: findings.length === 0,
  findings,
  ...report
})
