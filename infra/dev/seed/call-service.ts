import type { Actor, ServiceName } from '@siku/contracts'
import type { SignToken } from '@siku/service-kit'
import { Agent, request } from 'undici'

export type Called<T = Record<string, unknown>> = { status: number; body: T; etag: string | undefined }
export type Call = {
  actor: Actor
  service: Exclude<ServiceName, 'gateway'>
  path: string
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  body?: unknown
  /** Sent as If-Match. */
  revision?: number
  idempotencyKey?: string
}
export type CallService = <T = Record<string, unknown>>(call: Call) => Promise<Called<T>>

/** Calls the real routes of the services as the gateway does: with a short-lived token for exactly one of them. */
export function serviceCaller({
  services,
  sign,
  connections = 32
}: {
  services: Record<string, string>
  sign: SignToken
  connections?: number
}) {
  const agent = new Agent({ connections, pipelining: 1 })
  const call: CallService = async <T>({ actor, service, path, method = 'GET', body, revision, idempotencyKey }: Call) => {
    const answer = await request(`${services[service]}${path}`, {
      method,
      dispatcher: agent,
      headers: {
        authorization: `Bearer ${await sign(actor, service)}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(revision === undefined ? {} : { 'if-match': `"r${revision}"` }),
        ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) })
    })
    const text = await answer.body.text()
    return { status: answer.statusCode, body: (text === '' ? {} : JSON.parse(text)) as T, etag: answer.headers.etag as string | undefined }
  }
  return { call, close: () => agent.close() }
}

/** The body of an answer that must be good; otherwise an error that quotes the problem. */
export async function expectOk<T>(answer: Promise<Called<T>>, doing: string): Promise<T> {
  const { status, body } = await answer
  if (status < 300) return body
  const { detail, errors } = body as { detail?: string; errors?: { pointer: string; detail: string }[] }
  throw new Error(
    `${doing} was answered ${status}: ${detail ?? ''} ${(errors ?? []).map((line) => `${line.pointer} ${line.detail}`).join('; ')}`
  )
}
