import { passesHardFilters } from '@siku/matcher'
import type { MatchContext } from '@siku/matching'
import type { CorpusDatabase } from './corpus-database.ts'
import { openSqlMatching } from './sql-matching.ts'
import { printTimes, printVerdicts, ratioOf, takeTimes, type Job } from './timed-rounds.ts'
import { say } from './rounds.ts'

const needsMax = 50
const places = 40
const goal = { atLeast: 5 }

export type MatcherSpeedOptions = { context: MatchContext; today: string; rounds: number }

/**
 * P5: candidates, hard filters, the exact score of each and the explanation of the best forty, against PostgreSQL that only sums over the
 * same lists and sorts. Judged by processor time, so that it is one core against one core.
 */
export async function benchMatcherSpeed(corpus: CorpusDatabase, { context, today, rounds }: MatcherSpeedOptions): Promise<void> {
  const { copy, scorer } = context
  await copy.catchUp()
  const needs = copy.all('demand').slice(0, needsMax)
  const technologies = copy.all('technology').map(({ entry }) => entry)
  const found = { candidates: 0, matches: 0, rows: 0 }
  const matchAll = async () => {
    Object.assign(found, { candidates: 0, matches: 0 })
    for (const need of needs) {
      const { counterparts } = copy.reaching(need, context.candidatesMax, ({ entry }) => passesHardFilters(need.entry, entry, today))
      const scored = counterparts.flatMap(({ entry }) => {
        const score = scorer.score(need.entry, entry)
        return score === undefined ? [] : [{ entry, score: score.scoreMillionths }]
      })
      scored.sort((a, b) => b.score - a.score || (a.entry.id < b.entry.id ? -1 : 1))
      for (const { entry } of scored.slice(0, places)) scorer.explain(need.entry, entry)
      found.candidates += counterparts.length
      found.matches += scored.length
    }
  }
  const sql = await openSqlMatching(corpus.owner, { needs: needs.map(({ entry }) => entry), technologies, scorer, places })
  try {
    const numbers = needs.map((_, number) => number)
    const jobs: Job[] = [
      { name: 'PostgreSQL, the same lists', run: async () => void (found.rows = await sql.run(numbers, 'near')) },
      { name: 'PostgreSQL, named concepts only', run: async () => void (await sql.run(numbers, 'named')) },
      { name: 'matcher', run: matchAll }
    ]
    const timed = await takeTimes(jobs, { rounds, clock: corpus.clock })
    const [same, named, ours] = timed
    printTimes(`P5 matcher, ${needs.length} needs against ${technologies.length} technologies`, timed)
    const each = (sum: number) => (sum / needs.length).toFixed(1)
    say(
      `  a need: ${each(found.candidates)} pairs scored exactly, ${each(found.matches)} above the threshold; PostgreSQL gives ${each(found.rows)}`
    )
    printVerdicts([
      { id: 'P5', ratio: ratioOf(same, ours, 'processorMs'), against: 'PostgreSQL over the same lists, per core', goal },
      { id: 'P5', ratio: ratioOf(named, ours, 'processorMs'), against: 'PostgreSQL over named concepts only, per core', goal }
    ])
  } finally {
    await sql.close()
  }
}
