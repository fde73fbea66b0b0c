import type { EnqueuedTask, Index } from 'meilisearch'
import { SearchRefusedError, SearchUnavailableError } from '../errors.ts'
import { keyOf, type RecordRef } from '../search-document.ts'
import { emptyWriteResult, mergeWriteResults, type WriteResult } from '../search-index.ts'
import type { Engine } from './engine.ts'
import { findTaskOfBatch, followTask, type FollowOptions, type TaskOutcome } from './follow-task.ts'
import type { IntentItem, IntentStore } from './intent-store.ts'
import type { StoredDocument } from './stored-document.ts'
import type { VectorPart } from './stored-vector.ts'

export type WriteItem = RecordRef &
  (
    | { op: 'put'; version: number; document: StoredDocument }
    | { op: 'vector'; version: null; part: VectorPart }
    | { op: 'remove'; version: null }
  )
export type Writer = { engine: Engine; intents: IntentStore; newId: () => string; follow: FollowOptions }

/** Documents of one task; a task costs little more for a thousand than for one, and fails as a whole. */
export const documentsPerTaskMax = 1_000

/** Writes items of one kind to one index and waits until they can be found. */
export async function writeItems(writer: Writer, uid: string, items: readonly WriteItem[]): Promise<WriteResult> {
  const result = emptyWriteResult()
  for (let start = 0; start < items.length; start += documentsPerTaskMax) {
    mergeWriteResults(result, await writeOrHalve(writer, uid, items.slice(start, start + documentsPerTaskMax)))
  }
  return result
}

/** One document the engine refuses takes its whole task with it, so a failed task is cut in halves until the culprit is alone. */
async function writeOrHalve(writer: Writer, uid: string, items: readonly WriteItem[]): Promise<WriteResult> {
  const outcome = await writeBatch(writer, uid, items)
  if (outcome.state === 'applied')
    return { ...emptyWriteResult(), indexed: items.map(({ library, id, version }) => ({ library, id, version })) }
  const blamed = items.map(({ library, id }) => ({ library, id, cause: outcome.cause }))
  if (outcome.state === 'not-applied') return { ...emptyWriteResult(), notApplied: blamed }
  if (items.length === 1) return { ...emptyWriteResult(), poisoned: blamed }
  const middle = Math.ceil(items.length / 2)
  const first = await writeOrHalve(writer, uid, items.slice(0, middle))
  return mergeWriteResults(first, await writeOrHalve(writer, uid, items.slice(middle)))
}

/** Intent, request, task, end: each is on record before the next begins. */
async function writeBatch(writer: Writer, uid: string, items: readonly WriteItem[]): Promise<TaskOutcome> {
  const { engine, intents, newId, follow } = writer
  const batchId = newId()
  await intents.intend(batchId, items.flatMap(intentItems))
  const taskUid = await submit(engine, uid, { batchId, items })
  if (typeof taskUid !== 'number') {
    await intents.settle(batchId, taskUid.state)
    return taskUid
  }
  await intents.recordTask(batchId, taskUid)
  const outcome = await followTask(engine, taskUid, { ...follow, batchId })
  await intents.settle(batchId, outcome.state)
  return outcome
}

/** A vector is held against what should be there at every run of its record, so its writing leaves no intent. */
function intentItems(item: WriteItem): IntentItem[] {
  if (item.op === 'vector') return []
  const { library, id, op, version } = item
  return [{ library, id, op, version, hash: op === 'put' ? item.document.hash : null }]
}

type Submission = { batchId: string; items: readonly WriteItem[] }

async function submit(
  engine: Engine,
  uid: string,
  { batchId, items }: Submission
): Promise<number | Exclude<TaskOutcome, { state: 'applied' }>> {
  try {
    const { taskUid } = await engine.write('sending documents', (client) => send(client.index(uid), batchId, items))
    return taskUid
  } catch (error) {
    if (error instanceof SearchRefusedError) return refusal(error)
    if (!(error instanceof SearchUnavailableError)) throw error
    // The answer was lost, the request perhaps not: the engine is asked whether it took the batch.
    const taskUid = await findTaskOfBatch(engine, batchId)
    return taskUid ?? { state: 'not-applied', cause: error.message }
  }
}

function send(index: Index<StoredDocument>, customMetadata: string, items: readonly WriteItem[]): Promise<EnqueuedTask> {
  const parts = items.flatMap((item) => (item.op === 'vector' ? [item.part] : []))
  if (parts.length > 0) return index.updateDocuments(parts, { primaryKey: 'key', skipCreation: true, customMetadata })
  const documents = items.flatMap((item) => (item.op === 'put' ? [item.document] : []))
  if (documents.length > 0) return index.addDocuments(documents, { primaryKey: 'key', customMetadata })
  return index.deleteDocuments(items.map(keyOf), { customMetadata })
}

/** Only a refusal of what was sent may be blamed on it; a bad key or a missing right is everybody's. */
function refusal({ engineCode, message }: SearchRefusedError): Exclude<TaskOutcome, { state: 'applied' }> {
  const isContents = ['payload_too_large', 'malformed_payload', 'bad_request'].includes(engineCode)
  return { state: isContents ? 'failed' : 'not-applied', cause: message }
}
