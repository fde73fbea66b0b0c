import type { PublishedDocument } from '@siku/contracts'
import { meaningSimilarity, type MatchSide, type Weights } from '@siku/matcher'
import { counterpartQuery, createScorer, heldVector, rankMet } from '@siku/matching'
import { createMeilisearchIndex, type IntentStore } from '@siku/search'
import { newId, toSearchDocument } from '@siku/service-kit'
import { setTimeout as pause } from 'node:timers/promises'
import { EvalUnavailableError } from './errors.ts'
import type { CandidateSetting, CandidateSource } from './open-candidates.ts'

export type MeilisearchPlace = { url: string; key?: string | undefined }

const candidatesMax = 500
const idsMax = 8_000
const perTask = 1_000
const dropStepMs = 50
const dropMaxMs = 20_000

/** An index of its own on a real server, asked as a single run asks it, and deleted at the end. */
export async function openMeilisearch(
  { url, key }: MeilisearchPlace,
  { technologies, engine: { thesaurus, weights }, today }: CandidateSetting
): Promise<CandidateSource> {
  const prefix = `eval-${process.pid}`
  const server = { url, ...(key ? { key } : {}) }
  const index = createMeilisearchIndex({ ...server, prefix, intents: noIntents, newId, log: { warn: () => undefined } })
  const health = await index.health()
  if (!health.ok)
    throw new EvalUnavailableError(`Meilisearch at MEILI_URL does not answer (${health.cause}); start it, or say --search embedded.`)
  const scorer = createScorer(thesaurus, weights)
  const close = async () => {
    await dropIndexes(server, prefix)
    await index.close()
  }
  try {
    const documents = technologies.map((side, at) => ({
      ...toSearchDocument(documentOf(side, at), side.annotation, changedAt),
      ...(side.meaning ? { vector: heldVector({ position: at, meaning: side.meaning }) } : {})
    }))
    for (let from = 0; from < documents.length; from += perTask) await index.put(documents.slice(from, from + perTask))
  } catch (error) {
    await close()
    throw error
  }
  return {
    name: 'meilisearch',
    candidatesMax,
    find: async (entry, accepts) => {
      const asking = { side: 'demand', entry } as const
      const { met, near } = await index.candidates(counterpartQuery(asking, { scorer, today, idsMax }))
      const named = rankMet(met, { scorer, ...asking }).flatMap(({ id }) => technologies[placeOf(id)]?.id ?? [])
      const found = named.filter(accepts).slice(0, candidatesMax)
      const alike = near.flatMap(({ id }) => technologies[placeOf(id)] ?? []).filter((side) => isNear(entry, side, weights))
      return { ids: new Set([...found, ...alike.map(({ id }) => id).filter(accepts)]), touched: met.length }
    },
    close
  }
}

const changedAt = '2026-01-01T00:00:00.000Z'
const noIntents: IntentStore = {
  intend: async () => undefined,
  recordTask: async () => undefined,
  settle: async () => undefined,
  openIntents: async () => []
}

/** The server takes letters and figures for an id; a collection may name its records as it likes. */
const idAt = (place: number): string => `t${place}`
const placeOf = (id: string): number => Number(id.slice(1))

function documentOf(side: MatchSide, place: number): PublishedDocument {
  const { library, version, country, validUntil, text, access, organisationKey } = side
  return {
    ...access,
    library,
    id: idAt(place),
    version,
    revision: 1,
    hash: idAt(place),
    tombstone: false,
    visibility: 'public-named',
    clearedCountries: [],
    ownerKey: organisationKey,
    country,
    validUntil,
    publishedAt: changedAt,
    text,
    position: place + 1
  }
}

/** The index orders by angles; which of those it names are near enough is told from the vectors themselves. */
const isNear = ({ meaning }: MatchSide, side: MatchSide, weights: Weights): boolean =>
  (meaningSimilarity(meaning, side.meaning, weights) ?? 0) >= weights.embedding.candidateMin

/** The server deletes when it comes to it; the evaluation leaves nothing behind. */
async function dropIndexes({ url, key }: MeilisearchPlace, prefix: string): Promise<void> {
  const headers: Record<string, string> = key ? { authorization: `Bearer ${key}` } : {}
  const asked = new Set<string>()
  for (const end = Date.now() + dropMaxMs; Date.now() < end; await pause(dropStepMs)) {
    const answer = await fetch(new URL('indexes?limit=1000', withSlash(url)), { headers })
    const { results } = (await answer.json()) as { results: { uid: string }[] }
    const own = results.filter(({ uid }) => uid.startsWith(`${prefix}-`))
    if (own.length === 0) return
    for (const { uid } of own.filter((index) => !asked.has(index.uid))) {
      await fetch(new URL(`indexes/${uid}`, withSlash(url)), { method: 'DELETE', headers })
      asked.add(uid)
    }
  }
}

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)
