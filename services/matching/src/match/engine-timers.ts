import type { Logger, Timer } from '@siku/service-kit'
import type { MatchContext } from './match-record.ts'

const minute = 60_000

/** Where an engine is shared: vectors it lost, or that a rebuilt index never had, are brought back without any record being touched. */
export function engineTimers(ctx: Pick<MatchContext, 'engine'>, log: Logger): Timer[] {
  if (!ctx.engine) return []
  const run = async () => {
    const given = (await ctx.engine?.carryMissing()) ?? 0
    if (given > 0) log.warn({ event: 'embed.index-lacked', count: given }, 'the search engine lacked vectors; they are there again')
  }
  return [{ name: 'matching-engine-vectors', periodMs: 10 * minute, run }]
}
