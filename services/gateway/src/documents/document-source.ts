import { DocumentBroken, ServiceAbsent } from '../errors.ts'
import { prefixesOf } from '../proxy/route-table.ts'
import { upstreams, type Upstream } from '../config.ts'
import type { ApiDocument } from './check-document.ts'
import { composeDocuments, type Part } from './compose-documents.ts'

export type DocumentSource = () => Promise<ApiDocument>

export type DocumentSourceOptions = { own: () => ApiDocument; urls: Record<Upstream, string>; now: () => Date }

const keptMs = 60_000
const answerMs = 3_000
const retryAfterSeconds = 2

/** The composed document, read from the services at most once a minute; those who ask while it is being read wait for the same reading. */
export function createDocumentSource({ own, urls, now }: DocumentSourceOptions): DocumentSource {
  let kept: { at: number; document: Promise<ApiDocument> } | undefined
  const read = async () => composeDocuments(own(), await Promise.all(upstreams.map((service) => readPart(service, urls[service]))))
  return () => {
    const at = now().getTime()
    if (kept && at - kept.at < keptMs) return kept.document
    const document = read()
    kept = { at, document }
    // A failure is not kept: the next who asks tries again.
    document.catch(() => {
      if (kept?.document === document) kept = undefined
    })
    return document
  }
}

async function readPart(service: Upstream, url: string): Promise<Part> {
  const response = await fetch(new URL('/openapi.json', url), { signal: AbortSignal.timeout(answerMs), redirect: 'error' }).catch(
    () => undefined
  )
  if (!response) throw ServiceAbsent(service).with({ retryAfterSeconds })
  if (response.status !== 200) throw DocumentBroken(service, `answered ${response.status}`, '/openapi.json')
  const document: unknown = await response.json().catch(() => undefined)
  if (document === undefined) throw DocumentBroken(service, 'is no JSON', '/openapi.json')
  return { service, document, prefixes: prefixesOf(service) }
}
