import type { Service } from '@siku/service-kit'
import type { OutgoingHttpHeaders } from 'node:http'

export type Sent = { method: string; url: string; headers?: Record<string, string | string[]>; body?: unknown; token?: string | undefined }
export type Answer = {
  status: number
  headers: OutgoingHttpHeaders
  bytes: string
  body: Record<string, never> & { [field: string]: unknown }
}

/** One request through the whole of a service, without a socket. */
export async function send(app: Service, { method, url, headers = {}, body, token }: Sent): Promise<Answer> {
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...headers },
    ...(body === undefined ? {} : { payload: body as object })
  })
  return {
    status: answer.statusCode,
    headers: answer.headers,
    bytes: answer.rawPayload.toString('latin1'),
    body: parsed(answer.body, answer.headers) as Answer['body']
  }
}

function parsed(text: string, headers: OutgoingHttpHeaders): unknown {
  return /\bjson\b/.test(String(headers['content-type'])) && text !== '' ? JSON.parse(text) : {}
}

/** What two answers must share so that nobody can tell a hidden object from one that does not exist. */
export function tellingPart({ status, headers, bytes }: Answer): string {
  const { date: _date, 'x-request-id': requestId, ...rest } = headers
  return JSON.stringify([status, rest, bytes.replaceAll(String(requestId), '<request id>')])
}

/** Does a piece of work for each item, so many at once. */
export async function inParallel<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items].toReversed()
  const lane = async () => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, lane))
}
