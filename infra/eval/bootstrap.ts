export type Interval = { value: number; low: number; high: number }

const seed = 20_250_101
const resamples = 2000

/**
 * A value with its 95 % percentile interval (Efron 1979): needs are drawn again with replacement, and the statistic is taken of each draw.
 * The draws are the same at every run.
 */
export function bootstrap<T>(items: readonly T[], statistic: (items: readonly T[]) => number): Interval | null {
  if (items.length === 0) return null
  const value = statistic(items)
  if (!Number.isFinite(value)) return null
  const next = randomFrom(seed)
  const draws: number[] = []
  for (let draw = 0; draw < resamples; draw++) {
    const drawn = statistic(items.map(() => items[Math.floor(next() * items.length)] as T))
    if (Number.isFinite(drawn)) draws.push(drawn)
  }
  draws.sort((a, b) => a - b)
  return { value, low: quantile(draws, 0.025), high: quantile(draws, 0.975) }
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share
  const low = sorted[Math.floor(at)] ?? 0
  const high = sorted[Math.ceil(at)] ?? low
  return low + (high - low) * (at - Math.floor(at))
}

/** Mulberry32: small, and the same everywhere. */
function randomFrom(start: number): () => number {
  let state = start
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
