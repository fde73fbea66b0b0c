import { serviceActor } from '@siku/contracts'
import type { Tx } from '@siku/db'
import type { Logger, Timer } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { shanghaiDay } from '../shanghai-day.ts'
import type { MatchContext } from './match-record.ts'
import { pairsAbove } from './oracle.ts'
import { rematchAll } from './rematch.ts'
import { counterpartsIn } from './plan-changes.ts'
import { planStore } from './plan-store.ts'
import { lockStore } from './read-stored.ts'
import { storeMatches } from './store-matches.ts'
import { wakeDeferred } from './wake-deferred.ts'

/** `drifted`: lists that nothing explains; `cut`: lists whose last run met its budget of candidates, which is why pairs were missing. */
export type SampleResult = { checked: number; drifted: string[]; cut: string[] }

const actor = serviceActor('service:match', 'reconcile')
type Sampled = { id: string; library: 'cooperation-demand' | 'technology-reserve' }

/** Holds some records' stored matches against brute force and stores what brute force finds; whoever differed is named. */
export async function checkSample(ctx: MatchContext, size: number): Promise<SampleResult> {
  await ctx.copy.catchUp()
  const sampled = await ctx.db.withRead(actor, (tx) =>
    tx.execute<Sampled>(sql`
    select d.id, d.library from published.document d
    where d.library in ('cooperation-demand', 'technology-reserve') and d.position is not null
      and not exists (select 1 from work.item i where i.kind in ('index', 'match') and i.record_id = d.id and i.done < i.wanted)
    order by random() limit ${size}`)
  )
  const result: SampleResult = { checked: sampled.length, drifted: [], cut: [] }
  for (const record of sampled) {
    const found = await mendList(ctx, record)
    if (found !== 'equal') result[found].push(record.id)
  }
  return result
}

/** A run of its own would meet the same budget again, so the exact list is stored here. */
async function mendList({ db, copy, scorer, newId, ...ctx }: MatchContext, { id: recordId, library }: Sampled) {
  const now = ctx.now()
  const matches = pairsAbove(copy, recordId, { scorer, today: shanghaiDay(now) })
  const list = { matches, cut: false, scored: matches.length, mark: copy.mark() }
  return db.withTx(actor, async (tx) => {
    const input = { library, recordId, list, copy, comparesReasons: true }
    await lockStore(tx)
    const { changes } = await planStore(tx, input)
    if (changes.length === 0) return 'equal'
    const wasCut = await lastRunsWereCut(tx, [recordId, ...counterpartsIn(changes, recordId)])
    await storeMatches(tx, { ...input, scorer, cause: 'reconcile', causeId: null, now, newId })
    return wasCut ? 'cut' : 'drifted'
  })
}

async function lastRunsWereCut(tx: Tx, recordIds: readonly string[]): Promise<boolean> {
  const [row] = await tx.execute<{ cut: boolean | null }>(sql`
    select bool_or(cut) as cut from (
      select distinct on (record_id) cut from matching.list_run
      where record_id in (select value::uuid from jsonb_array_elements_text(${JSON.stringify(recordIds)}::jsonb))
      order by record_id, at desc, id desc
    ) last_run`)
  return row?.cut ?? false
}

const minute = 60_000
const sampleSize = 20

/** The passes that run by the clock: wake what was put off, check a sample, and once a day everything. */
export function matchTimers(ctx: MatchContext, log: Logger): Timer[] {
  return [
    { name: 'matching-wake', periodMs: 5 * minute, run: async () => void (await wakeDeferred(ctx)) },
    {
      name: 'matching-sample',
      periodMs: 10 * minute,
      run: async () => {
        const { checked, drifted, cut } = await checkSample(ctx, sampleSize)
        if (cut.length > 0)
          log.info({ event: 'matching.healed', count: cut.length, kind: 'match' }, `cut lists of ${checked} records checked`)
        if (drifted.length > 0)
          log.error({ event: 'matching.drift', count: drifted.length, kind: 'match' }, `of ${checked} records checked`)
      }
    },
    {
      name: 'matching-rematch',
      periodMs: 24 * 60 * minute,
      leaseMs: 4 * 60 * minute,
      run: async (signal) => {
        const { added, changed, withdrawn } = await rematchAll(ctx, { cause: 'nightly', signal })
        log.info({ event: 'matching.rematched', count: added + changed + withdrawn }, 'full rematch done')
      }
    }
  ]
}
