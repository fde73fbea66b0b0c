import createClient, { type Client } from 'openapi-fetch'
import { newIdempotencyKey } from './clock.ts'
import type { paths } from './generated/siku.ts'
import { toProblemError } from './siku-problem-error.ts'
import { repeatingFetch, type Fetch } from './repeating-fetch.ts'

export type SikuClient = Client<paths>

/** Either an API key or a token from elsewhere, both sent as a bearer; neither for what anyone may read. */
export type Credentials =
  | { apiKey: string; token?: never }
  | { token: () => string | Promise<string>; apiKey?: never }
  | { apiKey?: never; token?: never }

export type SikuClientOptions = Credentials & {
  /** Address of the gateway, such as https://siku.example.org. */
  baseUrl: string
  fetch?: Fetch
  /** How often a request that may be repeated is sent in all. */
  attemptsMax?: number
  newKey?: () => string
}

/**
 * A typed client of every route of the gateway. Whatever is not a 2xx is thrown as `SikuProblemError`, so `data` is always there.
 * Each POST carries an Idempotency-Key, fresh unless the caller gives one, and is repeated under it when the connection or the server
 * fails for a moment; a GET is repeated too, other methods never.
 */
export function createSikuClient(options: SikuClientOptions): SikuClient {
  const { baseUrl, fetch = globalThis.fetch, attemptsMax = 3, newKey = newIdempotencyKey } = options
  const client = createClient<paths>({ baseUrl, fetch: repeatingFetch(fetch, { attemptsMax }) })
  client.use({
    onRequest: async ({ request }) => {
      const bearer = options.apiKey ?? (await options.token?.())
      if (bearer !== undefined) request.headers.set('authorization', `Bearer ${bearer}`)
      if (request.method === 'POST' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', newKey())
      return request
    },
    onResponse: async ({ response }) => {
      if (!response.ok) throw await toProblemError(response)
    }
  })
  return client
}
