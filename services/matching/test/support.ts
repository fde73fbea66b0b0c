import { emptyPublishedText, serviceActor, workAfterIndex, type LibraryName, type PublishedText } from '@siku/contracts'
import {
  claimWork,
  closeWork,
  connectDatabase,
  contentHash,
  migrateDatabase,
  numberDocuments,
  oweWorkForAll,
  writeAnnotations,
  writeDocument,
  type Database,
  type DocumentToWrite
} from '@siku/db'
import { readWeights } from '@siku/matcher'
import { annotateDocument, createLogger } from '@siku/service-kit'
import { countingIds, testClock, testDatabase, testOrganisations } from '@siku/testing'
import { conceptLabels, loadThesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { readExpectedMatches } from '../src/match/oracle.ts'
import { createMatchWorker } from '../src/match/match-worker.ts'
import { matchingMigrations, matchingRole } from '../src/migrations.ts'

export const thesaurus = loadThesaurus()
export const weights = readWeights()
export const log = createLogger({ name: 'test', level: 'silent' })
export const indexer = serviceActor('service:index', 'test-index')
export const matcherActor = serviceActor('service:match', 'test-match')

type Teardown = { teardown: (end: () => unknown) => void }
export type Place = Awaited<ReturnType<typeof matchingDatabase>>

/** A fresh database with this service's schema: `db` as the service logs in, `owner` to publish as a library would. */
export async function matchingDatabase(t: Teardown) {
  const database = await testDatabase(t)
  await migrateDatabase({ url: database.ownerUrl, sets: matchingMigrations, roles: [] })
  const open = (url: string, applicationName: string) => {
    const connected = connectDatabase({ url, applicationName, poolSize: 6 })
    t.teardown(() => connected.close())
    return connected
  }
  const db = open(database.urlFor(matchingRole), 'matching')
  const owner = open(database.ownerUrl, 'library')
  const clock = testClock()
  const newId = countingIds(7)
  const worker = (options: { batchSize?: number; leaseMs?: number } = {}) =>
    createMatchWorker({ db, thesaurus, weights, log, now: clock.now, newId, ...options })
  return { db, owner, clock, newId, worker }
}

/** A text that speaks of the concepts given, in a language's own words. */
export function textAbout(
  concepts: readonly string[],
  language: 'zh' | 'en' | 'fr' | 'ar' = 'en'
): Pick<PublishedText, 'title' | 'summary' | 'description' | 'sourceLanguage'> {
  const words = concepts.map((id) => conceptLabels(thesaurus, id, language)[0] ?? id)
  const separator = language === 'zh' ? '。' : '. '
  return {
    sourceLanguage: language,
    title: words.slice(0, 2).join(separator),
    summary: words.join(separator),
    description: words.join(separator)
  }
}

export type RecordSketch = Partial<Omit<DocumentToWrite, 'text'>> & {
  about?: readonly string[]
  language?: 'zh' | 'en' | 'fr' | 'ar'
  text?: Partial<PublishedText>
}

const desalination = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater']

export const demand = (id: string, sketch: RecordSketch = {}): DocumentToWrite => {
  const { mission } = testOrganisations
  return document(
    'cooperation-demand',
    id,
    { ownerKey: mission.key, country: 'KE', controlState: 'not-applicable', language: 'en', ...sketch },
    {
      recordType: 'TR',
      seeks: 'technology',
      country: 'KE',
      owner: { name: null, type: 'embassy', country: 'KE', district: null }
    }
  )
}

export const technology = (id: string, sketch: RecordSketch = {}): DocumentToWrite => {
  const { a } = testOrganisations
  return document(
    'technology-reserve',
    id,
    { ownerKey: a.key, country: 'CN', controlState: 'not-listed', language: 'zh', ...sketch },
    {
      recordType: 'TO',
      country: 'CN',
      owner: { name: null, type: 'research-institute', country: 'CN', district: 'haidian' }
    }
  )
}

function document(library: LibraryName, id: string, sketch: RecordSketch, own: Partial<PublishedText>): DocumentToWrite {
  const { about = desalination, language = 'en', text, ...facts } = sketch
  return {
    library,
    id,
    version: 1,
    revision: 1,
    tombstone: false,
    state: 'published',
    visibility: 'network',
    openForInterest: true,
    controlState: 'not-listed',
    clearedCountries: [],
    ownerKey: 'someone',
    excludedKeys: [],
    excludedCountries: [],
    country: null,
    validUntil: null,
    publishedAt: '2027-02-01T00:00:00.000Z',
    ...facts,
    text: {
      ...emptyPublishedText,
      reference: `REF-${id.slice(-4)}`,
      recordType: 'TO',
      ...textAbout(about, language),
      ...own,
      ...text
    }
  }
}

/** Publishes as a library does: the rows, and nothing of what is derived from them. */
export const publish = (owner: Database, documents: readonly DocumentToWrite[]): Promise<void> =>
  owner.withTx(indexer, async (tx) => {
    for (const one of documents) await writeDocument(tx, one, 'test-cause')
  })

const sides: readonly LibraryName[] = ['cooperation-demand', 'technology-reserve']

/** Does what an index worker does with what is owed: annotate, give places, owe the match, close. */
export async function indexAll(
  owner: Database,
  { limit = 500, libraries = sides }: { limit?: number; libraries?: readonly LibraryName[] } = {}
): Promise<number> {
  let done = 0
  for (const library of libraries) {
    const items = await claimWork(owner, indexer, { kind: 'index', library, limit, leaseMs: 60_000 })
    if (items.length === 0) continue
    await owner.withTx(indexer, async (tx) => {
      const ids = JSON.stringify(items.map((item) => item.recordId))
      const rows = await tx.execute<{ id: string; version: number; revision: number; text: PublishedText }>(sql`
        select id, version, revision, text from published.document where id in (select (jsonb_array_elements_text(${ids}::jsonb))::uuid)`)
      await writeAnnotations(
        tx,
        [...rows].map(({ id, version, text }) => {
          const annotation = annotateDocument(thesaurus, text)
          return { library, id, version, edition: thesaurus.edition, hash: contentHash(annotation), annotation }
        })
      )
      await numberDocuments(
        tx,
        library,
        [...rows].map(({ id, revision }) => ({ id, revision }))
      )
      await oweWorkForAll(tx, {
        kind: workAfterIndex(library),
        library,
        recordIds: items.map((item) => item.recordId),
        cause: 'record.indexed',
        causeId: null
      })
      await closeWork(tx, items)
    })
    done += items.length
  }
  return done
}

/** Publishes, indexes and matches until nothing is owed. */
export async function settle(
  { owner }: Pick<Place, 'owner'>,
  worker: Pick<ReturnType<Place['worker']>, 'drain'>,
  documents: readonly DocumentToWrite[] = []
): Promise<void> {
  if (documents.length > 0) await publish(owner, documents)
  while ((await indexAll(owner)) > 0);
  while ((await worker.drain()) > 0);
}

export type MatchRow = {
  id: string
  demandId: string
  technologyId: string
  demandVersion: number
  technologyVersion: number
  score: number
  band: string
  state: string
  uncleared: boolean
  changed: boolean
  renewed: boolean
  closed: boolean
  revision: number
  hash: string
}

export const matchRows = (db: Database): Promise<MatchRow[]> =>
  db.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<MatchRow>(sql`
      select id, demand_id as "demandId", technology_id as "technologyId", demand_version as "demandVersion",
        technology_version as "technologyVersion", score_millionths as score, band, state, uncleared, changed, renewed, closed, revision,
        content_hash as hash
      from matching.match order by demand_id, technology_id`))
  ])

export const countRows = async (db: Database, table: 'match' | 'list_run' | 'decision'): Promise<number> =>
  db.withRead(matcherActor, async (tx) => {
    const [row] = await tx.execute<{ count: number }>(sql`select count(*)::int as count from matching.${sql.identifier(table)}`)
    return row?.count ?? 0
  })

const keyOf = (match: { demandId: string; technologyId: string }, hash: string) => `${match.demandId} ${match.technologyId} ${hash}`

/** The undecided pairs as stored, and as brute force over a copy made afresh says they should be. */
export async function storedAndExpected({ db, clock }: Pick<Place, 'db' | 'clock'>): Promise<{ stored: string[]; expected: string[] }> {
  const expected = (await readExpectedMatches(db, { thesaurus, weights, now: clock.now() })).map((match) => keyOf(match, match.contentHash))
  const rows = (await matchRows(db)).filter(({ state }) => state !== 'withdrawn')
  return { stored: rows.map((row) => keyOf(row, row.hash)).sort(), expected: expected.sort() }
}
