import { Meilisearch, MeilisearchApiError } from 'meilisearch'
import { SearchRefusedError, SearchUnavailableError } from '../errors.ts'

export type EngineOptions = { url: string; key?: string; writeTimeoutMs?: number; searchTimeoutMs?: number }
export type Ask = <T>(doing: string, ask: (client: Meilisearch) => Promise<T>) => Promise<T>

/** Every request to the engine, each with an end: reads that a person waits for give up sooner than writes. */
export type Engine = { read: Ask; write: Ask }

export function createEngine({ url, key, writeTimeoutMs = 10_000, searchTimeoutMs = 2_000 }: EngineOptions): Engine {
  const clientWith = (timeout: number) => new Meilisearch({ host: url, timeout, ...(key === undefined ? {} : { apiKey: key }) })
  return { read: asking(clientWith(searchTimeoutMs)), write: asking(clientWith(writeTimeoutMs)) }
}

function asking(client: Meilisearch): Ask {
  return async (doing, ask) => {
    try {
      return await ask(client)
    } catch (error) {
      throw translate(doing, error)
    }
  }
}

const tryAgainStatuses = [408, 425, 429]

function translate(doing: string, error: unknown): Error {
  if (!(error instanceof MeilisearchApiError)) return new SearchUnavailableError(doing, briefly(error))
  const { status } = error.response
  if (status >= 500 || tryAgainStatuses.includes(status)) return new SearchUnavailableError(doing, briefly(error))
  return new SearchRefusedError(doing, error.cause?.code ?? `http_${status}`, error.message)
}

/** The client's errors carry the request with its key; only their words go further. */
function briefly(error: unknown): Error {
  if (!(error instanceof Error)) return new Error(String(error))
  const inner = error.cause instanceof Error ? `: ${error.cause.message}` : ''
  return new Error(`${error.message}${inner}`)
}
