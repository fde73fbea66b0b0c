import { emptyPublishedText, serviceActor, type LibraryName, type PublishedText } from '@siku/contracts'
import { connectDatabase, writeDocument, type DocumentToWrite } from '@siku/db'
import { indexDocuments, roleOf } from '@siku/library-kit'
import { createEmbeddedIndex, type SearchIndex } from '@siku/search'
import { createLogger } from '@siku/service-kit'
import { countingIds, testClock, testDatabase, type Teardown } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { sampleLibrary } from '../sample-library.ts'
import { tinyThesaurus } from '../tiny-thesaurus.ts'

export const indexer = serviceActor('service:index', 'test')
type Row = {
  id: string
  position: number | null
  version: number | null
  edition: string | null
  concepts: number | null
  wanted: number
  done: number
  state: string
  error: string | null
  due: boolean
  matches: number
}

/** One library's index worker on a database of its own, with records published as the library would. */
export async function indexBench(t: Teardown, name: LibraryName = 'technology-reserve') {
  const database = await testDatabase(t)
  const library = sampleLibrary(name)
  const open = (url: string) => {
    const connected = connectDatabase({ url, applicationName: 'test', poolSize: 4 })
    t.teardown(() => connected.close())
    return connected
  }
  const db = open(database.urlFor(roleOf(library.schemaName)))
  const owner = open(database.ownerUrl)
  const newId = countingIds(9)
  const log = createLogger({ name: 'test', level: 'silent' })

  const publish = async (over: Partial<DocumentToWrite> & { title?: string } = {}) => {
    const { title = '淡化 membrane', ...access } = over
    const document: DocumentToWrite = {
      library: name,
      id: newId(),
      version: 1,
      revision: 1,
      tombstone: false,
      state: 'published',
      visibility: 'public-anonymous',
      openForInterest: true,
      controlState: 'not-applicable',
      clearedCountries: [],
      ownerKey: 'k',
      excludedKeys: [],
      excludedCountries: [],
      country: 'CN',
      validUntil: null,
      publishedAt: null,
      text: textOf(title),
      ...access
    }
    await owner.withTx(indexer, (tx) => writeDocument(tx, document, 'cause'))
    return document
  }
  const drain = (index?: SearchIndex) =>
    indexDocuments({ db, library, thesaurus: tinyThesaurus, log, now: testClock().now, ...(index ? { index } : {}) })
  const rowOf = async (id: string) => {
    const [row] = await owner.withRead(indexer, (tx) =>
      tx.execute<Row>(sql`
      select i.record_id as id, d.position::int, a.version, a.edition, jsonb_array_length(a.annotation -> 'concepts') as concepts,
        i.wanted::int, i.done::int, i.state,
        i.last_error ->> 'message' as error, i.next_attempt_at <= now() and coalesce(i.lease_until < now(), true) as due,
        coalesce((select wanted::int from work.item m where m.kind = 'match' and m.record_id = i.record_id), 0) as matches
      from work.item i left join published.document d on d.id = i.record_id left join published.annotation a on a.id = i.record_id
      where i.kind = 'index' and i.record_id = ${id}::uuid`)
    )
    return row
  }
  return { db, owner, publish, drain, rowOf, newId, name }
}

export const textOf = (title: string): PublishedText => ({
  ...emptyPublishedText,
  reference: 'TO-CN-20270301-1',
  recordType: 'TO',
  sourceLanguage: 'zh',
  title,
  summary: '摘要',
  description: '说明',
  country: 'CN'
})

/** An index that does what the case wants before it answers. */
export function scriptedIndex(over: Partial<SearchIndex>) {
  const told = { put: [] as string[], removed: [] as string[] }
  const real = createEmbeddedIndex()
  const index: SearchIndex = {
    ...real,
    ...over,
    put: (documents) => {
      told.put.push(...documents.map((document) => document.id))
      return over.put ? over.put(documents) : real.put(documents)
    },
    remove: (removals) => {
      told.removed.push(...removals.map((removal) => removal.id))
      return over.remove ? over.remove(removals) : real.remove(removals)
    }
  }
  return { index, told }
}
