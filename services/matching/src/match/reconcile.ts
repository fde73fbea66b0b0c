import { serviceActor } from '@siku/contracts'
import { oweWork } from '@siku/db'
import type { Logger, Timer } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { shanghaiDay } from '../shanghai-day.ts'
import type { MatchContext } from './match-record.ts'
import { pairsAbove } from './oracle.ts'
import { rematchAll } from './rematch.ts'
import { planStore } from './plan-store.ts'
import { wakeDeferred } from './wake-deferred.ts'

export type SampleResult = { checked: number; drifted: string[] }

const actor = serviceActor('service:match', 'reconcile')
type Sampled = { id: string; library: 'cooperation-demand' | 'technology-reserve' }

/** Holds some records' stored matches against brute force; where they differ, their work is owed again. */
export async function checkSample(ctx: MatchContext, size: number): Promise<SampleResult> {
  const { db, copy, scorer } = ctx
  await copy.catchUp()
  const sampled = await db.withRead(actor, (tx) =>
    tx.execute<Sampled>(sql`
    select d.id, d.library from published.document d
    where d.library in ('cooperation-demand', 'technology-reserve') and d.position is not null
      and not exists (select 1 from work.item i where i.kind in ('index', 'match') and i.record_id = d.id and i.done < i.wanted)
    order by random() limit ${size}`)
  )
  const drifted: string[] = []
  for (const { id: recordId, library } of sampled) {
    const now = ctx.now()
    const matches = pairsAbove(copy, recordId, { scorer, today: shanghaiDay(now) })
    const list = { matches, cut: false, scored: matches.length, mark: copy.mark() }
    const isDrifted = await db.withTx(actor, async (tx) => {
      const { changes } = await planStore(tx, { library, recordId, list, copy })
      if (changes.length > 0) await oweWork(tx, { kind: 'match', library, recordId, cause: 'reconcile', causeId: null, lane: 1 })
      return changes.length > 0
    })
    if (isDrifted) drifted.push(recordId)
  }
  return { checked: sampled.length, drifted }
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
        const { checked, drifted } = await checkSample(ctx, sampleSize)
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
