import { passesHardFilters, readWeights, type MatchSide, type Postings, type Side } from '@siku/matcher'
import { createScorer, type Scorer } from '@siku/matching'
import type { Thesaurus } from '@siku/thesaurus'
import { drawCorpus, type CorpusLibrary } from './corpus.ts'
import { toMatchSide } from './match-side.ts'
import { ownProcessorMs } from './processor-time.ts'
import { cores, median, say } from './rounds.ts'

const asked = 100
const candidatesMax = 200
const pairsGoal = 500
const touchedGoal = 0.1
const cappedFrom = 20_000
const slopeGoals = { demand: 0.6, technology: 0.35 }
const libraries: Record<Side, CorpusLibrary> = { demand: 'cooperation-demand', technology: 'technology-reserve' }
const opposite: Record<Side, Side> = { demand: 'technology', technology: 'demand' }

export type NewRecordOptions = { thesaurus: Thesaurus; today: string; sizes: readonly number[]; rounds: number }

type Line = { size: number; pairs: number; weighed: number; touched: number; touchedMax: number; processorMs: number; rounds: number[] }

/** P8: what one new record costs while the other side grows. Counters first, for they are the same on every machine. */
export async function benchNewRecordCost({ thesaurus, today, sizes, rounds }: NewRecordOptions): Promise<void> {
  const scorer = createScorer(thesaurus, readWeights())
  const grown: Record<Side, Grown> = { demand: growing(thesaurus, scorer, 'demand'), technology: growing(thesaurus, scorer, 'technology') }
  for (const side of ['demand', 'technology'] as const) {
    const entries = [...drawCorpus({ thesaurus, library: libraries[side], count: asked, seed: 9 })].map(toMatchSide)
    const lines: Line[] = []
    for (const size of sizes) {
      const others = grown[opposite[side]]
      others.growTo(size)
      const accepts = (entry: MatchSide) => (id: string) => {
        const other = others.entries.get(id)
        if (!other) return false
        return side === 'demand' ? passesHardFilters(entry, other, today) : passesHardFilters(other, entry, today)
      }
      lines.push(measure({ side, size, entries, others, scorer, rounds, accepts }))
    }
    report(side, lines)
  }
}

type Grown = { postings: Postings; entries: Map<string, MatchSide>; growTo: (size: number) => void }

/** One side of the market that can be made larger without being made anew. */
function growing(thesaurus: Thesaurus, scorer: Scorer, side: Side): Grown {
  const postings = scorer.createPostings()
  const entries = new Map<string, MatchSide>()
  const records = drawCorpus({ thesaurus, library: libraries[side], count: Infinity })
  return {
    postings,
    entries,
    growTo(size) {
      while (entries.size < size) {
        const next = records.next()
        if (next.done) return
        const entry = toMatchSide(next.value)
        entries.set(entry.id, entry)
        postings.put(side, entry)
      }
    }
  }
}

type Measuring = {
  side: Side
  size: number
  entries: readonly MatchSide[]
  others: Grown
  scorer: Scorer
  rounds: number
  accepts: (entry: MatchSide) => (id: string) => boolean
}

function measure({ side, size, entries, others, scorer, rounds, accepts }: Measuring): Line {
  const line: Line = { size, pairs: 0, weighed: 0, touched: 0, touchedMax: 0, processorMs: 0, rounds: [] }
  const matchOne = (entry: MatchSide) => {
    const { found, touched, scored } = others.postings.reaching(side, entry, candidatesMax, accepts(entry))
    let pairs = 0
    for (const { id, candidateScore } of found) {
      const other = others.entries.get(id) as MatchSide
      const [demand, technology] = side === 'demand' ? [entry, other] : [other, entry]
      if (!scorer.mayReach(demand, technology, candidateScore)) continue
      scorer.score(demand, technology)
      pairs++
    }
    return { pairs, touched, weighed: scored }
  }
  // The first pass reads what is kept of each record afterwards; it counts and is not timed.
  for (const entry of entries) {
    const { pairs, touched, weighed } = matchOne(entry)
    line.pairs = Math.max(line.pairs, pairs)
    line.touchedMax = Math.max(line.touchedMax, touched / size)
    line.touched += touched / entries.length
    line.weighed += weighed / entries.length
  }
  for (let round = 0; round < rounds; round++) {
    const before = ownProcessorMs()
    for (const entry of entries) matchOne(entry)
    line.rounds.push((ownProcessorMs() - before) / entries.length)
  }
  line.processorMs = median(line.rounds)
  return line
}

function report(side: Side, lines: readonly Line[]): void {
  const others = side === 'demand' ? 'technologies' : 'needs'
  say(
    `\nP8 a new ${side === 'demand' ? 'need' : 'technology'} among ${others} (${cores()}; ${asked} records, processor time of each: all rounds)`
  )
  for (const { size, pairs, weighed, touched, touchedMax, processorMs, rounds } of lines) {
    const counters = `at most ${pairs} pairs scored exactly, ${weighed.toFixed(0)} weighed`
    const share = `touched ${((100 * touched) / size).toFixed(1)} % (at most ${(100 * touchedMax).toFixed(1)} %)`
    say(
      `  ${String(size).padStart(7)}  ${counters}, ${share}; ${processorMs.toFixed(2)} ms: ${rounds.map((ms) => ms.toFixed(2)).join(' ')}`
    )
  }
  const pairs = Math.max(...lines.map((line) => line.pairs))
  const touched = Math.max(...lines.filter(({ size }) => size >= cappedFrom).map(({ touchedMax }) => touchedMax))
  say(`  P8: ${pairs} pairs scored; goal ≤ ${pairsGoal} ${pairs <= pairsGoal ? 'met' : 'NOT met'}`)
  if (Number.isFinite(touched)) {
    const verdict = touched <= touchedGoal ? 'met' : 'NOT met'
    say(`  P8: at most ${(100 * touched).toFixed(1)} % touched from ${cappedFrom} on; goal ≤ ${100 * touchedGoal} % ${verdict}`)
  }
  reportSlopes(side, lines)
}

/** Below the size from which only a share is met the whole shelf is read; so the slope from there on counts too, and the worse decides. */
function reportSlopes(side: Side, lines: readonly Line[]): void {
  const goal = slopeGoals[side]
  const capped = lines.filter(({ size }) => size >= cappedFrom)
  const [all, beyond] = [logLogSlope(lines), capped.length > 1 ? logLogSlope(capped) : undefined]
  const isMet = Math.max(all, beyond ?? all) <= goal
  const besides = beyond === undefined ? '' : `, from ${cappedFrom} on ${beyond.toFixed(2)}`
  say(`  P8: log-log slope of the time ${all.toFixed(2)}${besides}; goal ≤ ${goal} ${isMet ? 'met' : 'NOT met'}`)
}

/** Least squares through the logarithms: 0 where the time stays, 1 where it grows as the records do. */
function logLogSlope(lines: readonly Line[]): number {
  const points = lines.map(({ size, processorMs }) => ({ x: Math.log(size), y: Math.log(processorMs) }))
  const mean = (axis: 'x' | 'y') => points.reduce((sum, point) => sum + point[axis], 0) / points.length
  const [x, y] = [mean('x'), mean('y')]
  const over = points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0)
  return over / points.reduce((sum, point) => sum + (point.x - x) ** 2, 0)
}
