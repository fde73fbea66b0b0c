import type { Draft } from '@siku/contracts'
import type { DocumentToWrite } from '@siku/db'
import { publicText, type Library } from '@siku/library-kit'

/** A published row as the library would write it, made directly, for tests of what comes after publication. */
export function publicDocument(library: Library, draft: Draft, { id, number }: { id: string; number: number }): DocumentToWrite {
  const owner = { name: 'harness', type: 'enterprise', country: 'CN', district: null }
  const row = { reference: `TO-CN-20270301-${number}`, owner } as Parameters<typeof publicText>[1]
  return {
    library: library.name,
    id,
    version: 3,
    revision: 5,
    tombstone: false,
    state: 'published',
    visibility: 'network',
    openForInterest: true,
    controlState: 'not-listed',
    clearedCountries: [],
    ownerKey: `owner-${number % 7}`,
    excludedKeys: [],
    excludedCountries: [],
    country: draft.country,
    validUntil: null,
    publishedAt: null,
    text: publicText(library, row, { ...draft, title: `${draft.title} ${number}` })
  }
}
