import { libraryNames } from '@siku/contracts'
import { workSummary, type Tx } from '@siku/db'
import { sql } from 'drizzle-orm'
import { commandLine, type Here } from '../open-database.ts'
import type { Age, Finding, Stages, Timer } from './report.ts'

const workLateSeconds = 600
const intentLateSeconds = 900

/** Count and oldest age at every stage, through functions that tell numbers only: who runs the system needs to read no record. */
export async function examineStages(here: Here, edition: string): Promise<Stages> {
  const stale = await here.owner<{ library: string; stale: number }[]>`
    select d.library, count(*)::int as stale from published.document d left join published.annotation a on a.id = d.id and a.edition = ${edition}
    where not d.tombstone and (d.position is null or a.id is null or a.version <> d.version or a.hash <> d.hash)
      and not exists (select from work.item i where i.kind = 'index' and i.record_id = d.id and i.done < i.wanted)
    group by d.library`
  const editions = await here.owner<
    Stages['editions']
  >`select edition, count(*)::int as records from published.annotation group by edition order by edition`
  return here.connect('matching').withRead(commandLine(), async (tx) => {
    const published = [
      ...(await tx.execute<{ library: string; records: number; waiting: number }>(
        sql`select library, records, waiting from matching.published_summary()`
      ))
    ]
    const matches = [
      ...(await tx.execute<Stages['matches'][number]>(
        sql`select state, count, greatest(oldest_seconds, 0) as "oldestSeconds" from matching.state_summary() order by state`
      ))
    ]
    return {
      work: await workSummary(tx),
      published: libraryNames.map((library) => ({
        records: 0,
        waiting: 0,
        ...published.find((row) => row.library === library),
        library,
        stale: stale.find((row) => row.library === library)?.stale ?? 0
      })),
      indexIntents: await openIntents(tx),
      matches,
      timers: await readTimers(tx),
      editions: [...editions]
    }
  })
}

async function openIntents(tx: Tx): Promise<Age> {
  const [row] = await tx.execute<Age>(sql`
    select count(*)::int as count, coalesce(extract(epoch from now() - min(created_at)), 0)::float as "oldestSeconds" from work.index_intent where settled_at is null`)
  return row ?? { count: 0, oldestSeconds: 0 }
}

async function readTimers(tx: Tx): Promise<Timer[]> {
  return [
    ...(await tx.execute<Timer>(sql`
      select name, extract(epoch from now() - last_success_at)::float as "lastSuccessSecondsAgo", last_error as "lastError" from work.timer order by name`))
  ]
}

/** Old work is wrong only where somebody should be doing it. */
export function stageFindings(stages: Stages, { edition, isRunning }: { edition: string; isRunning: boolean }): Finding[] {
  const findings: Finding[] = []
  const parked = stages.work.reduce((sum, line) => sum + line.parked, 0)
  const late = stages.work.filter((line) => line.open > 0 && line.oldestSeconds > workLateSeconds)
  const stale = stages.published.reduce((sum, line) => sum + line.stale, 0)
  if (parked > 0)
    findings.push({
      about: 'work',
      wrong: `${parked} pieces of work were set aside after failing.`,
      remedy: '`npm run siku -- parked list` says why; `parked redrive` tries again.'
    })
  if (isRunning && late.length > 0) {
    findings.push({
      about: 'work',
      wrong: `Work has waited for more than ${workLateSeconds / 60} minutes: ${late.map(({ kind, library }) => `${kind} of ${library}`).join(', ')}.`,
      remedy: 'See that the workers run, and read what they log.'
    })
  }
  if (isRunning && stages.indexIntents.count > 0 && stages.indexIntents.oldestSeconds > intentLateSeconds) {
    findings.push({
      about: 'index',
      wrong: `${stages.indexIntents.count} writes to the index have been open for more than ${intentLateSeconds / 60} minutes.`,
      remedy: 'npm run siku -- reconcile'
    })
  }
  if (stale > 0) {
    const isOtherEdition = stages.editions.length > 0 && !stages.editions.some((line) => line.edition === edition)
    findings.push({
      about: 'index',
      wrong: `${stale} published records are not annotated by this thesaurus (${edition}) and nothing is owed that would do it.`,
      remedy: isOtherEdition ? 'The thesaurus is new: npm run siku -- reindex' : 'npm run siku -- reconcile'
    })
  }
  for (const { name, lastError } of stages.timers)
    if (lastError !== null)
      findings.push({
        about: 'timers',
        wrong: `The last pass of '${name}' failed (${lastError}).`,
        remedy: 'Read what its process logs; it tries again by itself.'
      })
  return findings
}
