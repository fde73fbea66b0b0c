import type { Actor } from '@siku/contracts'
import type { Service } from '@siku/service-kit'
import fc from 'fast-check'
import type { Document, Operation } from '../support/openapi.ts'
import { send, type Answer } from '../support/send.ts'
import type { KnownObjects } from './known-objects.ts'
import { requestsTo, type Caller, type FuzzRequest } from './requests.ts'

export type Fuzzing = {
  app: Service
  document: Document
  known: KnownObjects
  /** By what a caller is known: a token, or a session's cookies. */
  headersOf: (caller: Caller, operation: Operation) => Promise<Record<string, string>>
  /** Bodies that get far, for the operations that take them. */
  goodFor: (operation: Operation) => readonly unknown[]
  /** Who asks, the more often the more often named; the owner and a reviewer mostly, unless told. */
  callers?: readonly Caller[]
  /** Which requests are worth sending; all, unless told. */
  isAsked?: (request: FuzzRequest) => boolean
  /** A mark of all that is stored: what is refused must leave it as it is. */
  storedMark?: () => Promise<string>
  seed: number
  runs: number
}
export type Finding = { operation: string; what: string; replay: string }
export type Tally = {
  requests: number
  statuses: Record<number, number>
  slowestMs: number
  findings: Finding[]
  /** Operations that did what they were asked at least once. */
  done: Set<string>
}
export const newTally = (): Tally => ({ requests: 0, statuses: {}, slowestMs: 0, findings: [], done: new Set() })
export type CallerActors = Record<'owner' | 'reviewer', Actor>

export const nameOf = ({ method, path }: Operation): string => `${method} ${path}`

/** Longer than anything here has a right to, also on a busy machine. */
const slowMs = 5_000

/** Throws so many requests at one operation; the first that is not answered as documented is shrunk and told with its seed. */
export async function fuzzOperation(fuzzing: Fuzzing, operation: Operation, tally: Tally): Promise<void> {
  const { document, goodFor, callers, isAsked = () => true, storedMark, seed, runs } = fuzzing
  const mayStore = storedMark !== undefined && operation.method !== 'GET' && operation.method !== 'HEAD'
  const property = fc.asyncProperty(
    requestsTo(document, operation, { good: goodFor(operation), callers }).filter(isAsked),
    async (request) => {
      const headers = await fuzzing.headersOf(request.caller, operation)
      const before = mayStore ? await storedMark() : ''
      const started = performance.now()
      const answer = await sendFuzz(fuzzing, operation, { ...request, headers: { ...headers, ...request.headers } })
      const ms = performance.now() - started
      tally.requests += 1
      tally.statuses[answer.status] = (tally.statuses[answer.status] ?? 0) + 1
      tally.slowestMs = Math.max(tally.slowestMs, ms)
      if (answer.status < 300) tally.done.add(nameOf(operation))
      const fault = faultOf(operation, answer, ms)
      if (fault !== undefined) throw new Error(fault)
      if (mayStore && answer.status >= 400 && (await storedMark()) !== before)
        throw new Error(`answered ${answer.status} and stored something`)
      fuzzing.known.learn(answer)
    }
  )
  const result = await fc.check(property, { numRuns: runs, seed, endOnFailure: false, maxSkipsPerRun: 0 })
  if (!result.failed) return
  const { counterexample, errorInstance, counterexamplePath } = result
  tally.findings.push({
    operation: nameOf(operation),
    what: errorInstance instanceof Error ? errorInstance.message : String(errorInstance),
    replay: `seed ${seed}, path ${counterexamplePath}: ${show(counterexample?.[0])}`
  })
}

/** The oracle: in time, never a fault of ours, a documented status, and every refusal a problem; the strict build has looked at the body. */
function faultOf({ statuses }: Operation, { status, headers, bytes }: Answer, ms: number): string | undefined {
  if (ms > slowMs) return `took ${Math.round(ms)} ms`
  if (status >= 500) return `answered ${status}: ${bytes.slice(0, 600)}`
  const type = String(headers['content-type'])
  if (status >= 400 && !type.startsWith('application/problem+json')) return `answered ${status} as ${type} and not as a problem`
  // What no route answers has no document to be held against.
  if (status === 404 || status === 405 || status === 414 || status === 431) return undefined
  return statuses.includes(status) ? undefined : `answered ${status}, which is not documented: ${bytes.slice(0, 300)}`
}

function sendFuzz({ app, known }: Fuzzing, { method, path }: Operation, request: FuzzRequest): Promise<Answer> {
  const [first] = request.ids
  const object = first && known.find(first)
  const picked = [...request.ids]
  const filled = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => {
    const pick = picked.shift()
    const text = pick === undefined ? '' : 'text' in pick ? pick.text : ((name === 'fileId' ? object?.fileId : known.find(pick)?.id) ?? '')
    return encodeURIComponent(text.toWellFormed())
  })
  const query = [
    ...request.query.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`),
    request.rawQuery
  ]
    .filter((part) => part !== '')
    .join('&')
  const revision =
    request.revision === 'current' ? object && `"r${object.revision}"` : request.revision === 'none' ? undefined : request.revision
  return send(app, {
    method,
    url: filled + (query && `?${query}`),
    ...(request.body.bytes === undefined ? {} : { body: request.body.bytes }),
    headers: {
      ...request.headers,
      ...(request.body.type === undefined ? {} : { 'content-type': request.body.type }),
      ...(revision === undefined || method === 'GET' || method === 'HEAD' ? {} : { 'if-match': revision })
    }
  })
}

function show(request: FuzzRequest | undefined): string {
  if (request === undefined) return 'nothing'
  const { bytes, type } = request.body
  return JSON.stringify({ ...request, body: { type, text: bytes?.toString('utf8').slice(0, 1500) } })
}
