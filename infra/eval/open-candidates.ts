import { createPostings, type MatchSide } from '@siku/matcher'
import type { Engine } from './ablations.ts'
import { EvalUnavailableError } from './errors.ts'
import { openMeilisearch, type MeilisearchPlace } from './meilisearch-candidates.ts'

export const searchNames = ['embedded', 'meilisearch'] as const
export type SearchName = (typeof searchNames)[number]

/** Where a run takes its candidates from, with the number it looks at. */
export type CandidateSource = {
  name: SearchName
  candidatesMax: number
  find(demand: MatchSide, accepts: (id: string) => boolean): Promise<{ ids: Set<string>; touched: number }>
  close(): Promise<void>
}

export type CandidateSetting = { technologies: readonly MatchSide[]; engine: Pick<Engine, 'thesaurus' | 'weights'>; today: string }

export async function openCandidates(
  name: SearchName,
  setting: CandidateSetting,
  server: MeilisearchPlace | undefined
): Promise<CandidateSource> {
  if (name === 'embedded') return openEmbedded(setting)
  if (!server)
    throw new EvalUnavailableError('MEILI_URL names no server; set it, and MEILI_KEY where there is a key, or say --search embedded.')
  return await openMeilisearch(server, setting)
}

function openEmbedded({ technologies, engine: { thesaurus, weights } }: CandidateSetting): CandidateSource {
  const candidatesMax = 200
  const postings = createPostings(thesaurus, weights)
  for (const side of technologies) postings.put('technology', side)
  return {
    name: 'embedded',
    candidatesMax,
    find: async (demand, accepts) => {
      const { found, touched } = postings.candidates('demand', demand, candidatesMax, accepts)
      return { ids: new Set(found.map(({ id }) => id)), touched }
    },
    close: async () => undefined
  }
}
