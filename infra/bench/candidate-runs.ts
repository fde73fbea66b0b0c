import { createPostings, impactsOf, scoreFacts, writeCard, type MatchSide } from '@siku/matcher'
import { counterpartQuery, rankMet, type Scorer } from '@siku/matching'
import type { SearchIndex } from '@siku/search'
import type { Thesaurus } from '@siku/thesaurus'
import { percentile, say } from './rounds.ts'

export type Asked = { thesaurus: Thesaurus; scorer: Scorer; today: string }
type Scored = { id: string; score: number }
/** A demand with every record in the order of its exact score, and those of the first twenty that could be proposed by what they share with it. */
export type Question = { entry: MatchSide; exact: readonly Scored[]; reachable: readonly string[] }
export type Asking = Asked & { sides: readonly MatchSide[]; questions: readonly Question[] }

type Run = {
  ms: number
  rankMs: number
  answerMs: number
  /** Records the index sent, or the postings touched. */
  ids: number
  met: number
  lists: number
  listsRead: number
  kept: number[]
  reached: number[]
  found: number
  outside: number
  cut: boolean
}

const depths = [200, 500]
const placesMax = 40

const scoreOfPair = ({ thesaurus, scorer }: Asked, entry: MatchSide, side: MatchSide): number =>
  scoreFacts(entry, side, thesaurus, scorer.weights).scoreMillionths

const firstMax = 20

/** The exact scorer over all records: what candidates are held against. */
export function askExactly(asked: Asked, entry: MatchSide, sides: readonly MatchSide[]): Question {
  const exact = sides
    .map((side) => ({ id: side.id, score: scoreOfPair(asked, entry, side) }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
  const first = new Set(exact.slice(0, firstMax).map(({ id }) => id))
  const candidateScore = asked.scorer.cardScorer('demand', entry)
  const couldReach = ({ text, annotation }: MatchSide) =>
    candidateScore(writeCard(impactsOf({ text, annotation }))) >= asked.scorer.candidateFloor
  return { entry, exact, reachable: sides.filter((side) => first.has(side.id) && couldReach(side)).map(({ id }) => id) }
}

/** Every question to the index, one after another, as single runs ask it. */
export async function askEngine(index: SearchIndex, { idsMax, ...asking }: Asking & { idsMax: number }): Promise<Run[]> {
  const { scorer, today, questions } = asking
  const judge = judgeOf(asking)
  const runs: Run[] = []
  for (const question of questions) {
    const { entry } = question
    const started = performance.now()
    const side = 'demand' as const
    const { met, ids, lists, listsRead, left } = await index.candidates(counterpartQuery({ side, entry }, { scorer, today, idsMax }))
    const answered = performance.now()
    const before = process.cpuUsage()
    const candidates = rankMet(met, { scorer, side, entry })
    const { user, system } = process.cpuUsage(before)
    const reaching = candidates.filter(({ candidateScore }) => candidateScore >= scorer.candidateFloor).length
    runs.push({
      ms: performance.now() - started,
      rankMs: (user + system) / 1_000,
      answerMs: answered - started,
      ids,
      met: met.length,
      lists,
      listsRead,
      ...judge(
        question,
        candidates.map(({ id }) => id)
      ),
      cut: reaching > Math.max(...depths) || scorer.canReachBy(left.map(askedBy), side, entry)
    })
  }
  return runs
}

/** The same questions to postings in process. */
export function askEmbedded(asking: Asking): Run[] {
  const { thesaurus, scorer, sides, questions } = asking
  const postings = createPostings(thesaurus, scorer.weights)
  for (const side of sides) postings.put('technology', side)
  const judge = judgeOf(asking)
  return questions.map((question) => {
    const { entry } = question
    const started = performance.now()
    const { found, touched, cut } = postings.candidates('demand', entry, Math.max(...depths), () => true)
    const ms = performance.now() - started
    const ranked = found.map(({ id }) => id)
    return { ms, rankMs: ms, answerMs: 0, ids: touched, met: found.length, lists: 0, listsRead: 0, ...judge(question, ranked), cut }
  })
}

/** What a ranking keeps of what the exact scorer puts first. */
function judgeOf(asking: Asking): (question: Question, ranked: readonly string[]) => Pick<Run, 'kept' | 'reached' | 'found' | 'outside'> {
  const byId = new Map(asking.sides.map((side) => [side.id, side]))
  const { thresholdMillionths } = asking.scorer
  return ({ entry, exact, reachable }, ranked) => {
    const last = exact[firstMax - 1]?.score ?? 0
    const scoreOf = (id: string): number => {
      const side = byId.get(id)
      return side ? scoreOfPair(asking, entry, side) : -1
    }
    const best = new Set(ranked.slice(0, Math.max(...depths)))
    const set = exact.filter(({ score }) => score >= thresholdMillionths)
    const inSet = new Set(set.map(({ id }) => id))
    return {
      // Of equal scores at the end of the twenty any will do.
      kept: depths.map((depth) => Math.min(firstMax, ranked.slice(0, depth).filter((id) => scoreOf(id) >= last).length) / firstMax),
      reached: depths.map((depth) => {
        const within = new Set(ranked.slice(0, depth))
        return share(reachable.map((id) => within.has(id)))
      }),
      found: share(set.slice(0, placesMax).map(({ id }) => best.has(id))),
      outside: [...best].filter((id) => scoreOf(id) >= thresholdMillionths && !inSet.has(id)).length
    }
  }
}

const average = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / (numbers.length || 1)
const share = (hits: readonly boolean[]) => (hits.length === 0 ? 1 : hits.filter(Boolean).length / hits.length)
const askedBy = (token: string) => ({ kind: token.startsWith('c:') ? ('concept' as const) : ('topic' as const), id: token.slice(2) })

export function reportRuns(name: string, runs: readonly Run[]): void {
  say(`  ${name}, ${runs.length} demands`)
  const of = (value: (run: Run) => number) => runs.map(value)
  const mean = (value: (run: Run) => number) => average(of(value)).toFixed(0)
  const ms = (value: (run: Run) => number, at: number) => percentile(of(value), at).toFixed(0)
  depths.forEach((depth, at) => {
    const kept = of((run) => run.kept[at] ?? 0)
    const short = kept.filter((one) => one < 1).length
    const reached = average(of((run) => run.reached[at] ?? 0)).toFixed(4)
    say(
      `  kept of the exact top 20 at K = ${depth}: ${average(kept).toFixed(4)}, worst ${Math.min(...kept).toFixed(2)}, ${short} demands not all; of those that could be proposed ${reached}`
    )
  })
  say(
    `  of the best ${placesMax} above the threshold: ${average(of(({ found }) => found)).toFixed(4)}; above it and not in the exact set: ${of(({ outside }) => outside).reduce((a, b) => a + b, 0)}`
  )
  say(
    `  lists ${mean((run) => run.listsRead)} of ${mean((run) => run.lists)}, ids ${mean((run) => run.ids)} (most ${Math.max(...of((run) => run.ids))}), records met ${mean((run) => run.met)}, cut ${runs.filter(({ cut }) => cut).length}`
  )
  say(
    `  time of a run: p50 ${ms((run) => run.ms, 0.5)} ms, p95 ${ms((run) => run.ms, 0.95)} ms, the index p50 ${ms((run) => run.answerMs, 0.5)} ms; ranking took p50 ${ms((run) => run.rankMs, 0.5)} ms of the processor`
  )
}
