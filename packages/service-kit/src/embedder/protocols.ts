import { EmbedderError } from './errors.ts'

/** What a text is to the model: a need that asks, or an offer that answers. */
export type TextRole = 'query' | 'passage'
export const embedderKinds = ['openai', 'ollama'] as const
export type EmbedderKind = (typeof embedderKinds)[number]

export type EmbedderRequest = { texts: readonly string[]; model: string | undefined; role: TextRole | undefined }
export type EmbedderAnswer = { model: string | undefined; vectors: number[][] }

/** The two ways embedding servers speak. */
export type Protocol = {
  endpoint: (base: string) => URL
  bodyOf: (request: EmbedderRequest) => object
  read: (body: unknown) => EmbedderAnswer
}

export const protocols: Record<EmbedderKind, Protocol> = {
  openai: {
    endpoint: (base) => under(base, base.replace(/\/+$/, '').endsWith('/v1') ? 'embeddings' : 'v1/embeddings'),
    bodyOf: ({ texts, model, role }) => ({
      input: texts,
      encoding_format: 'float',
      ...(model === undefined ? {} : { model }),
      ...(role === undefined ? {} : { input_type: role })
    }),
    read: (body) => {
      const { data, model } = body as { data?: unknown; model?: unknown }
      if (!Array.isArray(data)) throw unreadable('data')
      const lines = data as { index?: unknown; embedding?: unknown }[]
      const ordered = [...lines].sort((a, b) => Number(a.index ?? 0) - Number(b.index ?? 0))
      return { model: nameIn(model), vectors: ordered.map(({ embedding }) => numbersIn(embedding)) }
    }
  },
  ollama: {
    endpoint: (base) => under(base, 'api/embed'),
    // It has no notion of roles; the prefix of the model goes into the text.
    bodyOf: ({ texts, model }) => ({ input: texts, truncate: true, ...(model === undefined ? {} : { model }) }),
    read: (body) => {
      const { embeddings, model } = body as { embeddings?: unknown; model?: unknown }
      if (!Array.isArray(embeddings)) throw unreadable('embeddings')
      return { model: nameIn(model), vectors: embeddings.map(numbersIn) }
    }
  }
}

const under = (base: string, path: string): URL => new URL(path, base.endsWith('/') ? base : `${base}/`)

const nameIn = (model: unknown): string | undefined => (typeof model === 'string' && model !== '' ? model : undefined)

function numbersIn(values: unknown): number[] {
  if (!Array.isArray(values) || values.length === 0) throw unreadable('a vector')
  return values.map((value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw unreadable('a number')
    return value
  })
}

const unreadable = (what: string): EmbedderError =>
  new EmbedderError('SIKU_EMBEDDER_ANSWER', `The embedder answered without ${what}; check EMBEDDER_KIND and EMBEDDER_URL`)
