import { all, oneOf } from '../clause.ts'
import { SearchUnavailableError } from '../errors.ts'
import { oneLength } from '../one-length.ts'
import type { RecordRef, RecordVector } from '../search-document.ts'
import { emptyWriteResult, type WriteResult } from '../search-index.ts'
import type { Engine } from './engine.ts'
import { filterText } from './filter-text.ts'
import type { IndexCommands } from './index-commands.ts'
import type { Lifecycle } from './index-lifecycle.ts'
import type { IntentStore } from './intent-store.ts'
import { vectorPart } from './stored-vector.ts'
import { writeItems, type WriteItem, type Writer } from './write-batch.ts'

const pageSize = 1_000
const noIntents: IntentStore = {
  intend: async () => undefined,
  recordTask: async () => undefined,
  settle: async () => undefined,
  openIntents: async () => []
}

export type VectorWriting = { writer: Writer; lifecycle: Lifecycle; commands: IndexCommands }

/** Adds vectors to documents that are there. Whoever gives them asks `vectors` before every run, so they need no intent of their own. */
export async function putVectors({ writer, lifecycle, commands }: VectorWriting, vectors: readonly RecordVector[]): Promise<WriteResult> {
  let result = emptyWriteResult()
  const dimensions = oneLength(vectors.map(({ vector }) => vector))
  if (dimensions === null) return result
  const uids = await lifecycle.present()
  if (uids.length === 0) throw new SearchUnavailableError('giving records their vectors', new Error('there is no index yet'))
  const items = vectors.map(({ library, id, vector }): WriteItem => {
    return { op: 'vector', library, id, version: null, part: vectorPart({ library, id, vector }) }
  })
  for (const uid of uids) {
    await commands.fitVectors(uid, dimensions)
    result = await writeItems({ ...writer, intents: noIntents }, uid, items)
  }
  return result
}

type Held = RecordRef & { vectorStamp: string }

/** Which vectors of a space an index holds, page by page, by its own word. */
export async function* readVectors(
  engine: Engine,
  uid: string,
  { space, ids }: { space: string; ids: readonly string[] | undefined }
): AsyncGenerator<RecordRef & { stamp: string }> {
  const ofSpace = oneOf('vectorSpace', [space])
  const filter = filterText(ids === undefined ? ofSpace : all(ofSpace, oneOf('id', ids)))
  for (let offset = 0; ; offset += pageSize) {
    const page = { fields: ['library' as const, 'id' as const, 'vectorStamp' as const], limit: pageSize, offset, ...(filter && { filter }) }
    const { results } = await engine.write('reading which vectors the index holds', (client) => client.index<Held>(uid).getDocuments(page))
    for (const { library, id, vectorStamp } of results) yield { library, id, stamp: vectorStamp }
    if (results.length < pageSize) return
  }
}
