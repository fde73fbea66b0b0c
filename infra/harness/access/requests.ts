import { collectionOf, type LibraryName } from '@siku/contracts'
import { draftOf } from '../support/drafts.ts'
import type { Sent } from '../support/send.ts'
import type { Target } from './objects.ts'
import { isReading } from './expectation.ts'

type Request = { query?: string; body?: unknown; headers?: Record<string, string>; without?: 'if-match' }

/** Anybody may look it up. */
const concept = 'reverse-osmosis'
const octets = { 'content-type': 'application/octet-stream' }
const nothing: Request = {}
const steps = [
  'submit',
  'recall',
  'take',
  'approve',
  'pause',
  'resume',
  'confirm',
  'withdraw',
  'archive',
  'control/confirm',
  'control/withdraw'
]

/** A complete request for each route of one record: nothing but the caller and the state decides what comes of it. */
const ofRecord: Record<string, Request> = {
  'PATCH ': { body: { title: 'x' } },
  'POST return': { body: { reasons: [{ code: 'other', text: null }] } },
  'POST interest': { body: { open: true } },
  'POST control/assess': { body: { state: 'free' } },
  'PUT leaks': { body: { keys: ['0123456789abcdef'] } },
  'PUT contact': { body: { name: 'N' } },
  'POST files': { query: '?name=a.txt&title=a&confidentiality=public', body: Buffer.from('x'), headers: octets },
  'GET contact': { query: '?basis=x' },
  ...Object.fromEntries(steps.map((name) => [`POST ${name}`, nothing])),
  ...Object.fromEntries(['', 'versions', 'leaks', 'control', 'files', 'files/:fileId'].map((name) => [`GET ${name}`, nothing])),
  'DELETE files/:fileId': nothing
}

const ofMatching: Record<string, Request> = {
  'GET /v1/matches': nothing,
  'GET /v1/matches/demands': nothing,
  'GET /v1/matches/:id': nothing,
  'GET /v1/matches/:id/questions': nothing,
  'GET /v1/dossiers/:demandId': nothing,
  'GET /v1/gaps/demands': nothing,
  'GET /v1/gaps/summary': nothing,
  'GET /v1/gaps/technologies': nothing,
  'GET /v1/duplicates': nothing,
  'POST /v1/duplicates/:id/confirm': nothing,
  'POST /v1/duplicates/:id/dismiss': nothing,
  'GET /v1/matches/:id/runs': nothing,
  'GET /v1/matches/:id/replay': nothing,
  'POST /v1/matches/:id/take': nothing,
  'POST /v1/matches/:id/approve': { body: {} },
  'POST /v1/matches/:id/reject': { body: { code: 'other' } },
  'POST /v1/matches/:id/defer': { body: { until: '2027-04-01' } },
  'GET /v1/thesaurus/fields': nothing,
  'GET /v1/thesaurus/tree': { query: '?field=water' },
  'GET /v1/thesaurus/concepts': { query: '?q=water' },
  'GET /v1/thesaurus/concepts/:id': nothing,
  'GET /v1/thesaurus/export': { query: '?format=turtle' },
  'GET /v1/thesaurus/edition': nothing,
  'POST /v1/thesaurus/editions': nothing,
  'GET /v1/thesaurus/suggestions': { query: '?lang=en' },
  'GET /v1/thesaurus/changes': nothing,
  'POST /v1/thesaurus/changes': {
    body: { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }
  },
  'GET /v1/thesaurus/changes/:id': nothing,
  'POST /v1/thesaurus/changes/:id/approve': nothing,
  'POST /v1/thesaurus/changes/:id/reject': { body: { reason: 'x' } },
  'GET /v1/pipeline/needs-translation': nothing,
  'GET /v1/pipeline': nothing,
  'GET /v1/pipeline/parked': nothing,
  'POST /v1/pipeline/parked/redrive': { body: { kind: 'index' } }
}

const collections = Object.entries(collectionOf) as [LibraryName, string][]

export type Route = { method: string; url: string }

/** The request that a caller sends to a route about an object; a route that nobody knows how to call is an error. */
export function requestFor({ method, url }: Route, target: Target | undefined, mergeInto: string): Sent {
  const asked = method === 'HEAD' ? 'GET' : method
  const { query = '', body, headers } = findRequest(asked, url, { target, mergeInto })
  const path = url
    .replace('concepts/:id', `concepts/${concept}`)
    .replace(':id', target?.id ?? 'none')
    .replace(':demandId', target?.id ?? 'none')
    .replace(':fileId', target?.fileId ?? 'none')
  const revision = path.endsWith('/contact') ? 1 : target?.revision
  return {
    method,
    url: path + query,
    headers: { ...headers, ...(isReading(asked) || revision === undefined ? {} : { 'if-match': `"r${revision}"` }) },
    ...(body === undefined ? {} : { body })
  }
}

function findRequest(method: string, url: string, { target, mergeInto }: { target: Target | undefined; mergeInto: string }): Request {
  const path = url.replace(/\/$/, '')
  const [library, collection] = collections.find(([, name]) => path === `/v1/${name}` || path.startsWith(`/v1/${name}/`)) ?? []
  if (library === undefined) {
    if (path === '/v1/matches/count') return { query: `?demand=${target?.id}` }
    return path.startsWith('/v1/') ? known(ofMatching, `${method} ${path}`) : nothing
  }
  const rest = path.slice(`/v1/${collection}`.length)
  if (rest === '' || rest === '/changes') return method === 'POST' ? { body: draftOf(library) } : nothing
  const step = rest.slice('/:id'.length).replace(/^\//, '')
  return method === 'POST' && step === 'merge' ? { body: { into: mergeInto } } : known(ofRecord, `${method} ${step}`)
}

function known(requests: Record<string, Request>, name: string): Request {
  const found = requests[name]
  if (found === undefined) throw new Error(`nobody has said how to call ${name}; add a request to infra/harness/access/requests.ts`)
  return found
}
