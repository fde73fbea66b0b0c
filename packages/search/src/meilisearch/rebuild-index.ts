import { accessHash } from '../access-hash.ts'
import { SearchUnavailableError } from '../errors.ts'
import { keyOf, type SearchDocument } from '../search-document.ts'
import { mergeWriteResults, emptyWriteResult, type WriteResult } from '../search-index.ts'
import type { Lifecycle } from './index-lifecycle.ts'
import { readTruth } from './read-truth.ts'
import type { StoredDocument } from './stored-document.ts'
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
    const mended = await mend(writer, lifecycle.next, { documents, store, poisoned: new Set(result.poisoned.map(keyOf)) })
    mergeWriteResults(result, mended)
    if (mended.notApplied.length > 0) throw new SearchUnavailableError('filling the new index', new Error(mended.notApplied[0]?.cause))
    if (mended.indexed.length === 0 && mended.poisoned.length === 0) break
  }
  // Under steady writing the last pass finds what was on its way; it is complete all the same, and reconcile sees to the rest.
  await lifecycle.changeOver()
  return result
}

type Source = Pick<Rebuild, 'documents' | 'store'> & { poisoned: ReadonlySet<string> }

/** One pass: writes what is missing or differs, removes what should not be there. */
async function mend(writer: Writer, uid: string, { documents, store, poisoned }: Source): Promise<WriteResult> {
  const held = new Map<string, string>()
  for await (const entry of readTruth(writer.engine, uid)) held.set(keyOf(entry), `${entry.version} ${entry.hash} ${entry.accessHash}`)
  const result = emptyWriteResult()
  let batch: WriteItem[] = []
  const flush = async () => {
    mergeWriteResults(result, await writeItems(writer, uid, batch))
    batch = []
  }
  for await (const document of documents()) {
    const { library, id, version, hash, access } = document
    const key = keyOf(document)
    const isRight = held.get(key) === `${version} ${hash} ${accessHash(access)}`
    held.delete(key)
    if (isRight || poisoned.has(key)) continue
    batch.push({ op: 'put', library, id, version, document: store(document) })
    if (batch.length === documentsPerTaskMax) await flush()
  }
  await flush()
  const extra = [...held.keys()].map((key): WriteItem => ({ op: 'remove', ...refOf(key), version: null }))
  return mergeWriteResults(result, await writeItems(writer, uid, extra))
}

function refOf(key: string) {
  const cut = key.indexOf('_')
  return { library: key.slice(0, cut) as SearchDocument['library'], id: key.slice(cut + 1) }
}
