import { writeFileSync } from 'node:fs'
import type { Ranked } from './metrics.ts'

const runName = 'siku'

/** Rankings in the format of TREC: need, Q0, technology, rank, score, name of the run. */
export function writeRun(file: string, rankings: Iterable<{ id: string; ranking: readonly Ranked[] }>): number {
  const lines = [...rankings].flatMap(({ id, ranking }) =>
    ranking.map((line, at) => `${id} Q0 ${line.id} ${at + 1} ${line.score.toFixed(6)} ${runName}\n`)
  )
  writeFileSync(file, lines.join(''))
  return lines.length
}
