import { accessHash } from '../access-hash.ts'
import { SearchUnavailableError } from '../errors.ts'
import { keyOf, type SearchDocument } from '../search-document.ts'
import { readingHash } from '../reading-hash.ts'
import { mergeWriteResults, emptyWriteResult, type TruthEntry, type WriteResult } from '../search-index.ts'
import type { Lifecycle } from './index-lifecycle.ts'
import { readTruth } from './read-truth.ts'
import type { Engine } from './engine.ts'
import type { StoredDocument } from './stored-document.ts'
import { vectorAsFetched, type FetchedVector, type StoredVector } from './stored-vector.ts'
import { documentsPerTaskMax, writeItems, type WriteItem, type Writer } from './write-batch.ts'

const passesMax = 5

type Rebuild = {
  writer: Writer
  lifecycle: Lifecycle
  documents: () => AsyncIterable<SearchDocument>
  store: (document: SearchDocument) => StoredDocument
}

/**
 * Builds the index anew beside the one that answers, while writes go to both, compares it with the source until nothing differs, then
 * changes over in one step. A write that overtakes the filling is what the comparison is for.
 */
export async function rebuildIndex({ writer, lifecycle, documents, store }: Rebuild): Promise<WriteResult> {
  await lifecycle.startNext()
  const result = emptyWriteResult()
  for (let pass = 0; pass < passesMax; pass += 1) {
    const mended = await mend(writer, lifecycle, { documents, store, poisoned: new Set(result.poisoned.map(keyOf)) })
    mergeWriteResults(result, mended)
    if (mended.notApplied.length > 0) throw new SearchUnavailableError('filling the new index', new Error(mended.notApplied[0]?.cause))
    if (mended.indexed.length === 0 && mended.poisoned.length === 0) break
  }
  // Under steady writing the last pass finds what was on its way; it is complete all the same, and reconcile sees to the rest.
  await lifecycle.changeOver()
  return result
}

type Source = Pick<Rebuild, 'documents' | 'store'> & { poisoned: ReadonlySet<string> }

type Names = Pick<Lifecycle, 'live' | 'next'>

/** Vectors are not in the source of the documents: the new index takes those of the old. */
async function vectorsOf(engine: Engine, uid: string, ids: readonly string[]): Promise<Map<string, StoredVector>> {
  if (ids.length === 0) return new Map()
  const { results } = await engine.write('reading vectors', (client) =>
    client.httpRequest.post<{ results: FetchedVector[] }>({
      path: `indexes/${uid}/documents/fetch`,
      body: { ids, fields: ['key', 'vectorSpace', 'vectorStamp', '_vectors'], retrieveVectors: true, limit: ids.length }
    })
  )
  return new Map(results.map((fetched) => [fetched.key, vectorAsFetched(fetched)]))
}

/** One pass: writes what is missing or differs, removes what should not be there. */
async function mend(writer: Writer, { live, next: uid }: Names, { documents, store, poisoned }: Source): Promise<WriteResult> {
  const held = new Map<string, string>()
  for await (const entry of readTruth(writer.engine, uid)) held.set(keyOf(entry), truthOf(entry))
  const result = emptyWriteResult()
  let batch: WriteItem[] = []
  const flush = async () => {
    const vectors = await vectorsOf(
      writer.engine,
      live,
      batch.map(({ library, id }) => keyOf({ library, id }))
    )
    const withVectors = batch.map((item) =>
      item.op === 'put' ? { ...item, document: { ...item.document, ...vectors.get(keyOf(item)) } } : item
    )
    mergeWriteResults(result, await writeItems(writer, uid, withVectors))
    batch = []
  }
  for await (const document of documents()) {
    const { library, id, version } = document
    const key = keyOf(document)
    const isRight = held.get(key) === truthOf({ ...document, accessHash: accessHash(document.access), readingHash: readingHash(document) })
    held.delete(key)
    if (isRight || poisoned.has(key)) continue
    batch.push({ op: 'put', library, id, version, document: store(document) })
    if (batch.length === documentsPerTaskMax) await flush()
  }
  await flush()
  const extra = [...held.keys()].map((key): WriteItem => ({ op: 'remove', ...refOf(key), version: null }))
  return mergeWriteResults(result, await writeItems(writer, uid, extra))
}

type Truth = Pick<TruthEntry, 'version' | 'hash' | 'accessHash' | 'readingHash'>
const truthOf = ({ version, hash, accessHash, readingHash }: Truth): string => [version, hash, accessHash, readingHash].join(' ')

function refOf(key: string) {
  const cut = key.indexOf('_')
  return { library: key.slice(0, cut) as SearchDocument['library'], id: key.slice(cut + 1) }
}
