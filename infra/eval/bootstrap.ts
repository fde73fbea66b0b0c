export type Interval = { value: number; low: number; high: number }

const seed = 20_250_101
const resamples = 2000

/**
 * A value with its 95 % percentile interval (Efron 1979): needs are drawn again with replacement, and the statistic is taken of each draw.
 * The draws are the same at every run.
 */
export function bootstrap<T>(items: readonly T[], statistic: (items: readonly T[]) => number): Interval | null {
  const places = drawsOf(items.length)
  return intervalOf(items.length, statistic(items), (draw) => {
    const first = draw * items.length
    return statistic(items.map((_, at) => items[places[first + at] ?? 0] as T))
  })
}

/** The same of a mean, without laying out every draw. */
export function bootstrapMean(values: readonly number[]): Interval | null {
  const size = values.length
  const places = drawsOf(size)
  const kept = Float64Array.from(values)
  return intervalOf(size, mean(values), (draw) => {
    let sum = 0
    for (let at = draw * size; at < (draw + 1) * size; at++) sum += kept[places[at] ?? 0] ?? 0
    return sum / size
  })
}

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length

function intervalOf(size: number, value: number, statisticOf: (draw: number) => number): Interval | null {
  if (size === 0 || !Number.isFinite(value)) return null
  const drawn = new Float64Array(resamples)
  let count = 0
  for (let draw = 0; draw < resamples; draw++) {
    const statistic = statisticOf(draw)
    if (Number.isFinite(statistic)) drawn[count++] = statistic
  }
  const sorted = drawn.subarray(0, count).toSorted()
  return { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

const known = new Map<number, Int32Array>()

/** All draws from so many needs, one after another; every statistic of the same needs sees the same ones. */
function drawsOf(size: number): Int32Array {
  const places = known.get(size) ?? new Int32Array(resamples * size)
  if (known.has(size)) return places
  const next = randomFrom(seed)
  for (let at = 0; at < places.length; at++) places[at] = Math.floor(next() * size)
  known.set(size, places)
  return places
}

function quantile(sorted: Float64Array, share: number): number {
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
