import { libraryNames, schemaOf, serviceActor, type LibraryName } from '@siku/contracts'
import { workSummary, type Database } from '@siku/db'
import { readWeights } from '@siku/matcher'
import { readExpectedMatches } from '@siku/matching'
import { createEmbeddedIndex } from '@siku/search'
import { createLogger, followPublished, reconcileIndex } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import postgres from 'postgres'
import type { Told } from './load-client.ts'

export type Judgement = {
  lost: string[]
  phantom: string[]
  doubled: string[]
  unindexed: number
  drifts: number
  matchesMissing: string[]
  matchesExtra: string[]
  matchesStored: number
  workOpen: number
  parked: number
}

export type JudgeOptions = { ownerUrl: string; db: Database; told: readonly Told[]; thesaurus: Thesaurus; now: Date }

const libraries: readonly LibraryName[] = ['technology-reserve', 'cooperation-demand']
const actor = serviceActor('service:match', 'judge')

/** Holds the database against what the clients were told, the index against the database, and the matches against brute force. */
export async function judge({ ownerUrl, db, told, thesaurus, now }: JudgeOptions): Promise<Judgement> {
  const owner = postgres(ownerUrl, { max: 1, onnotice: () => undefined })
  try {
    return {
      ...(await judgePostings(owner, told)),
      ...(await judgeIndex(owner, db, thesaurus)),
      ...(await judgeMatches(owner, db, { thesaurus, now })),
      ...(await judgeWork(db))
    }
  } finally {
    await owner.end()
  }
}

async function judgePostings(owner: postgres.Sql, told: readonly Told[]) {
  const published: { id: string; title: string; state: string }[] = []
  for (const library of libraries) {
    published.push(
      ...(await owner.unsafe<{ id: string; title: string; state: string }[]>(`
      select r.id, v.draft ->> 'title' as title, r.state from ${schemaOf(library)}.record r
      join ${schemaOf(library)}.version v on v.record_id = r.id and v.version = r.latest_version`))
    )
  }
  const byTitle = new Map<string, typeof published>()
  for (const row of published) byTitle.set(row.title, [...(byTitle.get(row.title) ?? []), row])
  const isThere = ({ id, title }: Told) => byTitle.get(title)?.some((row) => row.id === id && row.state === 'published') ?? false
  const expected = new Set(told.filter(({ outcome }) => outcome !== 'fail').map(({ title }) => title))
  return {
    lost: told.filter((line) => line.outcome === 'ok' && !isThere(line)).map(({ key }) => key),
    phantom: published.filter(({ title }) => !expected.has(title)).map(({ title }) => title),
    doubled: [...byTitle].filter(([, rows]) => rows.length > 1).map(([title]) => title)
  }
}

/** A copy made afresh from what is published must agree with it to the last hash, and every row must have been annotated. */
async function judgeIndex(owner: postgres.Sql, db: Database, thesaurus: Thesaurus) {
  const [row] = await owner<{ n: number }[]>`
    select count(*)::int as n from published.document d where not d.tombstone and (d.position is null or not exists (
      select from published.annotation a where a.id = d.id and a.version = d.version and a.edition = ${thesaurus.edition}))`
  const index = createEmbeddedIndex()
  const log = createLogger({ name: 'judge', level: 'silent' })
  const following = await followPublished({ db, index, edition: thesaurus.edition, log })
  const { drifts } = await reconcileIndex({ db, index, edition: thesaurus.edition, libraries: libraryNames })
  await following.close()
  await index.close()
  return { unindexed: row?.n ?? -1, drifts: drifts.length }
}

async function judgeMatches(owner: postgres.Sql, db: Database, { thesaurus, now }: { thesaurus: Thesaurus; now: Date }) {
  const expected = await readExpectedMatches(db, { thesaurus, weights: readWeights(), now })
  const stored = await owner<{ demand: string; technology: string; score: number }[]>`
    select demand_id as demand, technology_id as technology, score_millionths::int as score from matching.match where state in ('proposed', 'in-review', 'approved', 'rejected', 'deferred')`
  const nameOf = (demand: string, technology: string, score: number) => `${demand} ${technology} ${score}`
  const wanted = new Set(expected.map((match) => nameOf(match.demandId, match.technologyId, match.scoreMillionths)))
  const held = new Set(stored.map((match) => nameOf(match.demand, match.technology, match.score)))
  return {
    matchesMissing: [...wanted].filter((name) => !held.has(name)),
    matchesExtra: [...held].filter((name) => !wanted.has(name)),
    matchesStored: stored.length
  }
}

async function judgeWork(db: Database) {
  const lines = await db.withRead(actor, workSummary)
  return { workOpen: lines.reduce((sum, line) => sum + line.open, 0), parked: lines.reduce((sum, line) => sum + line.parked, 0) }
}

/** What a run without a fault leaves. */
export const clean = {
  lost: [],
  phantom: [],
  doubled: [],
  unindexed: 0,
  drifts: 0,
  matchesMissing: [],
  matchesExtra: [],
  workOpen: 0,
  parked: 0
}
