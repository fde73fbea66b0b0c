import { readWeights, scoreFacts, type MatchSide } from '@siku/matcher'
import { counterpartQuery, createScorer, rankMet, type Scorer } from '@siku/matching'
import { createMeilisearchIndex, type IntentStore, type SearchIndex } from '@siku/search'
import { newId, toSearchDocument } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { readFileSync } from 'node:fs'
import { toMatchSide } from './match-side.ts'
import { randomOf, readTexts, recombine, sampleDemands, type MixedRecord } from './mixed-records.ts'
import { cores, percentile, say } from './rounds.ts'

export type CandidatesOptions = {
  /** Address and key of a Meilisearch; the index made there is dropped at the end. */
  url: string
  key?: string | undefined
  thesaurus: Thesaurus
  today: string
  documents: readonly number[]
  demands: number
  /** Budgets of ids of a run. */
  ids: readonly number[]
  /** A file of JSON lines with a `text`, read before anything is put together from labels. */
  texts?: string | undefined
  /** Keeps the index under that name, and uses it if it is there and holds as many. */
  keep?: string | undefined
}

const readMax = 2_000
/** Tasks given at once: the engine takes those that wait together. */
const putsAtOnce = 5
const perTask = 1_000
const average = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / (numbers.length || 1)

const noIntents: IntentStore = { intend: async () => {}, recordTask: async () => {}, settle: async () => {}, openIntents: async () => [] }

type Bench = CandidatesOptions & {
  prefix: string
  scorer: Scorer
  read: readonly MixedRecord[]
  asked: readonly MatchSide[]
  random: () => number
}

/** Q1 and P8 on a real Meilisearch: what single runs lose against the exact scorer over all records, and what they cost. */
export async function benchCandidates(options: CandidatesOptions): Promise<void> {
  const { thesaurus, today, texts: file, keep } = options
  const random = randomOf(7)
  const mix = { thesaurus, random, today: new Date(today) }
  const texts = file === undefined ? [] : textsOf(file)
  const scorer = createScorer(thesaurus, readWeights())
  const read = readTexts({ ...mix, texts }, readMax)
  const asked = sampleDemands(mix).map(toMatchSide)
  const bench = { ...options, prefix: keep ?? `bench-${process.pid}`, scorer, read, asked, random }
  for (const size of options.documents) await measure(bench, size)
}

function textsOf(file: string): string[] {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  return lines.map((line) => (JSON.parse(line) as { text: string }).text).slice(0, readMax / 2)
}

async function measure(bench: Bench, size: number): Promise<void> {
  const { url, key, prefix, asked } = bench
  const index = createMeilisearchIndex({
    url,
    ...(key ? { key } : {}),
    prefix,
    intents: noIntents,
    newId,
    log: { warn: () => {} }
  })
  const sides: MatchSide[] = []
  try {
    const seconds = await fill(index, { bench, size, sides })
    say(`\nQ1 candidates on Meilisearch, ${size} documents (${cores()}; indexed in ${seconds.toFixed(1)} s)`)
    const demands = asked.filter((_, number) => number % Math.ceil(asked.length / bench.demands) === 0)
    const questions = demands.map((entry) => ({ entry, exact: scoreAll(bench, entry, sides) }))
    for (const idsMax of bench.ids) report(idsMax, await runAll(index, { bench, sides, questions, idsMax }))
  } finally {
    if (bench.keep === undefined) await dropIndexes(bench)
  }
}

type Filling = { bench: Bench; size: number; sides: MatchSide[] }

async function fill(index: SearchIndex, { bench: { read, random }, size, sides }: Filling): Promise<number> {
  const health = await index.health()
  const isFull = health.ok && health.documents === size
  let waited = 0
  let batch: MixedRecord[] = []
  const put = async () => {
    const records = batch
    batch = []
    sides.push(...records.map(toMatchSide))
    if (isFull) return
    const documents = records.map(({ document, annotation }) => toSearchDocument(document, annotation, '2026-11-25T00:00:00.000Z'))
    const started = performance.now()
    const tasks = Array.from({ length: Math.ceil(documents.length / perTask) }, (_, at) =>
      documents.slice(at * perTask, (at + 1) * perTask)
    )
    await Promise.all(tasks.map((task) => index.put(task)))
    waited += performance.now() - started
  }
  for (const record of [...read.slice(0, size), ...recombine(read, Math.max(0, size - read.length), random)]) {
    batch.push(record)
    if (batch.length === putsAtOnce * perTask) await put()
  }
  await put()
  return waited / 1_000
}

type Run = {
  ms: number
  rankMs: number
  answerMs: number
  ids: number
  met: number
  lists: number
  listsRead: number
  kept: number[]
  found: number
  outside: number
  cut: boolean
}

const depths = [200, 500]
const placesMax = 40

type Scored = { id: string; score: number }
type Question = { entry: MatchSide; exact: readonly Scored[] }

const scoreOfPair = ({ thesaurus, scorer }: Bench, entry: MatchSide, side: MatchSide): number =>
  scoreFacts(entry, side, thesaurus, scorer.weights).scoreMillionths

const scoreAll = (bench: Bench, entry: MatchSide, sides: readonly MatchSide[]): Scored[] =>
  sides.map((side) => ({ id: side.id, score: scoreOfPair(bench, entry, side) })).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))

type Running = { bench: Bench; sides: readonly MatchSide[]; questions: readonly Question[]; idsMax: number }

async function runAll(index: SearchIndex, { bench, sides, questions, idsMax }: Running): Promise<Run[]> {
  const byId = new Map(sides.map((side) => [side.id, side]))
  const runs: Run[] = []
  for (const question of questions) runs.push(await runOne(index, { ...question, bench, byId, idsMax }))
  return runs
}

type Asking = Question & { bench: Bench; byId: ReadonlyMap<string, MatchSide>; idsMax: number }

async function runOne(index: SearchIndex, { bench, entry, exact, byId, idsMax }: Asking): Promise<Run> {
  const { scorer, today } = bench
  const { thresholdMillionths } = scorer
  const asking = { side: 'demand' as const, entry }
  const started = performance.now()
  const { met, ids, lists, listsRead, left } = await index.candidates(counterpartQuery(asking, { scorer, today, idsMax }))
  const answered = performance.now()
  const before = process.cpuUsage()
  const candidates = rankMet(met, { scorer, ...asking })
  const { user, system } = process.cpuUsage(before)
  const finished = performance.now()
  const ranked = candidates.map(({ id }) => id)
  const reaching = candidates.filter(({ candidateScore }) => candidateScore >= scorer.candidateFloor).length
  const last = exact[19]?.score ?? 0
  const scoreOf = (id: string): number => {
    const side = byId.get(id)
    return side ? scoreOfPair(bench, entry, side) : -1
  }
  const within = (depth: number) => new Set(ranked.slice(0, depth))
  const best = within(Math.max(...depths))
  const set = exact.filter(({ score }) => score >= thresholdMillionths)
  const inSet = new Set(set.map(({ id }) => id))
  return {
    ms: finished - started,
    rankMs: (user + system) / 1_000,
    answerMs: answered - started,
    ids,
    met: met.length,
    lists,
    listsRead,
    // Of equal scores at the end of the twenty any will do.
    kept: depths.map((depth) => Math.min(20, [...within(depth)].filter((id) => scoreOf(id) >= last).length) / 20),
    found: share(set.slice(0, placesMax).map(({ id }) => best.has(id))),
    outside: [...best].filter((id) => scoreOf(id) >= thresholdMillionths && !inSet.has(id)).length,
    cut: reaching > best.size || scorer.canReachBy(left.map(askedBy), 'demand', entry)
  }
}

const share = (hits: readonly boolean[]) => (hits.length === 0 ? 1 : hits.filter(Boolean).length / hits.length)
const askedBy = (token: string) => ({ kind: token.startsWith('c:') ? ('concept' as const) : ('topic' as const), id: token.slice(2) })

function report(idsMax: number, runs: readonly Run[]): void {
  say(`  budget ${idsMax} ids, ${runs.length} demands`)
  const of = (value: (run: Run) => number) => runs.map(value)
  depths.forEach((depth, at) =>
    say(
      `  kept of the exact top 20 at K = ${depth}: ${average(of(({ kept }) => kept[at] ?? 0)).toFixed(4)}, worst ${Math.min(...of(({ kept }) => kept[at] ?? 0)).toFixed(2)}`
    )
  )
  say(
    `  of the best ${placesMax} above the threshold: ${average(of(({ found }) => found)).toFixed(4)}; above it and not in the exact set: ${of(({ outside }) => outside).reduce((a, b) => a + b, 0)}`
  )
  say(
    `  lists ${average(of(({ listsRead }) => listsRead)).toFixed(0)} of ${average(of(({ lists }) => lists)).toFixed(0)}, ids ${average(of(({ ids }) => ids)).toFixed(0)} (most ${Math.max(...of(({ ids }) => ids))}), records met ${average(of(({ met }) => met)).toFixed(0)}, cut ${runs.filter(({ cut }) => cut).length}`
  )
  const ms = of((run) => run.ms)
  say(
    `  time of a run: p50 ${percentile(ms, 0.5).toFixed(0)} ms, p95 ${percentile(ms, 0.95).toFixed(0)} ms, the index p50 ${percentile(
      of((run) => run.answerMs),
      0.5
    ).toFixed(0)} ms; ranking took p50 ${percentile(
      of((run) => run.rankMs),
      0.5
    ).toFixed(0)} ms of the processor`
  )
}

async function dropIndexes({ url, key, prefix }: Bench): Promise<void> {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  const answer = await fetch(`${url}/indexes?limit=1000`, { headers })
  const { results } = (await answer.json()) as { results: { uid: string }[] }
  for (const { uid } of results.filter((one) => one.uid.startsWith(`${prefix}-`))) {
    await fetch(`${url}/indexes/${uid}`, { method: 'DELETE', headers })
  }
}
