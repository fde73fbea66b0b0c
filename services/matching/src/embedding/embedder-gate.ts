import { serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import {
  createSpace,
  meaningVector,
  referenceTexts,
  spaceIdOf,
  type ReferencedSpace,
  type ReferenceTexts,
  type ReferenceVectors,
  type Weights
} from '@siku/matcher'
import { EmbedderError, embedTexts, type Embedder, type EmbedderModel, type Logger } from '@siku/service-kit'
import { findSpace, makeCurrent, writeSpace } from './space-store.ts'
import { oweMissingVectors } from './owe-vectors.ts'

export type EmbedderState = {
  status: 'not-asked' | 'answers' | 'away'
  /** Name of the model that answered last. */
  model: string | null
  /** Why it is away, in a sentence without any text of a record. */
  fault: string | null
}

export type GateOptions = {
  db: Database
  embedder: Embedder
  weights: Weights
  log: Logger
  now: () => Date
  /** How long a model is taken to be what it was. */
  recheckMs?: number
  /** How long an embedder that failed is left alone. */
  retryMs?: number
}

export type EmbedderGate = {
  /** The space to embed into; undefined while the embedder is away. */
  open: () => Promise<ReferencedSpace | undefined>
  /** Tells that a request failed; whoever asks next waits, or looks at the model anew. */
  failed: (error: unknown) => void
  state: () => EmbedderState
}

const actor = serviceActor('service:match', 'embedder')

/** Stands before the embedder: knows whether it answers and with which model, and says so once when that changes. */
export function createEmbedderGate(options: GateOptions): EmbedderGate {
  const { embedder, log, recheckMs = 60_000, retryMs = 5_000 } = options
  let state: EmbedderState = { status: 'not-asked', model: null, fault: null }
  let space: ReferencedSpace | undefined
  let askAgainAt = 0

  const close = (error: unknown) => {
    const fault = error instanceof Error ? error.message : 'it failed'
    space = undefined
    askAgainAt = performance.now() + (isChanged(error) ? 0 : retryMs)
    if (isChanged(error)) log.info({ event: 'embedder.changed' }, fault)
    else if (state.status !== 'away')
      log.warn({ event: 'embedder.away', err: error }, 'no vectors are made until the embedder answers; matching goes on with concepts')
    if (!isChanged(error)) state = { ...state, status: 'away', fault }
  }

  const ask = async () => {
    const model = await embedder.describe()
    const found = await openSpace(options, model)
    if (state.status === 'away') log.info({ event: 'embedder.back', model: model.name }, 'the embedder answers again')
    state = { status: 'answers', model: model.name, fault: null }
    askAgainAt = performance.now() + recheckMs
    return found
  }

  return {
    open: async () => {
      if (performance.now() < askAgainAt) return space
      try {
        space = await ask()
      } catch (error) {
        if (!(error instanceof EmbedderError)) throw error
        close(error)
      }
      return space
    },
    failed: close,
    state: () => state
  }
}

const isChanged = (error: unknown): boolean => error instanceof EmbedderError && error.code === 'SIKU_EMBEDDER_CHANGED'

/** The space of a model, made current: with another model everything is owed a vector again, in the lane that waits for single postings. */
async function openSpace(options: GateOptions, model: EmbedderModel): Promise<ReferencedSpace> {
  const { db, weights, log, now } = options
  const id = spaceIdOf(model.id, weights)
  const at = now().toISOString()
  const space = (await db.withRead(actor, (tx) => findSpace(tx, id, weights))) ?? (await createSpaceOf(options, { id, model, at }))
  const owed = await db.withTx(actor, async (tx) => {
    const isNew = await makeCurrent(tx, id, { at })
    return isNew ? oweMissingVectors(tx, 'embedder.changed') : undefined
  })
  if (owed !== undefined)
    log.info(
      { event: 'embedder.model', model: model.name, dimensions: model.dimensions, count: owed },
      'records are embedded with this model'
    )
  return space
}

async function createSpaceOf({ db, embedder, weights }: GateOptions, { id, model, at }: { id: string; model: EmbedderModel; at: string }) {
  const reference = await referenceVectors(embedder)
  await db.withTx(actor, (tx) => writeSpace(tx, { id, model, reference, at }))
  return createSpace(id, reference, weights)
}

/** Vectors of the reference texts, for both directions. */
export async function referenceVectors(
  embedder: Pick<Embedder, 'describe' | 'embed'>,
  texts: ReferenceTexts = referenceTexts()
): Promise<ReferenceVectors> {
  const of = async (side: 'demand' | 'technology') => {
    const query = await embedTexts(embedder, texts[side], 'query')
    const passage = await embedTexts(embedder, texts[side], 'passage')
    return query.vectors.map((vector, at) =>
      meaningVector(side, { query: vector, passage: passage.vectors[at] ?? new Float32Array(vector.length) })
    )
  }
  return { demand: await of('demand'), technology: await of('technology') }
}
