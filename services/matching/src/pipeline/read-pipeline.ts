import { journey } from '@siku/contracts'
import { workSummary, type WorkSummary } from '@siku/db'
import type { Context } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import type { Static } from 'typebox'
import type { PipelineView } from './pipeline-routes.ts'

type View = Static<typeof PipelineView>
type Waiting = { waiting: number; parked: number; oldestSeconds: number }

const nothing: Waiting = { waiting: 0, parked: 0, oldestSeconds: 0 }

/** Counts come from functions that tell numbers only, so an operator learns them without a right to read a single record. */
export async function readPipeline(ctx: Context, edition: string): Promise<View> {
  return ctx.db.withRead(ctx.actor, async (tx) => {
    const work = await workSummary(tx)
    const matches = [
      ...(await tx.execute<View['matches'][number]>(sql`
      select state, count, greatest(oldest_seconds, 0) as "oldestSeconds" from matching.state_summary() order by state`))
    ]
    const published = [
      ...(await tx.execute<View['published'][number]>(sql`
      select p.library, p.records, p.waiting, coalesce(u.records, 0) as "needsTranslation"
      from matching.published_summary() p left join matching.untranslated_summary(${edition}) u on u.library = p.library order by p.library`))
    ]
    return { stages: journey.map(({ stage, name }) => ({ stage, name, ...waitingAt(name, { work, matches }) })), work, matches, published }
  })
}

function waitingAt(
  name: (typeof journey)[number]['name'],
  { work, matches }: { work: readonly WorkSummary[]; matches: View['matches'] }
): Waiting {
  if (name === 'index') return sumOf(work.filter(({ kind }) => kind === 'index'))
  if (name === 'candidates and score') return sumOf(work.filter(({ kind }) => kind === 'match'))
  if (name === 'match proposed') return inStates(matches, ['proposed'])
  if (name === 'review') return inStates(matches, ['in-review', 'deferred'])
  if (name === 'introduction') return inStates(matches, ['approved'])
  return nothing
}

const sumOf = (lines: readonly WorkSummary[]): Waiting => ({
  waiting: lines.reduce((sum, { open }) => sum + open, 0),
  parked: lines.reduce((sum, { parked }) => sum + parked, 0),
  oldestSeconds: Math.max(0, ...lines.map(({ oldestSeconds }) => oldestSeconds))
})

function inStates(matches: View['matches'], states: readonly string[]): Waiting {
  const lines = matches.filter(({ state }) => states.includes(state))
  return {
    waiting: lines.reduce((sum, { count }) => sum + count, 0),
    parked: 0,
    oldestSeconds: Math.max(0, ...lines.map(({ oldestSeconds }) => oldestSeconds))
  }
}
