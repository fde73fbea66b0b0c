import type { MultiSearchQuery } from 'meilisearch'
import type { CandidateQuery, MetRecord, MetRecords, NearestQuery, NearRecord } from '../candidate-query.ts'
import { all, oneOf, type Clause } from '../clause.ts'
import { SearchRefusedError } from '../errors.ts'
import { roundScore } from '../order.ts'
import { orderedLists, type ImpactList } from '../ordered-lists.ts'
import { keyOf } from '../search-document.ts'
import type { Engine } from './engine.ts'
import { filterText } from './filter-text.ts'
import type { StoredDocument } from './stored-document.ts'
import { embedderName, numbersOf } from './stored-vector.ts'

/** Lists asked for as one, neighbours in the order of impact: a few at first, where the order counts; the engine slows down beyond a hundred. */
const stratumFirst = 8
const stratumMost = 64
/** A word that more records hold names none of them. */
const wordHitsMax = 100

type Stratum = { lists: ImpactList[]; hits: number }
type Asking = { engine: Engine; uid: string; filter: Clause }

/**
 * Score-at-a-time reading of impact-ordered lists (Anh and Moffat 2006; Lin and Trotman 2015) on an engine that only filters: neighbours
 * in the order of impact are asked for together, counted first, and those that fit the budget are then fetched in one request.
 */
export async function findCandidates(engine: Engine, uid: string, query: CandidateQuery): Promise<MetRecords> {
  const asking = { engine, uid, filter: query.filter }
  const lists = orderedLists(query.lists)
  const words = query.words ?? []
  const perWord = Math.min(wordHitsMax + 1, Math.floor(query.idsMax / 2 / (words.length || 1)))
  const { nearest } = query
  const taken = await affordable(asking, strata(lists), query.idsMax - words.length * perWord - (nearest?.limit ?? 0))
  const questions = [
    ...taken.filter(({ hits }) => hits > 0).map((stratum) => listsQuery(asking, stratum.lists, stratum.hits)),
    ...words.map((word) => wordQuery(asking, word, perWord))
  ]
  const [{ met, ids }, near] = await Promise.all([fetchMet(asking, questions), nearest ? findNearest(asking, nearest) : []])
  const read = new Set(taken.flatMap((stratum) => stratum.lists.map(({ list }) => list)))
  const left = new Set(lists.filter(({ list }) => !read.has(list)).map(({ token }) => token))
  return { met, near, ids: ids + near.length, lists: lists.length, listsRead: read.size, left: [...left] }
}

function strata(lists: readonly ImpactList[]): ImpactList[][] {
  const found: ImpactList[][] = []
  let size = stratumFirst
  for (let start = 0; start < lists.length; start += size, size = Math.min(size * 2, stratumMost)) {
    found.push(lists.slice(start, start + size))
  }
  return found
}

/** What the budget allows, weightiest first. The first stratum that is too large is taken apart, so that one long list does not bar the others. */
async function affordable(asking: Asking, groups: readonly ImpactList[][], idsMax: number): Promise<Stratum[]> {
  const counted = await count(asking, groups)
  const whole = fitting(counted, idsMax)
  const tooLarge = counted.find((stratum) => !whole.includes(stratum))
  if (tooLarge === undefined || tooLarge.lists.length === 1) return whole
  const apart = await count(
    asking,
    tooLarge.lists.map((list) => [list])
  )
  return fitting(
    counted.flatMap((stratum) => (stratum === tooLarge ? apart : [stratum])),
    idsMax
  )
}

function fitting(counted: readonly Stratum[], idsMax: number): Stratum[] {
  let rest = idsMax
  return counted.filter(({ hits }) => {
    if (hits > rest) return false
    rest -= hits
    return true
  })
}

async function count(asking: Asking, groups: readonly ImpactList[][]): Promise<Stratum[]> {
  if (groups.length === 0) return []
  const queries = groups.map((lists) => listsQuery(asking, lists, 0))
  const { results } = await ask(asking, 'counting candidates', queries)
  return groups.map((lists, index) => ({ lists, hits: results[index]?.estimatedTotalHits ?? 0 }))
}

async function fetchMet(asking: Asking, queries: Query[]): Promise<{ met: MetRecord[]; ids: number }> {
  if (queries.length === 0) return { met: [], ids: 0 }
  const { results } = await ask(asking, 'fetching candidates', queries)
  const named = results.filter(({ query, hits, limit }) => query === '' || hits.length < (limit ?? wordHitsMax))
  const met = new Map<string, MetRecord>()
  for (const { hits } of named) for (const { library, id, card } of hits) met.set(keyOf({ library, id }), { library, id, card: card ?? '' })
  return { met: [...met.values()], ids: results.reduce((sum, { hits }) => sum + hits.length, 0) }
}

/** No embedder yet, or one for another length: no vector the index holds may be compared with this one. */
const noneToCompare = ['invalid_search_embedder', 'invalid_vector_dimensions']

/** A request of its own, since one question that is refused takes all others of its request with it. */
async function findNearest(asking: Asking, { space, values, limit }: NearestQuery): Promise<NearRecord[]> {
  const query = {
    ...question(asking, [oneOf('vectorSpace', [space])]),
    attributesToRetrieve: ['library', 'id'],
    vector: numbersOf(values),
    hybrid: { embedder: embedderName, semanticRatio: 1 },
    showRankingScore: true,
    limit
  }
  try {
    const { results } = await ask(asking, 'looking for what is near', [query])
    const hits = results.flatMap((result) => result.hits)
    return hits.map(({ library, id, _rankingScore = 0 }) => ({ library, id, cosine: roundScore(2 * _rankingScore - 1) }))
  } catch (error) {
    if (error instanceof SearchRefusedError && noneToCompare.includes(error.engineCode)) return []
    throw error
  }
}

type Query = MultiSearchQuery & { indexUid: string }

/** Nobody waits before a screen for it, so it may take as long as a write. */
const ask = ({ engine }: Asking, doing: string, queries: Query[]) =>
  engine.write(doing, (client) => client.multiSearch<{ queries: Query[] }, StoredDocument>({ queries }))

const listsQuery = (asking: Asking, lists: readonly ImpactList[], limit: number): Query => ({
  ...question(asking, [
    oneOf(
      'impactTokens',
      lists.map(({ list }) => list)
    )
  ]),
  limit
})

/** A blank after the word tells the engine that it is finished. */
const wordQuery = (asking: Asking, word: string, limit: number): Query => ({
  ...question(asking, []),
  q: `${word} `,
  matchingStrategy: 'all',
  limit
})

function question({ uid, filter }: Asking, narrowing: Clause[]): Query {
  const text = filterText(all(filter, ...narrowing))
  return { indexUid: uid, attributesToRetrieve: ['library', 'id', 'card'], ...(text === undefined ? {} : { filter: text }) }
}
