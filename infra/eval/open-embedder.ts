import { createEmbedder, createVectorCache, embedTexts, type EmbedderKind } from '@siku/service-kit'
import type { EmbedTexts } from './give-meanings.ts'

export type OpenEmbedderOptions = {
  url: string
  kind?: EmbedderKind | undefined
  model?: string | undefined
  key?: string | undefined
  /** Vectors are kept here by model, role and text. */
  cacheFile: string
  say: (line: string) => void
}

export type OpenEmbedder = { embed: EmbedTexts; close: () => Promise<void> }

const progressStep = 160

/** The embedder behind a URL, as the evaluation asks it; what was embedded once is not sent again. */
export function openEmbedder({ url, kind, model, key, cacheFile, say }: OpenEmbedderOptions): OpenEmbedder {
  const embedder = createEmbedder({ url, ...(kind ? { kind } : {}), model, key })
  const cache = createVectorCache(cacheFile)
  const onProgress = (done: number, of: number) => {
    if (of > progressStep && (done % progressStep === 0 || done === of)) say(`embedded ${done} of ${of} texts`)
  }
  return { embed: (texts, role) => embedTexts(embedder, texts, role, { cache, onProgress }), close: () => embedder.close() }
}
