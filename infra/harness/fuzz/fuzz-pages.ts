import fc from 'fast-check'
import type { Door } from '../support/open-door.ts'
import { send, type Answer } from '../support/send.ts'
import type { Finding } from './fuzz-operation.ts'
import { oddText } from './odd-values.ts'

/** One page by one method, with what it is reached by: addresses or forms that get far, and the headers of whoever it is for. */
export type Page = {
  method: 'GET' | 'HEAD' | 'POST'
  url: string
  good: readonly Record<string, string>[]
  headersOf: () => Promise<Record<string, string>>
  /** The one other site that it may send somebody on to. */
  leadsTo?: string
}
type Pair = [string, string]
type Asked = { isExpected: boolean; isBound: boolean; query: Pair[]; fields: Pair[]; tail: string }

/** What pages read from addresses and forms, and what they do not. */
const names = ['lang', 'token', 'set', 'next', 'email', 'password', 'again', 'code', 'name', 'csrf', 'state', 'error', 'iss', '__proto__']
const pair = fc.tuple(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: oddText }), oddText)
const pairs = fc.array(pair, { maxLength: 5 })

/** A good form, as it is or with one field changed, lost or doubled; or fields from anywhere. */
function fieldsFrom(good: readonly Record<string, string>[]): fc.Arbitrary<Pair[]> {
  if (good.length === 0) return pairs
  const whole = fc.constantFrom(...good).map((form) => Object.entries(form))
  const changed = fc.tuple(whole, fc.nat(), oddText, fc.constantFrom('change', 'lose', 'double')).map(([form, at, text, how]) => {
    const index = at % form.length
    return form.flatMap(([name, value], here): Pair[] => {
      if (here !== index) return [[name, value]]
      if (how === 'lose') return []
      return how === 'change'
        ? [[name, text]]
        : [
            [name, value],
            [name, text]
          ]
    })
  })
  return fc.oneof({ weight: 3, arbitrary: whole }, { weight: 4, arbitrary: changed }, { weight: 2, arbitrary: pairs })
}

const askedOf = ({ method, good }: Page): fc.Arbitrary<Asked> =>
  fc.record({
    isExpected: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    isBound: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    query: method === 'POST' ? pairs : fieldsFrom(good),
    fields: fieldsFrom(good),
    tail: oddText
  })

export type PageFuzzing = { door: Door; storedMark: () => Promise<string>; seed: number; runs: number }
export type Told = { requests: number; statuses: Record<number, number>; findings: Finding[] }

/** Addresses and forms to one page; it must answer as a page or a problem, store nothing it refuses, and send nobody to another site. */
export async function fuzzPage({ door, storedMark, seed, runs }: PageFuzzing, page: Page): Promise<Told> {
  const form = await boundForm(door)
  const told: Told = { requests: 0, statuses: {}, findings: [] }
  const property = fc.asyncProperty(askedOf(page), async (one) => {
    const own = one.isExpected ? await page.headersOf() : {}
    const headers = { 'sec-fetch-site': 'same-origin', ...own, cookie: [own.cookie, form.cookie].filter((part) => part).join('; ') }
    const before = page.method === 'POST' ? await storedMark() : ''
    const answer = await ask(door, page, { ...one, fields: one.isBound ? [...one.fields, ['csrf', form.csrf]] : one.fields }, headers)
    told.requests += 1
    told.statuses[answer.status] = (told.statuses[answer.status] ?? 0) + 1
    const fault = faultOf(page, answer)
    if (fault !== undefined) throw new Error(fault)
    if (page.method === 'POST' && answer.status >= 400 && (await storedMark()) !== before)
      throw new Error(`answered ${answer.status} and stored something`)
  })
  const result = await fc.check(property, { numRuns: runs, seed })
  if (!result.failed) return told
  const what = result.errorInstance instanceof Error ? result.errorInstance.message : String(result.errorInstance)
  const replay = `seed ${seed}, path ${result.counterexamplePath}: ${JSON.stringify(result.counterexample)}`
  return { ...told, findings: [{ operation: `${page.method} ${page.url}`, what, replay }] }
}

function ask({ app }: Door, { method, url }: Page, { query, fields, tail }: Asked, headers: Record<string, string>): Promise<Answer> {
  const encoded = (all: readonly Pair[]) =>
    all.map(([name, value]) => `${encodeURIComponent(name.toWellFormed())}=${encodeURIComponent(value.toWellFormed())}`).join('&')
  const path = url.replace('*', encodeURIComponent(tail.toWellFormed()))
  return send(app, {
    method,
    url: query.length > 0 ? `${path}?${encoded(query)}` : path,
    headers: method === 'POST' ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
    ...(method === 'POST' && { body: encoded(fields) })
  })
}

function faultOf({ leadsTo }: Page, { status, headers, bytes }: Answer): string | undefined {
  if (status >= 500) return `answered ${status}: ${bytes.slice(0, 600)}`
  const location = headers.location === undefined ? '/' : String(headers.location)
  const isOwn = /^\/(?![/\\])/.test(location)
  if (!isOwn && (leadsTo === undefined || new URL(location).origin !== leadsTo)) return `sends on to ${location}`
  const type = String(headers['content-type'])
  const isPage = type.startsWith('text/html')
  if (isPage && headers['content-security-policy'] === undefined) return 'is a page without a policy'
  return status >= 400 && !isPage && !type.startsWith('application/problem+json')
    ? `answered ${status} as ${type}, which is neither page nor problem`
    : undefined
}

/** A form as a browser has it: its cookie and the hidden value that belongs to it. */
export async function boundForm({ app }: Door): Promise<{ cookie: string; csrf: string }> {
  const answer = await app.inject({ method: 'GET', url: '/sign-in', headers: { 'sec-fetch-site': 'same-origin' } })
  const csrf = /name="csrf" value="([^"]+)"/.exec(answer.body)?.[1]
  const cookie = answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  if (csrf === undefined || cookie === '') throw new Error('the page of sign-in has no form')
  return { csrf, cookie }
}
