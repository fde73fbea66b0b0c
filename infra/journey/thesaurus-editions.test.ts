import { serviceActor, type LibraryName, type PublishedText } from '@siku/contracts'
import { claimWork, connectDatabase, writeDocument, type Database, type DocumentToWrite } from '@siku/db'
import { library as demands } from '@siku/cooperation-demand'
import { indexDocuments, roleOf, type Library } from '@siku/library-kit'
import { readWeights } from '@siku/matcher'
import { createMatching, createMatchWorker, matchingRole, readExpectedMatches } from '@siku/matching'
import { annotateDocument, createLogger, followThesaurus, newId, systemNow, TokenInvalid } from '@siku/service-kit'
import { library as technologies } from '@siku/technology-reserve'
import { testActors, testDatabase, type TestDatabase } from '@siku/testing'
import { loadThesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { loadSample } from '../dev/sample/load-sample.ts'
import { publicDocument } from '../harness/durability/public-document.ts'

/** A label comes at run time: exactly the records it concerns are read again, lists move on together, and the two find each other. */
const log = createLogger({ name: 'editions', level: 'silent' })
const actor = serviceActor('service:match', 'editions')
const others = 230
const label = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }

const open = (t: Pick<Test, 'teardown'>, url: string): Database => {
  const db = connectDatabase({ url, applicationName: 'editions', poolSize: 3 })
  t.teardown(() => db.close())
  return db
}

/** What one process of each kind holds; a second call is the same processes started again, with nothing remembered. */
function startProcesses(t: Test, database: TestDatabase) {
  const thesaurus = loadThesaurus()
  const held = [demands, technologies].map((library) => ({ library, db: open(t, database.urlFor(roleOf(library.schemaName))) }))
  const db = open(t, database.urlFor(matchingRole))
  const worker = createMatchWorker({ db, thesaurus, weights: readWeights(), log, now: systemNow, newId })
  const indexOnce = ({ library, db: own }: { library: Library; db: Database }) =>
    indexDocuments({ db: own, library, thesaurus, log, now: systemNow })
  return {
    thesaurus,
    db,
    worker,
    indexOnce,
    held,
    index: async () => {
      for (const one of held) while ((await indexOnce(one)) > 0);
    },
    settle: async () => {
      for (let done = 1; done > 0;) {
        done = 0
        for (const one of held) done += await indexOnce(one)
        done += await worker.drain()
      }
    }
  }
}

async function publish(owner: Database, documents: readonly DocumentToWrite[]): Promise<void> {
  await owner.withTx(actor, async (tx) => {
    for (const document of documents) await writeDocument(tx, document, 'editions')
  })
}

const plain = (document: DocumentToWrite, text: Partial<PublishedText>): DocumentToWrite => ({
  ...document,
  text: { ...document.text, summary: '', description: '', more: [], keywords: [], criteria: [], performance: [], standards: [], ...text }
})

async function place(t: Test) {
  const database = await testDatabase(t)
  const owner = open(t, database.ownerUrl)
  const sample = loadSample(systemNow())
  const made = (library: Library, number: number) => {
    const list = library.name === 'cooperation-demand' ? sample.demands : sample.technologies
    const record = list[number % list.length]
    if (!record) throw new Error('the sample is empty')
    return publicDocument(library, record.draft, { id: newId(), number })
  }
  const facts = { sectors: [], stage: null, trl: null, targetCountries: [], targetRegions: [] }
  const demand = plain(made(demands, 0), {
    ...facts,
    sourceLanguage: 'en',
    seeks: 'technology',
    // What they share besides is not enough, and the one new word alone would not be either.
    title: 'Hyperfiltration sieves wanted',
    summary: 'Our farms of sturgeon and yak wool look for a hyperfiltration sieve.'
  })
  const technology = plain(made(technologies, 1), {
    ...facts,
    sourceLanguage: 'zh',
    title: '反渗透',
    summary: '反渗透，用于鲟鱼、牦牛绒'
  })
  await publish(owner, [
    demand,
    technology,
    ...Array.from({ length: others }, (_, at) => made(technologies, at)),
    ...Array.from({ length: 20 }, (_, at) => made(demands, at))
  ])
  return { database, owner, demand, technology, made }
}

/** Proposes, approves and publishes as three people, over HTTP. */
async function publishChange(t: Test, { db, thesaurus }: ReturnType<typeof startProcesses>, change: object): Promise<void> {
  const verifyToken = async (token: string) =>
    (testActors as Record<string, typeof testActors.intake>)[token] ?? Promise.reject(TokenInvalid('?'))
  const app = await createMatching({ db, thesaurus, log, verifyToken, now: systemNow, newId, strictResponses: true })
  const call = async (who: string, url: string, payload?: object, headers: Record<string, string> = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${who}`, ...headers },
      ...(payload ? { payload } : {})
    })
    return { status: answer.statusCode, body: answer.json<{ id: string }>() }
  }
  const proposed = await call('intake', '/v1/thesaurus/changes', change)
  const path = `/v1/thesaurus/changes/${proposed.body.id}/approve`
  const approved = await call('reviewer', path, undefined, { 'if-match': '"r1"' })
  const published = await call('seniorReviewer', '/v1/thesaurus/editions')
  t.same([proposed.status, approved.status, published.status], [201, 200, 201])
  await app.close()
}

type Stored = { id: string; library: LibraryName; text: PublishedText; annotation: unknown }
const annotationsOf = async (owner: Database, edition: string): Promise<Stored[]> =>
  owner.withRead(actor, async (tx) => [
    ...(await tx.execute<Stored>(sql`
      select d.id, d.library, d.text, a.annotation from published.document d
      join published.annotation a on a.id = d.id and a.version = d.version and a.edition = ${edition} order by d.id`))
  ])
const readAgain = async (owner: Database): Promise<string[]> =>
  owner.withRead(actor, async (tx) => {
    const rows = await tx.execute<{ id: string }>(
      sql`select record_id as id from work.item where kind = 'index' and cause = 'thesaurus.edition' order by 1`
    )
    return [...rows].map(({ id }) => id)
  })
const matchesOf = async (owner: Database, demandId: string) =>
  owner.withRead(actor, async (tx) => [
    ...(await tx.execute<{ technologyId: string; edition: string; state: string }>(sql`
      select technology_id as "technologyId", thesaurus_edition as edition, state from matching.match where demand_id = ${demandId}::uuid`))
  ])

t.test('a label that came at run time makes a demand find a technology, and nothing else is read again', async (t) => {
  const { database, owner, demand, technology } = await place(t)
  const first = startProcesses(t, database)
  await first.settle()
  const shipped = first.thesaurus.edition
  t.same(await matchesOf(owner, demand.id), [], 'before, it finds nothing')
  const before = await annotationsOf(owner, shipped)
  t.equal(before.length, others + 22)

  await publishChange(t, first, label)
  await first.settle()
  const { newestThesaurus, inForce } = await followThesaurus(first.db, first.thesaurus).refresh()
  t.equal(inForce, 1)
  const found = await matchesOf(owner, demand.id)
  t.ok(
    found.some(({ technologyId }) => technologyId === technology.id),
    'now it finds the technology'
  )
  t.ok(found.every(({ edition }) => edition === newestThesaurus.edition))

  const carries = ({ annotation }: Stored) => (annotation as { concepts: { id: string }[] }).concepts.some(({ id }) => id === label.concept)
  const concerned = [...before.filter(carries).map(({ id }) => id), demand.id].toSorted()
  t.same(await readAgain(owner), concerned, 'those that say the label or carry its concept')
  t.ok(concerned.length < before.length / 4, `${concerned.length} of ${before.length}`)
  t.comment(`${concerned.length} of ${before.length} records were read again`)

  const after = await annotationsOf(owner, newestThesaurus.edition)
  t.equal(after.length, before.length)
  t.same(
    after.filter(
      ({ text, annotation }) => JSON.stringify(sorted(annotateDocument(newestThesaurus, text))) !== JSON.stringify(sorted(annotation))
    ),
    [],
    'every record says what reading it with the new edition says, read again or not'
  )
  t.same(await annotationsOf(owner, shipped), [], 'what lists have left is cleared away')

  const expected = await readExpectedMatches(first.db, { thesaurus: newestThesaurus, weights: readWeights(), now: systemNow() })
  const stored = await storedPairs(owner)
  t.same(
    stored,
    expected.map(({ demandId, technologyId, contentHash }) => `${demandId} ${technologyId} ${contentHash}`).toSorted(),
    'the match set is that of brute force'
  )

  t.comment('processes that are started again have the overlay, and further changes build on it')
  const again = startProcesses(t, database)
  t.equal(await again.worker.drain(), 0)
  t.equal(again.worker.context.scorer.edition, newestThesaurus.edition)
  await publishChange(t, again, { ...label, kind: 'remove-label' })
  await again.settle()
  await first.settle()
  t.equal(first.worker.context.scorer.edition, again.worker.context.scorer.edition, 'both processes work with the same edition')
  t.notOk(
    (await matchesOf(owner, demand.id)).some(({ state }) => state !== 'withdrawn'),
    'without the label the match is gone'
  )
})

t.test('a process killed between any two steps leaves nothing behind', async (t) => {
  const { database, owner, demand, technology, made } = await place(t)
  const first = startProcesses(t, database)
  await first.settle()
  await publishChange(t, first, label)
  const editionNow = () => followThesaurus(first.db, first.thesaurus).refresh()

  t.comment('killed with a claim in hand')
  const claimed = await claimWork(owner, actor, { kind: 'index', limit: 5, leaseMs: 1 })
  t.equal(claimed.length, 0, 'nothing is owed before the first look')
  const [ofDemands, ofTechnologies] = first.held
  if (!ofDemands || !ofTechnologies) throw new Error('two libraries are held')
  t.equal(await first.indexOnce(ofTechnologies), 200, 'one page of two is carried over')
  const taken = await claimWork(owner, actor, { kind: 'index', limit: 500, leaseMs: 1 })
  t.ok(taken.length > 0, 'and then killed, with what it had owed claimed')

  t.comment('a posting in the middle is matched at once, in the edition that lists are still in')
  const second = startProcesses(t, database)
  t.equal((await editionNow()).inForce, 0)
  const late = plain(made(demands, 3), {
    sourceLanguage: 'en',
    title: 'Reverse osmosis',
    summary: 'Reverse osmosis for sturgeon and yak wool.'
  })
  await publish(owner, [late])
  await second.indexOnce({ library: demands, db: ofDemands.db })
  await second.worker.drain()
  t.ok((await matchesOf(owner, late.id)).some(({ edition }) => edition === first.thesaurus.edition))

  t.comment('killed when all is read again and before lists have moved on')
  await second.index()
  t.equal((await editionNow()).inForce, 0)
  const third = startProcesses(t, database)
  await third.settle()
  t.equal((await editionNow()).inForce, 1)
  t.ok((await matchesOf(owner, demand.id)).some(({ technologyId }) => technologyId === technology.id))
  const { newestThesaurus } = await editionNow()
  t.equal((await annotationsOf(owner, newestThesaurus.edition)).length, others + 23)
  const expected = await readExpectedMatches(third.db, { thesaurus: newestThesaurus, weights: readWeights(), now: systemNow() })
  t.equal((await storedPairs(owner)).length, expected.length)
})

const storedPairs = async (owner: Database): Promise<string[]> =>
  owner.withRead(actor, async (tx) => {
    const rows = await tx.execute<{ pair: string }>(sql`
      select demand_id || ' ' || technology_id || ' ' || content_hash as pair from matching.match where state <> 'withdrawn'`)
    return [...rows].map(({ pair }) => pair).toSorted()
  })

/** The database orders the fields of an object its own way. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)])
  )
}
