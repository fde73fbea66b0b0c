import { readWeights, type MatchSide } from '@siku/matcher'
import { createScorer } from '@siku/matching'
import { createMeilisearchIndex, type IntentStore, type SearchIndex } from '@siku/search'
import { newId, toSearchDocument } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { seededRandom } from '@siku/testing'
import { readFileSync } from 'node:fs'
import { toMatchSide } from './match-side.ts'
import { askEmbedded, askEngine, askExactly, reportRuns, type Asked } from './candidate-runs.ts'
import { readTexts, recombine, writtenDemands, type MixedRecord } from './mixed-records.ts'
import { cores, say } from './rounds.ts'

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

const noIntents: IntentStore = { intend: async () => {}, recordTask: async () => {}, settle: async () => {}, openIntents: async () => [] }

type Bench = CandidatesOptions &
  Asked & {
    prefix: string
    read: readonly MixedRecord[]
    asked: readonly MatchSide[]
    random: () => number
  }

/** Q1 and P8 on a real Meilisearch: what single runs lose against the exact scorer over all records, and what they cost. */
export async function benchCandidates(options: CandidatesOptions): Promise<void> {
  const { thesaurus, today, texts: file, keep } = options
  const random = seededRandom(7)
  const mix = { thesaurus, random, today: new Date(today) }
  const texts = file === undefined ? [] : textsOf(file)
  const scorer = createScorer(thesaurus, readWeights())
  const read = readTexts({ ...mix, texts }, readMax)
  // What needs a translation first is never matched, so it asks nothing.
  const asked = writtenDemands(mix)
    .filter(({ annotation }) => annotation.needsTranslation !== true)
    .map(toMatchSide)
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
    const demands = spread(asked, bench.demands)
    const started = performance.now()
    const questions = demands.map((entry) => askExactly(bench, entry, sides))
    say(`  ${demands.length} demands, each scored exactly against all of them in ${((performance.now() - started) / 1_000).toFixed(0)} s`)
    for (const idsMax of bench.ids) reportRuns(`budget of ${idsMax} ids`, await askEngine(index, { ...bench, sides, questions, idsMax }))
    reportRuns('embedded', askEmbedded({ ...bench, sides, questions }))
  } finally {
    if (bench.keep === undefined) await dropIndexes(bench)
  }
}

/** So many of them, from the whole of the list. */
const spread = <T>(all: readonly T[], count: number): T[] =>
  Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor((at * all.length) / Math.min(count, all.length))] as T)

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

async function dropIndexes({ url, key, prefix }: Bench): Promise<void> {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  const answer = await fetch(`${url}/indexes?limit=1000`, { headers })
  const { results } = (await answer.json()) as { results: { uid: string }[] }
  for (const { uid } of results.filter((one) => one.uid.startsWith(`${prefix}-`))) {
    await fetch(`${url}/indexes/${uid}`, { method: 'DELETE', headers })
  }
}
