import { serviceActor, type LibraryName, type PublishedDocument } from '@siku/contracts'
import { closeWork, documentsById, oweWorkForAll, type Database, type Tx, type WorkItem } from '@siku/db'
import { embeddedText, meaningVector, type ReferencedSpace } from '@siku/matcher'
import type { Embedder } from '@siku/service-kit'
import { createHash } from 'node:crypto'
import { isOffered, sideOf } from '../match/matchable.ts'
import { forgetVectors, lockVectors, vectorsOf, writeVectors, type VectorToWrite } from './vector-store.ts'

export type EmbedContext = { db: Database; embedder: Pick<Embedder, 'embed'>; now: () => Date }

const actor = serviceActor('service:match', 'embed-worker')

/**
 * Does a batch of claims: makes the vectors of the current texts, stores them and owes every record a new match, all in the transaction
 * that closes the claims. A text that was embedded before is not sent again; a record that is not offered loses its vectors.
 */
export async function embedRecords(ctx: EmbedContext, space: ReferencedSpace, items: readonly WorkItem[]): Promise<number> {
  const { db, now } = ctx
  const ids = items.map((item) => item.recordId)
  const { documents, stored } = await db.withRead(actor, async (tx) => ({
    documents: await documentsById(tx, ids),
    stored: new Map((await vectorsOf(tx, space.id, ids)).map((vector) => [vector.recordId, vector]))
  }))
  const offered = documents.filter(isOffered)
  const texts = offered.map((document) => ({ document, text: embeddedText(document.text) })).map(withHash)
  const fresh = texts.filter(({ document, textHash }) => stored.get(document.id)?.textHash !== textHash)
  const made = await vectorsFor(ctx, space, fresh)
  const known = texts.flatMap(({ document, textHash }): VectorToWrite[] => {
    const vector = stored.get(document.id)
    if (vector?.textHash !== textHash || vector.version === document.version) return []
    return [{ ...vector, textHash, version: document.version }]
  })
  const rows = [...made, ...known]
  const written = new Set(rows.map(({ recordId }) => recordId))
  await db.withTx(actor, async (tx) => {
    await lockVectors(tx)
    await writeVectors(tx, space, { rows, at: now().toISOString() })
    await forgetVectors(tx, without(ids, offered))
    await oweMatches(
      tx,
      items.filter(({ recordId }) => written.has(recordId))
    )
    await closeWork(tx, items)
  })
  return rows.length
}

type Read = { document: PublishedDocument; text: string; textHash: string }

const withHash = ({ document, text }: Omit<Read, 'textHash'>): Read => ({
  document,
  text,
  textHash: createHash('sha256').update(text).digest('hex')
})

const without = (ids: readonly string[], documents: readonly PublishedDocument[]): string[] => {
  const kept = new Set(documents.map(({ id }) => id))
  return ids.filter((id) => !kept.has(id))
}

async function vectorsFor({ embedder }: EmbedContext, space: ReferencedSpace, read: readonly Read[]): Promise<VectorToWrite[]> {
  const texts = read.map(({ text }) => text)
  const query = await embedder.embed(texts, 'query')
  const passage = await embedder.embed(texts, 'passage')
  return read.map(({ document, textHash }, at) => {
    const roles = { query: query.vectors[at] as Float32Array, passage: passage.vectors[at] as Float32Array }
    const side = sideOf(document.library)
    const nearness = space.nearnessOf(side, meaningVector(side, roles))
    return { recordId: document.id, library: document.library, version: document.version, textHash, nearness, ...roles }
  })
}

async function oweMatches(tx: Tx, items: readonly WorkItem[]): Promise<void> {
  for (const library of new Set<LibraryName>(items.map((item) => item.library))) {
    const own = items.filter((item) => item.library === library)
    const recordIds = own.map((item) => item.recordId)
    await oweWorkForAll(tx, { kind: 'match', library, recordIds, cause: 'vector.arrived', causeId: own[0]?.causeId ?? null })
  }
}
