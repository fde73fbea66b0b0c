import type { LibraryName } from '@siku/contracts'
import { connectDatabase, editionNumbers, publishEdition, putInForce, type Database } from '@siku/db'
import { roleOf } from '@siku/library-kit'
import { testDatabase, type TestDatabase } from '@siku/testing'
import { compileEdition, type OverlayChange } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { carryEdition } from '../../src/index-worker/carry-edition.ts'
import { sampleLibrary } from '../sample-library.ts'
import { tinyThesaurus } from '../tiny-thesaurus.ts'
import { indexer, textOf } from './index-bench.ts'

/** How the carrying of an edition grows with the number of records; nightly at a hundred thousand. */
const scale = Number(process.env.SIKU_SCALE ?? '1')
const sizes = [2_000, scale > 1 ? 100_000 : 8_000]
const library = sampleLibrary('technology-reserve')
const label: OverlayChange = { kind: 'add-label', concept: 'membrane', language: 'zh', label: '滤纸' }
const concernedEvery = 100
const edition = compileEdition(tinyThesaurus, { number: 1, changes: [label] })

const open = (t: Test, url: string): Database => {
  const db = connectDatabase({ url, applicationName: 'carry', poolSize: 2 })
  t.teardown(() => db.close())
  return db
}

/** Records that were read in the shipped edition; one in a hundred says the new label, and as many of another library stand between them. */
async function fill(owner: Database, count: number): Promise<void> {
  const text = (title: string) => JSON.stringify(textOf(title))
  const annotation = JSON.stringify({ language: 'zh', edition: tinyThesaurus.edition, concepts: [], topics: [], terms: [], quantities: [] })
  await owner.withTx(indexer, async (tx) => {
    await tx.execute(sql`alter table published.document disable trigger user`)
    await tx.execute(sql`
      insert into published.document (library, id, version, revision, hash, state, visibility, open_for_interest, control_state, owner_key, text, position)
      select case n % 2 when 0 then 'technology-reserve' else 'project-results' end, gen_random_uuid(), 1, 1, 'h', 'published', 'network',
        true, 'not-listed', 'k', case n % ${2 * concernedEvery} when 0 then ${text('滤纸')}::jsonb else ${text('无关')}::jsonb end, n
      from generate_series(1, ${2 * count}) n`)
    await tx.execute(sql`
      insert into published.annotation (library, id, version, edition, hash, annotation)
      select library, id, 1, ${tinyThesaurus.edition}, 'h', ${annotation}::jsonb from published.document`)
    await tx.execute(sql`
      insert into work.item (kind, library, record_id, cause, done) select 'index', library, id, 'record.published', 1 from published.document`)
    await tx.execute(sql`alter table published.document enable trigger user`)
  })
  await owner.withTx(indexer, (tx) => tx.execute(sql`analyze published.document, published.annotation, work.item`))
}

const publish = (owner: Database): Promise<void> =>
  owner.withTx(indexer, (tx) =>
    publishEdition(tx, {
      number: 1,
      edition: edition.edition,
      base: tinyThesaurus.edition,
      changes: [label],
      publishedBy: 'x',
      publishedAt: '2027-03-01T00:00:00.000Z'
    })
  )

/** Rows of the tables concerned that were read so far, by index or by looking through; a session tells when it ends. */
const rowsRead = async (owner: Database): Promise<number> =>
  owner.withRead(indexer, async (tx) => {
    const [row] = await tx.execute<{ rows: number }>(sql`
      select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::float8 as rows from pg_stat_all_tables
      where schemaname || '.' || relname in ('published.document', 'published.annotation', 'work.item')`)
    return row?.rows ?? 0
  })

/** Carries on as a worker does, until there is nothing to do, and says how many rows that read. */
async function carryAll(database: TestDatabase, owner: Database): Promise<{ rows: number; calls: number }> {
  const before = await rowsRead(owner)
  const db = connectDatabase({ url: database.urlFor(roleOf(library.schemaName)), applicationName: 'carry', poolSize: 1 })
  let calls = 0
  while ((await carryEdition({ db, library, thesaurus: tinyThesaurus })) > 0) calls += 1
  await db.close()
  return { rows: (await rowsRead(owner)) - before, calls }
}

type Counts = { carried: number; former: number; owed: number; ofOthers: number }
const countsOf = async (owner: Database): Promise<Counts | undefined> =>
  owner.withRead(indexer, async (tx) => {
    const name: LibraryName = library.name
    const [row] = await tx.execute<Counts>(sql`
      select count(*) filter (where library = ${name} and edition = ${edition.edition})::int as carried,
        count(*) filter (where library = ${name} and edition = ${tinyThesaurus.edition})::int as former,
        count(*) filter (where library <> ${name})::int as "ofOthers",
        (select count(*)::int from work.item where done < wanted) as owed from published.annotation`)
    return row
  })

async function measure(t: Test, count: number) {
  const database = await testDatabase(t)
  const owner = open(t, database.ownerUrl)
  await fill(owner, count)
  await publish(owner)
  const carried = await carryAll(database, owner)
  const concerned = count / concernedEvery
  t.match(await countsOf(owner), { carried: count - concerned, former: count, owed: concerned, ofOthers: count })

  await owner.withTx(indexer, async (tx) => {
    // As the index worker would.
    await tx.execute(sql`
      insert into published.annotation (library, id, version, edition, hash, annotation)
      select library, record_id, 1, ${edition.edition}, 'h', '{}'::jsonb from work.item where done < wanted`)
    await tx.execute(sql`update work.item set done = wanted`)
    await putInForce(tx, 1)
  })
  const dropped = await carryAll(database, owner)
  t.match(await countsOf(owner), { carried: count, former: 0, owed: 0, ofOthers: count })
  t.match(await owner.withRead(indexer, editionNumbers), { newest: 1, inForce: 1 })
  for (const [what, { rows, calls }] of Object.entries({ carried, dropped }))
    t.comment(`${count} records ${what}: ${rows} rows read, ${(rows / count).toFixed(1)} a record, in ${calls} calls`)
  return { carried: carried.rows / count, dropped: dropped.rows / count }
}

t.test('an edition is carried over and the former one dropped with a few rows read for each record, however many there are', async (t) => {
  const [few, many] = [await measure(t, sizes[0] ?? 0), await measure(t, sizes[1] ?? 0)]
  for (const step of ['carried', 'dropped'] as const) {
    t.ok(many[step] > 1, `control: reading is counted (${many[step].toFixed(1)})`)
    t.ok(many[step] < 20, `${many[step].toFixed(1)} rows a record`)
    t.ok(many[step] < 1.3 * few[step], `${few[step].toFixed(1)} rows a record become ${many[step].toFixed(1)}`)
  }
})
