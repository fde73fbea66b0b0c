import type { LibraryName } from '@siku/contracts'
import type { AnnotatedDocument } from '@siku/db'
import { createPostings, isSimilar, servedAs, type MatchSide, type Weights } from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import type { Unread } from '../match/follow-rows.ts'
import { toMatchRecord } from '../match/matchable.ts'

/** Candidates of each question; what is near in kind but far away still comes in by the first. */
const candidatesMax = 60

export type DossierShelf = ReturnType<typeof createDossierShelf>

/** Published project results, by their concepts, and platform institutions in memory. */
export function createDossierShelf({ thesaurus, weights }: { thesaurus: Thesaurus; weights: Weights }) {
  const postings = createPostings(thesaurus, weights)
  const results = new Map<string, MatchSide>()
  const institutions = new Map<string, MatchSide>()
  const unread = new Map<string, Unread>()

  const remove = (id: string) => {
    if (results.delete(id)) postings.remove('technology', id)
    institutions.delete(id)
    unread.delete(id)
  }
  const put = (library: LibraryName, entry: MatchSide) => {
    if (library === 'platform-institutions') return institutions.set(entry.id, entry)
    results.set(entry.id, entry)
    return postings.put('technology', entry)
  }
  const near = (asking: MatchSide, accepts?: (id: string) => boolean) =>
    postings.candidates('demand', asking, candidatesMax, accepts).found.map(({ id }) => id)

  return {
    take: (document: AnnotatedDocument) => {
      const { id, library, position } = document
      remove(id)
      if (document.tombstone || document.state !== 'published') return
      if (document.annotation === null) unread.set(id, { id, library, position: position ?? 0 })
      else put(library, toMatchRecord(document).entry)
    },
    unread: (): Unread[] => [...unread.values()],
    isUnread: (id: string): boolean => unread.has(id),
    find: (id: string): MatchSide | undefined => results.get(id) ?? institutions.get(id),
    /** Results near to any of these texts, and those of like countries among which a farther one would be lost. */
    resultsNear: (texts: readonly MatchSide[], country: string | null): MatchSide[] => {
      const isThere = (id: string) =>
        country !== null && (results.get(id)?.text.serviceCountries ?? []).some((one) => one === country || isSimilar(one, country))
      const ids = new Set(texts.flatMap((text) => [...near(text), ...near(text, isThere)]))
      return [...ids].flatMap((id) => results.get(id) ?? [])
    },
    institutionsServing: (country: string | null): MatchSide[] =>
      [...institutions.values()].filter(({ text }) => servedAs(country, text) !== undefined)
  }
}
