import { cpus } from 'node:os'

export type Contestant = { name: string; run: () => Promise<number> }
export type Measured = { name: string; rounds: number[]; median: number }

/** Runs the contestants in turn, round after round, so that a busy moment of the machine meets them all. Higher is better. */
export async function interleave(contestants: readonly Contestant[], rounds: number): Promise<Measured[]> {
  const measured = contestants.map(({ name }) => ({ name, rounds: [] as number[], median: 0 }))
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of contestants.entries()) measured[index]?.rounds.push(await run())
  }
  for (const line of measured) line.median = median(line.rounds)
  return measured
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export const say = (line: string): void => void process.stdout.write(`${line}\n`)

export const cores = (): string => `${cpus().length} cores`

export type Goal = { id: string; ratio: number; atLeast: number; against: string }

/** All rounds, the medians, and each ratio beside its goal. */
export function printMeasured(title: string, unit: string, measured: readonly Measured[], goals: readonly Goal[]): void {
  const width = Math.max(...measured.map(({ name }) => name.length))
  say(`\n${title} (${cores()}, ${unit}; median of ${measured[0]?.rounds.length ?? 0} interleaved rounds)`)
  for (const { name, rounds, median: middle } of measured) {
    say(`  ${name.padEnd(width)}  ${middle.toFixed(0).padStart(8)}   ${rounds.map((value) => value.toFixed(0)).join(' ')}`)
  }
  for (const { id, ratio, atLeast, against } of goals) {
    say(`  ${id}: ${ratio.toFixed(2)}× ${against}; goal ≥ ${atLeast}× ${ratio >= atLeast ? 'met' : 'NOT met'}`)
  }
}
