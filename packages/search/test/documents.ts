import type { SearchAccess, SearchDocument, SearchFacets } from '../src/index.ts'

export type DocumentParts = Partial<Omit<SearchDocument, 'access' | 'facets'>> & {
  access?: Partial<SearchAccess>
  facets?: Partial<SearchFacets>
}

const openAccess: SearchAccess = {
  state: 'published',
  visibility: 'public-anonymous',
  openForInterest: true,
  controlState: 'free',
  clearedCountries: [],
  ownerKey: 'owner-1',
  excludedKeys: [],
  excludedCountries: [],
  validUntil: null
}

/** A published technology everybody may see, but for what is given. */
export function aDocument(id: string, { access, facets, ...parts }: DocumentParts = {}): SearchDocument {
  const library = parts.library ?? 'technology-reserve'
  const language = parts.language ?? 'zh'
  return {
    library,
    id,
    version: 1,
    hash: `hash-of-${id}-1`,
    language,
    title: `title of ${id}`,
    summary: '',
    description: '',
    more: [],
    titleTerms: [],
    bodyTerms: [],
    concepts: [],
    position: 0,
    changedAt: '2026-01-01T00:00:00.000Z',
    ...parts,
    facets: {
      library,
      sectors: [],
      stage: null,
      country: 'CN',
      targetCountries: [],
      ownerType: 'enterprise',
      district: null,
      cooperationModes: [],
      services: [],
      language,
      recordType: 'TO',
      seeks: null,
      ...facets
    },
    access: { ...openAccess, ...access }
  }
}
