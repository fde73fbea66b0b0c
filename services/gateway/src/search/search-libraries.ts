import type { Language } from '@siku/contracts'
import { documentsById } from '@siku/db'
import {
  readerOf,
  SearchError,
  searchDepthMax,
  SearchQueryError,
  type FacetName,
  type SearchFilters,
  type SearchIndex,
  type SearchPage,
  type SearchQuery
} from '@siku/search'
import type { Thesaurus } from '@siku/thesaurus'
import type { AccountContext } from '../accounts/account-context.ts'
import { SearchUnavailable } from '../errors.ts'
import { labelFacets, type FacetLine } from './facet-labels.ts'
import { readCursor, writeCursor } from './page-cursor.ts'
import { readQuery } from './read-query.ts'
import { showHit, type ShownHit } from './show-hit.ts'

export type SearchPort = {
  index: Pick<SearchIndex, 'search'>
  thesaurus: Thesaurus
  /** Resolves once the index holds what was published before this process began. */
  caughtUp: Promise<unknown>
}

export type Asked = { text: string; language: Language; filters: SearchFilters; limit: number; cursor?: string }

export type Found = {
  data: ShownHit[]
  next: string | null
  total: number
  totalIsExact: boolean
  facets: Record<string, FacetLine[]>
  concepts: string[]
}

const facets: readonly FacetName[] = [
  'library',
  'sectors',
  'stage',
  'country',
  'ownerType',
  'cooperationModes',
  'services',
  'language',
  'recordType',
  'seeks'
]
const caughtUpWaitMs = 5_000

/** One search over all libraries. The index proposes; every hit is read again under the reader's own rights before it leaves. */
export async function searchLibraries(ctx: AccountContext, port: SearchPort, asked: Asked): Promise<Found> {
  const query = [asked.text, asked.language, asked.filters]
  const offset = readCursor(ctx.secrets, query, asked.cursor, asked.limit)
  const read = readQuery(port.thesaurus, asked.text, asked.language)
  await within(port.caughtUp)
  const page = await askIndex(ctx, port, {
    text: asked.text,
    terms: read.terms,
    concepts: read.concepts,
    filters: asked.filters,
    reader: readerOf(ctx.actor),
    facets,
    limit: asked.limit,
    offset
  })
  const documents = await ctx.db.withRead(ctx.actor, (tx) =>
    documentsById(
      tx,
      page.hits.map(({ id }) => id)
    )
  )
  const byId = new Map(documents.filter(({ tombstone }) => !tombstone).map((document) => [document.id, document]))
  const data = page.hits.flatMap((hit) => {
    const document = byId.get(hit.id)
    return document === undefined ? [] : [showHit(document, hit, { language: asked.language, thesaurus: port.thesaurus })]
  })
  const after = offset + page.hits.length
  const goesOn = page.hits.length === asked.limit && after < page.total && after + asked.limit <= searchDepthMax
  return {
    data,
    next: goesOn ? writeCursor(ctx.secrets, query, after) : null,
    // What the index still counted and the reader may no longer see is not counted.
    total: page.total - (page.hits.length - data.length),
    totalIsExact: page.totalIsExact,
    facets: labelFacets(page.facets, asked.language),
    concepts: read.concepts.map(({ id }) => id)
  }
}

async function askIndex(ctx: AccountContext, { index }: SearchPort, query: SearchQuery): Promise<SearchPage> {
  try {
    return await index.search(query)
  } catch (error) {
    if (error instanceof SearchQueryError || !(error instanceof SearchError)) throw error
    ctx.log.error({ event: 'search.failed', code: error.code, err: error }, 'the search engine did not answer')
    throw SearchUnavailable().with({ retryAfterSeconds: 2 })
  }
}

/** A process that has just started copies what is published first. */
async function within(caughtUp: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), caughtUpWaitMs)
  })
  const outcome = await Promise.race([
    caughtUp.then(
      () => 'caught up',
      () => 'late'
    ),
    late
  ])
  clearTimeout(timer)
  if (outcome === 'late') throw SearchUnavailable().with({ retryAfterSeconds: 5 })
}
