import t from 'tap'
import type { DocumentToWrite } from '@siku/db'
import { countingIds, seededNumbers } from '@siku/testing'
import { sql } from 'drizzle-orm'
import {
  demand,
  indexAll,
  matcherActor,
  matchingDatabase,
  matchRows,
  publish,
  settle,
  storedAndExpected,
  technology,
  type Place,
  type RecordSketch
} from '../support.ts'

const ids = countingIds(2)

const topics = [
  ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater'],
  ['pumping-energy-cost', 'seawater-intrusion'],
  ['desalination', 'saline-groundwater', 'well-drilling'],
  ['reverse-osmosis', 'desalination'],
  ['seawater-intrusion', 'saline-groundwater', 'brackish-desalination']
]

function drawing(seed: number) {
  const below = seededNumbers(seed)
  return { below, pick: <T>(values: readonly T[]): T => values.at(below(values.length)) as T }
}

/** Publishers, an index worker for each library and two match workers, all at once, until nothing is owed. */
async function runTogether(place: Place, documents: readonly DocumentToWrite[]): Promise<void> {
  let published = 0
  const isOwed = async () => {
    const [row] = await place.db.withRead(matcherActor, (tx) =>
      tx.execute<{ open: number }>(sql`select count(*)::int as open from work.item where kind in ('index', 'match') and done < wanted`)
    )
    return published < documents.length || (row?.open ?? 0) > 0
  }
  const untilDone = async (step: () => Promise<unknown>) => {
    while (await isOwed()) await step()
  }
  const publisher = async (share: readonly DocumentToWrite[]) => {
    for (const one of share) {
      await publish(place.owner, [one])
      published += 1
    }
  }
  const [first, second] = [place.worker({ batchSize: 3 }), place.worker({ batchSize: 5 })]
  await Promise.all([
    publisher(documents.filter(({ library }) => library === 'cooperation-demand')),
    publisher(documents.filter(({ library }) => library === 'technology-reserve')),
    untilDone(() => indexAll(place.owner, { limit: 2, libraries: ['cooperation-demand'] })),
    untilDone(() => indexAll(place.owner, { limit: 3, libraries: ['technology-reserve'] })),
    untilDone(() => first.drain()),
    untilDone(() => second.drain())
  ])
}

t.test('records published at the same moment find each other, each pair once', async (t) => {
  const place = await matchingDatabase(t)
  const pairs = Array.from({ length: 40 }, (_, index) => {
    const about = topics[index % topics.length]
    return [demand(ids(), { about }), technology(ids(), { about })] as const
  })
  await runTogether(place, pairs.flat())

  const { stored, expected } = await storedAndExpected(place)
  t.ok(expected.length > pairs.length, 'there is something to find')
  t.same(stored, expected)
  const rows = await matchRows(place.db)
  for (const [need, offer] of pairs) t.equal(rows.filter((row) => row.demandId === need.id && row.technologyId === offer.id).length, 1)

  await place.owner.withTx(matcherActor, (tx) =>
    tx.execute(sql`delete from matching.match where id = (select min(id::text)::uuid from matching.match)`)
  )
  const broken = await storedAndExpected(place)
  t.equal(broken.stored.length, expected.length - 1, 'control: the comparison sees one missing pair')
})

t.test('edits on both sides while two workers run leave the set that brute force gives', async (t) => {
  const place = await matchingDatabase(t)
  const records = topics.flatMap((about) => [demand(ids(), { about }), technology(ids(), { about })])
  await settle(place, place.worker(), records)
  const edited = records.flatMap((record, index) =>
    [2, 3].map((version) => edit(record, { version, revision: version, about: topics[(index + version) % topics.length] }))
  )
  await runTogether(place, edited)
  const { stored, expected } = await storedAndExpected(place)
  t.same(stored, expected)
})

function edit(record: DocumentToWrite, sketch: RecordSketch): DocumentToWrite {
  const build = record.library === 'cooperation-demand' ? demand : technology
  return build(record.id, { ...record, text: undefined, ...sketch })
}

const seeds = [11, 12, 13]
for (const seed of seeds) {
  t.test(`one record at a time gives what brute force gives, after any sequence of edits (seed ${seed})`, async (t) => {
    const place = await matchingDatabase(t)
    const worker = place.worker({ batchSize: 4 })
    const random = drawing(seed)
    const records = new Map<string, DocumentToWrite>()
    const change = (): DocumentToWrite => {
      const known = [...records.values()]
      if (known.length < 6 || random.below(4) === 0) {
        const build = random.below(2) === 0 ? demand : technology
        return build(ids(), { about: random.pick(topics) })
      }
      const record = random.pick(known)
      const sketch = random.pick<RecordSketch>([
        { version: record.version + 1, about: random.pick(topics) },
        { state: 'paused', tombstone: true },
        { state: 'published', tombstone: false },
        { openForInterest: random.below(2) === 0 },
        {
          controlState:
            record.library === 'technology-reserve' ? random.pick(['unassessed', 'not-listed', 'prohibited'] as const) : record.controlState
        },
        { excludedCountries: random.below(2) === 0 ? ['KE', 'CN'] : [] }
      ])
      return edit(record, {
        about: undefined,
        text: record.text,
        ...(sketch.about ? { text: undefined } : {}),
        ...sketch,
        revision: record.revision + 1
      })
    }
    for (let step = 0; step < 40; step++) {
      const document = change()
      records.set(document.id, document)
      await publish(place.owner, [document])
      if (random.below(2) === 0) await indexAll(place.owner, { limit: 1 + random.below(3) })
      if (random.below(3) === 0) await worker.drain()
    }
    await settle(place, worker)
    const { stored, expected } = await storedAndExpected(place)
    t.ok(expected.length > 0, 'there is something to find')
    t.same(stored, expected)
  })
}
