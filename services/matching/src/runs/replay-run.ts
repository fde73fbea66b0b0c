import { canonicalJson } from '@siku/db'
import { scoreOfFeatures, type Weights } from '@siku/matcher'
import type { Context } from '@siku/service-kit'
import { WeightsUnknown } from '../errors.ts'
import type { ListItem } from '../match/list-run.ts'
import { findWeights } from './keep-weights.ts'
import { getRun } from './read-runs.ts'
import type { Replay } from './run-schemas.ts'

/**
 * Scores and orders a list again from the features that were kept with it, under the weights of that day. The two lists must be equal byte
 * for byte in canonical JSON (RFC 8785); candidates are not looked for again.
 */
export async function replayRun(ctx: Context, matchId: string, runId: string | undefined): Promise<Replay> {
  const { run, weights } = await ctx.db.withRead(ctx.actor, async (tx) => {
    const found = await getRun(tx, matchId, runId)
    return { run: found, weights: await findWeights(tx, found.weightsVersion) }
  })
  if (!weights) throw WeightsUnknown(run.weightsVersion)
  const recorded = run.items
  const replayed = replayItems(recorded, weights)
  const { items: _items, ...rest } = run
  return { run: rest, equal: canonicalJson(recorded) === canonicalJson(replayed), recorded, replayed }
}

/** The same lines, scored and placed anew. */
export function replayItems(items: readonly ListItem[], weights: Weights): ListItem[] {
  return items
    .map((item) => ({ ...item, scoreMillionths: scoreOfFeatures(item.features, weights) }))
    .sort((a, b) => b.scoreMillionths - a.scoreMillionths || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
    .map((item, index) => ({ ...item, rank: index + 1 }))
}
