import { rematchAll, type MatchContext, type RematchResult } from '@siku/matching'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { copyOut } from './copy-out.ts'
import type { CorpusDatabase } from './corpus-database.ts'
import { say } from './rounds.ts'
import { printTimes, printVerdicts, ratioOf, takeTimes } from './timed-rounds.ts'

export type RematchOptions = { context: MatchContext; rounds: number }

/** A run takes minutes, and is as long as all others together. */
const roundsMax = 2
const written = 'matching.match, matching.list_run, matching.decision, matching.duplicate, work.item'

/** P6: the full run as it is shipped, writing included, against COPY of the very rows it wrote into a table with the same indexes. */
export async function benchFullRematch(corpus: CorpusDatabase, { context, rounds }: RematchOptions): Promise<void> {
  const { owner, urls, technologies, needs } = corpus
  const folder = mkdtempSync(join(tmpdir(), 'siku-bench-rows-'))
  const file = join(folder, 'match')
  await context.copy.catchUp()
  await owner.unsafe('create table published.bench_match (like matching.match including all)')
  let first: RematchResult | undefined
  try {
    const timed = await takeTimes(
      [
        {
          name: 'full rematch',
          before: async () => void (await owner.unsafe(`truncate ${written} cascade`)),
          run: async () => void (first = await rematchAll(context, { cause: 'bench' }))
        },
        {
          name: 'COPY of its rows',
          before: async () => {
            await owner.unsafe('truncate published.bench_match')
            await copyOut(urls.owner, 'copy matching.match to stdout', createWriteStream(file))
          },
          run: async () => pipeline(createReadStream(file), await owner.unsafe('copy published.bench_match from stdin').writable())
        }
      ],
      { rounds: Math.min(rounds, roundsMax), clock: corpus.clock }
    )
    const again = await takeTimes(
      [{ name: 'second run', run: async () => report('second run', await rematchAll(context, { cause: 'bench' })) }],
      {
        rounds: 1,
        clock: corpus.clock
      }
    )
    const [ours, reference] = timed
    printTimes(`P6 full rematch, ${technologies} technologies × ${needs} needs, one worker`, [...timed, ...again])
    if (first) report('first run', first)
    const against = 'COPY of its rows'
    printVerdicts([
      { id: 'P6', ratio: ratioOf(ours, reference, 'processorMs'), against: `${against}, by processor time`, goal: { atMost: 6 } },
      { id: 'P6', ratio: ratioOf(ours, reference, 'wallMs'), against: `${against}, by elapsed time`, goal: { atMost: 6 } }
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await owner.unsafe('drop table published.bench_match')
  }
}

function report(name: string, { demands, scored, added, changed, withdrawn }: RematchResult): void {
  say(`  ${name}: ${demands} needs, ${scored} pairs scored, ${added + changed + withdrawn} rows written`)
}
