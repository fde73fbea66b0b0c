import type { MultiSearchQuery } from 'meilisearch'
import { all, oneOf, type Clause } from '../clause.ts'
import { isCompletable } from '../query-words.ts'
import type { SearchQuery } from '../search-query.ts'
import { filterText } from './filter-text.ts'

/** Beyond ten words the engine reads no further. */
const wordsMax = 10
const conceptsMax = 20
const legHitsMax = 500

export type Leg = MultiSearchQuery & { indexUid: string }

type Legs = { uid: string; filter: Clause; words: readonly string[]; concepts: SearchQuery['concepts'] }

/**
 * The engine's keyword search is no OR query: it drops words from the end, one after another. So all words are asked together, then each
 * alone, and each concept by its filter; what they find is put together and scored by us.
 */
export function searchLegs({ uid, filter, words, concepts }: Legs): Leg[] {
  const leg = (part: { q?: string; clause?: Clause }): Leg => {
    const text = filterText(part.clause === undefined ? filter : all(filter, part.clause))
    return {
      indexUid: uid,
      q: part.q ?? '',
      limit: legHitsMax,
      attributesToRetrieve: ['key'],
      matchingStrategy: 'last',
      ...(text === undefined ? {} : { filter: text })
    }
  }
  const asked = words.slice(0, wordsMax)
  const last = words.length - 1
  // A blank after a word tells the engine that it is finished.
  const single = asked.map((word, index) => leg({ q: index === last && isCompletable(word) ? word : `${word} ` }))
  const together = asked.length > 1 ? [leg({ q: asked.join(' ') })] : []
  const heaviest = [...concepts].sort((a, b) => b.weight - a.weight).slice(0, conceptsMax)
  return [...together, ...single, ...heaviest.map(({ id }) => leg({ clause: oneOf('concepts', [id]) }))]
}

export const isCut = (hits: number): boolean => hits >= legHitsMax
