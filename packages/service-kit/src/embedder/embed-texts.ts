import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Embedder, EmbedderModel } from './embedder-client.ts'
import type { TextRole } from './protocols.ts'

/** Vectors that were made before, by model, role and text. */
export type VectorCache = {
  find: (model: EmbedderModel, role: TextRole, text: string) => Float32Array | undefined
  keep: (model: EmbedderModel, role: TextRole, lines: readonly { text: string; vector: Float32Array }[]) => void
}

export type EmbedTextsOptions = { cache?: VectorCache; batchSize?: number; onProgress?: (done: number, of: number) => void }

const batchDefault = 16

/** Vectors of many texts in one role, of one model; what the cache has is not asked for again. */
export async function embedTexts(
  embedder: Pick<Embedder, 'describe' | 'embed'>,
  texts: readonly string[],
  role: TextRole,
  { cache, batchSize = batchDefault, onProgress = () => undefined }: EmbedTextsOptions = {}
): Promise<{ model: EmbedderModel; vectors: Float32Array[] }> {
  const model = await embedder.describe()
  const vectors = texts.map((text) => cache?.find(model, role, text))
  const missing = vectors.flatMap((vector, at) => (vector ? [] : [at]))
  for (let from = 0; from < missing.length; from += batchSize) {
    const places = missing.slice(from, from + batchSize)
    const asked = places.map((at) => texts[at] ?? '')
    const made = await embedder.embed(asked, role)
    places.forEach((at, of) => (vectors[at] = made.vectors[of]))
    cache?.keep(
      model,
      role,
      made.vectors.map((vector, of) => ({ text: asked[of] ?? '', vector }))
    )
    onProgress(Math.min(from + batchSize, missing.length), missing.length)
  }
  return { model, vectors: vectors.map((vector) => vector ?? new Float32Array(model.dimensions)) }
}

type Line = { key: string; vector: string }

/** A cache in a file of JSON lines. A torn last line, left by a process that was killed, is passed over. */
export function createVectorCache(file: string): VectorCache {
  const known = new Map<string, Float32Array>()
  for (const { key, vector } of existsSync(file) ? readLines(file) : []) known.set(key, vectorFromBytes(Buffer.from(vector, 'base64')))
  mkdirSync(dirname(file), { recursive: true })
  return {
    find: (model, role, text) => known.get(keyOf(model, role, text)),
    keep: (model, role, lines) => {
      const written = lines.map(({ text, vector }): Line => {
        const key = keyOf(model, role, text)
        known.set(key, vector)
        return { key, vector: bytesOfVector(vector).toString('base64') }
      })
      appendFileSync(file, written.map((line) => `${JSON.stringify(line)}\n`).join(''))
    }
  }
}

const keyOf = (model: EmbedderModel, role: TextRole, text: string): string =>
  createHash('sha256')
    .update(JSON.stringify([model.id, role, text]))
    .digest('base64url')

function readLines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as Line]
      } catch {
        return []
      }
    })
}

/** Float32, little-endian: how vectors are kept, in files and in the database. */
export function bytesOfVector(vector: Float32Array): Buffer {
  const bytes = Buffer.alloc(vector.length * 4)
  vector.forEach((value, at) => bytes.writeFloatLE(value, at * 4))
  return bytes
}

export function vectorFromBytes(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Float32Array.from({ length: bytes.byteLength / 4 }, (_, at) => view.getFloat32(at * 4, true))
}
