import { checkWeights, type Explanation, type Weights } from '@siku/matcher'
import type { LibraryName } from '@siku/contracts'
import { documentsAfter, type Database } from '@siku/db'
import type { SearchIndex } from '@siku/search'
import { createEmbedder, toSearchDocument, type EmbedderOptions } from '@siku/service-kit'
import type { Annotation } from '@siku/thesaurus'
import { createEmbedderDouble, seededNumbers, type EmbedderDoubleOptions } from '@siku/testing'
import { sql } from 'drizzle-orm'
import type t from 'tap'
import { createEmbedWorker, type EmbedWorkerOptions } from '../../src/embedding/embed-worker.ts'
import { createMatchWorker } from '../../src/match/match-worker.ts'
import { readExpectedMatches } from '../../src/match/oracle.ts'
import {
  demand,
  indexAll,
  indexer,
  log,
  matcherActor,
  matchingDatabase,
  publish,
  technology,
  thesaurus,
  weights,
  type RecordSketch
} from '../support.ts'

type Tap = typeof t
type Teardown = { teardown: (end: () => unknown) => void }

export const idOf = (series: 'd' | 't', number: number) =>
  `${series === 'd' ? '00000d00' : '00000700'}-0000-4000-8000-${String(number).padStart(12, '0')}`
export const subjects = ['salt', 'wind', 'silk', 'rail'] as const
export type Subject = (typeof subjects)[number]

/** Texts marked with the same subject mean the same; all others mean what their words are. */
function meaningOf(text: string): number[] {
  const at = subjects.findIndex((subject) => text.includes(`«${subject}»`))
  const vector = Array.from({ length: 16 }, () => 0)
  if (at >= 0) vector[at] = 1
  else for (const unit of text) vector[4 + ((unit.codePointAt(0) ?? 0) % 12)] = (vector[4 + ((unit.codePointAt(0) ?? 0) % 12)] ?? 0) + 1
  return vector
}

/** Meaning weighs enough here to carry a pair that shares no concept. */
export const meaningful = checkWeights({
  ...weights,
  version: 'test-meaning',
  features: { ...weights.features, embedding: { weight: 20, baseline: 0.6 }, 'embedding-missing': { weight: 12, baseline: 0 } },
  embedding: { ...weights.embedding, candidateMin: 0.6 }
})

type Setting = {
  double?: EmbedderDoubleOptions
  embedder?: Partial<EmbedderOptions>
  worker?: Partial<EmbedWorkerOptions>
  weights?: Weights
  /** The search engine all processes share, where there is one. */
  index?: SearchIndex
}

export async function place(
  t: Teardown,
  { double = {}, embedder: options = {}, worker: own = {}, weights: used = weights, index }: Setting = {}
) {
  const place = await matchingDatabase(t)
  const { db, owner, clock, newId } = place
  const server = await createEmbedderDouble({ meaningOf, ...double })
  t.teardown(() => server.close())
  const embedder = createEmbedder({ url: server.url, timeoutMs: 2_000, ...options })
  t.teardown(() => embedder.close())
  const shared = { db, log, now: clock.now, weights: used }
  const matcher = createMatchWorker({ ...shared, thesaurus, newId, ...(index ? { index } : {}) })
  const embedding = createEmbedWorker({ ...shared, embedder, retryMs: 0, recheckMs: 0, ...own })
  const tell = index ? tellIndex(index, owner) : async () => undefined
  const matchAll = async () => {
    while ((await indexAll(owner)) > 0);
    await tell()
    while ((await matcher.drain()) > 0);
  }
  const settle = async () => {
    for (let done = 1; done > 0;) {
      await matchAll()
      done = await embedding.drain()
    }
    await matchAll()
  }
  return { ...place, server, embedder, matcher, embedding, tell, matchAll, settle, weights: used }
}
export type Here = Awaited<ReturnType<typeof place>>

/** What index workers tell the shared index: what was published or withdrawn since it was told last, and nothing else. */
export function tellIndex(index: SearchIndex, owner: Database): () => Promise<void> {
  const after = new Map<LibraryName, number>()
  return async () => {
    for (const library of ['technology-reserve', 'cooperation-demand'] as const) {
      const rows = await owner.withRead(indexer, (tx) =>
        documentsAfter(tx, { library, after: after.get(library) ?? 0, limit: 1_000, edition: thesaurus.edition })
      )
      const live = rows.filter((row) => !row.tombstone)
      await index.put(live.map((row) => toSearchDocument(row, row.annotation as Annotation | null, row.changedAt)))
      await index.remove(rows.filter((row) => row.tombstone).map(({ id }) => ({ library, id })))
      after.set(library, rows.at(-1)?.position ?? after.get(library) ?? 0)
    }
  }
}

export const marked = (subject: Subject, sketch: RecordSketch = {}): RecordSketch => ({
  ...sketch,
  text: { keywords: [`«${subject}»`], ...sketch.text }
})

export type Row = { demandId: string; technologyId: string; score: number; hash: string; state: string; explanation: Explanation }
export const rowsOf = ({ db }: Pick<Here, 'db'>): Promise<Row[]> =>
  db.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<Row>(sql`
      select demand_id as "demandId", technology_id as "technologyId", score_millionths as score, content_hash as hash, state, explanation
      from matching.match where state <> 'withdrawn' order by demand_id, technology_id`))
  ])
export const valueIn = ({ explanation }: Row, feature: 'embedding' | 'embedding-missing') =>
  explanation.contributions.find((line) => line.feature === feature)?.value
export const owed = ({ db }: Pick<Here, 'db'>) =>
  db.withRead(matcherActor, async (tx) => {
    const [row] = await tx.execute<{ open: number; parked: number }>(sql`
      select (count(*) filter (where state = 'open' and done < wanted))::int as open, (count(*) filter (where state = 'parked'))::int as parked
      from work.item where kind = 'embed'`)
    return row
  })
export const vectors = ({ db }: Pick<Here, 'db'>) =>
  db.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<{ id: string; version: number; model: string; isCurrent: boolean }>(sql`
      select v.record_id as id, v.version, s.model, s.is_current as "isCurrent" from matching.vector v
      join matching.embedding_space s on s.id = v.space where v.version > 0 order by v.record_id, s.model`))
  ])

/** What is stored, and what brute force over a copy made afresh says should be. */
export async function assertConverged(tap: Pick<Tap, 'same'>, here: Here, message = 'what is stored is what brute force finds') {
  const expected = await readExpectedMatches(here.db, { thesaurus, weights: here.weights, now: here.clock.now() })
  const lineOf = (pair: { demandId: string; technologyId: string }, hash: string) => `${pair.demandId} ${pair.technologyId} ${hash}`
  const stored = (await rowsOf(here)).map((row) => lineOf(row, row.hash))
  tap.same(stored.sort(), expected.map((match) => lineOf(match, match.contentHash)).sort(), message)
}

/** Claims that were left to run out come due again by themselves. */
export async function untilQuiet(here: Here): Promise<void> {
  for (let left = 1; left > 0; left = (await owed(here))?.open ?? 0) await here.settle()
}

const about = [['brackish-desalination', 'reverse-osmosis'], ['low-crop-yield'], ['saline-groundwater']]

/** Records come, change and go, the model fails and changes, and the workers take turns, all in an order that the seed repeats. */
export async function editAtRandom(here: Here, { seed, edits }: { seed: number; edits: number }): Promise<void> {
  const next = seededNumbers(seed)
  const revisions = new Map<string, number>()
  for (let at = 0; at < edits; at++) {
    const side = next(2) === 0 ? 'd' : 't'
    const id = idOf(side, next(5))
    const revision = (revisions.get(id) ?? 0) + 1
    revisions.set(id, revision)
    const sketch = marked(subjects[next(4)] ?? 'salt', {
      version: revision,
      revision,
      about: about[next(3)] ?? [],
      tombstone: next(8) === 0
    })
    await publish(here.owner, [side === 'd' ? demand(id, sketch) : technology(id, sketch)])
    if (next(9) === 0) here.server.inject({ kind: 'error-500' })
    // A model of the same length and one of another.
    if (next(14) === 0) here.server.change(`double-${next(3)}`, 16 + 4 * next(2))
    if (next(2) === 0) {
      await indexAll(here.owner)
      await here.tell()
    }
    if (next(2) === 0) await here.embedding.drain()
    if (next(2) === 0) await here.matcher.drain()
  }
}
