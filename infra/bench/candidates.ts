import { readWeights, scoreFacts, type MatchSide } from '@siku/matcher'
import { counterpartQuery, createScorer, rankMet } from '@siku/matching'
import { createMeilisearchIndex, type IntentStore, type SearchIndex } from '@siku/search'
import { newId, toSearchDocument } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { randomOf, readTexts, recombine, sampleDemands, type MixedRecord } from './mixed-records.ts'
import { cores, percentile } from './rounds.ts'

/**
 * Q1 and P8 on a real Meilisearch: what single runs lose against the exact scorer over all records, and what they cost. Needs MEILI_URL and
 * MEILI_KEY; the index it makes is deleted at the end. `--texts` takes a file of JSON lines with a `text`;
 * `--keep NAME` keeps the index under that name, and uses it if it is there and holds as many.
 */
const { values } = parseArgs({
  options: {
    documents: { type: 'string', default: '2000' },
    demands: { type: 'string', default: '57' },
    ids: { type: 'string', default: '4000,8000' },
    texts: { type: 'string' },
    keep: { type: 'string' }
  }
})
const { MEILI_URL: url, MEILI_KEY: key } = process.env
if (!url) throw new Error('MEILI_URL names no server; set it, and MEILI_KEY, to measure')

const today = '2026-11-25'
const readMax = 2_000
const prefix = values.keep ?? `bench-${process.pid}`
const budgets = values.ids.split(',').map(Number)
/** Tasks given at once: the engine takes those that wait together. */
const putsAtOnce = 5
const perTask = 1_000
const say = (line: string) => process.stdout.write(`${line}\n`)
const average = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0) / (numbers.length || 1)
const thesaurus = loadThesaurus()
const weights = readWeights()
const scorer = createScorer(thesaurus, weights)

const toSide = ({ document, annotation }: MixedRecord): MatchSide => ({
  id: document.id,
  version: 1,
  library: document.library,
  organisationKey: document.ownerKey,
  country: document.country,
  validUntil: null,
  tombstone: false,
  access: document,
  text: document.text,
  annotation
})

const noIntents: IntentStore = { intend: async () => {}, recordTask: async () => {}, settle: async () => {}, openIntents: async () => [] }

const random = randomOf(7)
const mix = { thesaurus, random, today: new Date(today) }
const texts = values.texts
  ? readFileSync(values.texts, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { text: string }).text)
      .slice(0, readMax / 2)
  : []
const read = readTexts({ ...mix, texts }, readMax)
const asked = sampleDemands(mix).map(toSide)

async function measure(size: number): Promise<void> {
  const index = createMeilisearchIndex({
    url: url ?? '',
    ...(key ? { key } : {}),
    prefix,
    intents: noIntents,
    newId,
    log: { warn: () => {} }
  })
  const sides: MatchSide[] = []
  try {
    const seconds = await fill(index, size, sides)
    say(`\nQ1 candidates on Meilisearch, ${size} documents (${cores()}; indexed in ${seconds.toFixed(1)} s)`)
    const demands = asked.filter((_, number) => number % Math.ceil(asked.length / Number(values.demands)) === 0)
    const questions = demands.map((entry) => ({ entry, exact: scoreAll(entry, sides) }))
    for (const idsMax of budgets) report(idsMax, await runAll(index, { sides, questions, idsMax }))
  } finally {
    if (values.keep === undefined) await dropIndexes()
  }
}

async function fill(index: SearchIndex, size: number, sides: MatchSide[]): Promise<number> {
  const health = await index.health()
  const isFull = health.ok && health.documents === size
  let waited = 0
  let batch: MixedRecord[] = []
  const put = async () => {
    const records = batch
    batch = []
    sides.push(...records.map(toSide))
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

const scoreOfPair = (entry: MatchSide, side: MatchSide) => scoreFacts(entry, side, thesaurus, weights).scoreMillionths

const scoreAll = (entry: MatchSide, sides: readonly MatchSide[]): Scored[] =>
  sides.map((side) => ({ id: side.id, score: scoreOfPair(entry, side) })).sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))

type Running = { sides: readonly MatchSide[]; questions: readonly Question[]; idsMax: number }

async function runAll(index: SearchIndex, { sides, questions, idsMax }: Running): Promise<Run[]> {
  const byId = new Map(sides.map((side) => [side.id, side]))
  const runs: Run[] = []
  for (const question of questions) runs.push(await runOne(index, { ...question, byId, idsMax }))
  return runs
}

type Asking = Question & { byId: ReadonlyMap<string, MatchSide>; idsMax: number }

async function runOne(index: SearchIndex, { entry, exact, byId, idsMax }: Asking): Promise<Run> {
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
    return side ? scoreOfPair(entry, side) : -1
  }
  const within = (depth: number) => new Set(ranked.slice(0, depth))
  const best = within(Math.max(...depths))
  const set = exact.filter(({ score }) => score >= weights.thresholdMillionths)
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
    outside: [...best].filter((id) => scoreOf(id) >= weights.thresholdMillionths && !inSet.has(id)).length,
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

async function dropIndexes(): Promise<void> {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  const answer = await fetch(`${url}/indexes?limit=1000`, { headers })
  const { results } = (await answer.json()) as { results: { uid: string }[] }
  for (const { uid } of results.filter((one) => one.uid.startsWith(`${prefix}-`))) {
    await fetch(`${url}/indexes/${uid}`, { method: 'DELETE', headers })
  }
}

for (const size of values.documents.split(',').map(Number)) await measure(size)
