import type { EnqueuedTask, Meilisearch } from 'meilisearch'
import { not } from '../clause.ts'
import type { Engine } from './engine.ts'
import { filterText } from './filter-text.ts'
import { embedderName, noVector, type VectorPart } from './stored-vector.ts'

/** Gives a task and follows it to its end. */
export type Finish = (doing: string, ask: (client: Meilisearch) => Promise<EnqueuedTask>) => Promise<void>

const pageSize = 1_000

/** How long the vectors of an index are: one length for all. */
export function createVectorCommands(engine: Engine, finish: Finish) {
  const vectorDimensions = async (uid: string): Promise<number | null> => {
    const found = await engine.write(`reading the embedder of ${uid}`, (client) => client.index(uid).getEmbedders())
    const embedder = found?.[embedderName]
    return embedder && 'dimensions' in embedder ? (embedder.dimensions ?? null) : null
  }

  /** A vector of another length would stay in its document and fail the next change of the setting. */
  const forgetVectors = async (uid: string) => {
    const filter = filterText(not({ kind: 'null', field: 'vectorSpace' }))
    for (;;) {
      const { results } = await engine.write('looking for former vectors', (client) =>
        client.index<{ key: string }>(uid).getDocuments({ fields: ['key'], limit: pageSize, ...(filter && { filter }) })
      )
      if (results.length === 0) return
      const parts = results.map(({ key }): VectorPart => ({ key, ...noVector }))
      await finish('forgetting former vectors', (client) =>
        client.index<VectorPart>(uid).updateDocuments(parts, { primaryKey: 'key', skipCreation: true })
      )
    }
  }

  return {
    vectorDimensions,
    /** Makes room for vectors of a length; those of another length are forgotten before, for they can be compared with none that comes. */
    async fitVectors(uid: string, dimensions: number) {
      const held = await vectorDimensions(uid)
      if (held === dimensions) return
      if (held !== null) await forgetVectors(uid)
      await finish('setting the length of vectors', (client) =>
        client.index(uid).updateSettings({ embedders: { [embedderName]: { source: 'userProvided', dimensions } } })
      )
    }
  }
}
