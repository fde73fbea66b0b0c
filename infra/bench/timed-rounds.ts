import type { ProcessorClock } from './processor-time.ts'
import { cores, median, say } from './rounds.ts'

export type Job = {
  name: string
  /** Not timed: brings things to where a round starts. */
  before?: () => Promise<void>
  run: () => Promise<void>
}
export type Timed = { name: string; wallMs: number[]; processorMs: number[] }

/** Runs the jobs in turn, round after round, as `interleave` does, and takes elapsed and processor time of each. Less is better. */
export async function takeTimes(jobs: readonly Job[], { rounds, clock }: { rounds: number; clock: ProcessorClock }): Promise<Timed[]> {
  const timed = jobs.map(({ name }): Timed => ({ name, wallMs: [], processorMs: [] }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, { before, run }] of jobs.entries()) {
      await before?.()
      const [started, used] = [performance.now(), clock()]
      await run()
      timed[index]?.wallMs.push(performance.now() - started)
      timed[index]?.processorMs.push(clock() - used)
    }
  }
  return timed
}

export type Times = 'wallMs' | 'processorMs'

/** How many times one job takes what another takes, by medians. */
export const ratioOf = (one: Timed | undefined, other: Timed | undefined, times: Times): number =>
  median(one?.[times] ?? []) / median(other?.[times] ?? [])

export type Verdict = { id: string; ratio: number; against: string; goal: { atLeast: number } | { atMost: number } }

/** The medians and all rounds of both clocks. */
export function printTimes(title: string, timed: readonly Timed[]): void {
  const width = Math.max(...timed.map(({ name }) => name.length))
  const rounds = timed[0]?.wallMs.length ?? 0
  say(`\n${title} (${cores()}; seconds, median of ${rounds} interleaved round${rounds === 1 ? '' : 's'}: all rounds)`)
  for (const { name, wallMs, processorMs } of timed) {
    say(`  ${name.padEnd(width)}  elapsed ${listOf(wallMs)}   processor ${listOf(processorMs)}`)
  }
}

const listOf = (values: readonly number[]) => `${seconds(median(values))}: ${values.map(seconds).join(' ')}`
const seconds = (ms: number) => (ms / 1_000).toFixed(ms < 10_000 ? 3 : 1)

export function printVerdicts(verdicts: readonly Verdict[]): void {
  for (const { id, ratio, against, goal } of verdicts) {
    const isMet = 'atMost' in goal ? ratio <= goal.atMost : ratio >= goal.atLeast
    const bound = 'atMost' in goal ? `≤ ${goal.atMost}` : `≥ ${goal.atLeast}`
    say(`  ${id}: ${ratio.toFixed(2)}× ${against}; goal ${bound}× ${isMet ? 'met' : 'NOT met'}`)
  }
}
