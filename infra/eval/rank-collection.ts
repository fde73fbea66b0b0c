import { readWeights, type MatchSide } from '@siku/matcher'
import type { AblationName, Engine } from './ablations.ts'
import type { Collection } from './collection.ts'
import { comparedSystems, type SystemInfo } from './compared-systems.ts'
import { measureCoverage, type Coverage } from './coverage.ts'
import { createCrosswalk } from './crosswalk.ts'
import { giveMeanings, type BothSides, type EmbedTexts } from './give-meanings.ts'
import { demandSide, technologySide, type SideContext } from './match-sides.ts'
import type { MeilisearchPlace } from './meilisearch-candidates.ts'
import { openCandidates, type CandidateSource, type SearchName } from './open-candidates.ts'
import { rankDossiers, type RankedDossiers, type Shortlist } from './rank-dossiers.ts'
import { needRanker, type RankedDemand, type Setting } from './rank-need.ts'
import { shippedThesaurus } from './shipped-thesaurus.ts'
import { isHeldOut } from './themes.ts'

export type RankedCollection = {
  demands: RankedDemand[]
  dossiers: RankedDossiers | null
  coverage: Coverage
  /** In the order in which they are shown, ours first. */
  systems: SystemInfo[]
  today: string
  leaveOut: boolean
  technologies: number
  distractors: number
  search: { name: SearchName; candidatesMax: number }
  heldOutThemes: string[]
  threshold: number
  thesaurusEdition: string
  weightsVersion: string
  unknownValues: string[]
  seconds: { annotate: number; embed: number; score: number }
}

export type RankOptions = {
  /** Day for the hard filters, YYYY-MM-DD. */
  now?: string | undefined
  /** Each need loses the technologies judged for it (grade 1 and above). */
  leaveOut?: boolean
  search?: SearchName
  /** The server for `search: 'meilisearch'`. */
  meilisearch?: MeilisearchPlace | undefined
  ablations?: readonly AblationName[]
  embed?: EmbedTexts | undefined
  say?: (line: string) => void
}

/** Annotates a collection and ranks all technologies for each need, in process and on nothing but the texts. */
export async function rankCollection(collection: Collection, options: RankOptions = {}): Promise<RankedCollection> {
  const { now, leaveOut = false, search = 'embedded', meilisearch, ablations = [], embed, say = () => undefined } = options
  const engine: Engine = { thesaurus: shippedThesaurus(), weights: readWeights(), read: (side) => side }
  const crosswalk = createCrosswalk()
  const today = now ?? openDay(collection)
  const times = [performance.now()]
  say(`annotating ${collection.technologies.length + collection.demands.length} texts …`)
  const read = readSides(collection, { thesaurus: engine.thesaurus, crosswalk })
  times.push(performance.now())
  if (embed) say('asking the embedder …')
  const given = embed && (await giveMeanings(read, embed, engine.weights))
  const { technologies, demands } = given ?? read
  times.push(performance.now())
  say(`scoring ${demands.length} × ${technologies.length} pairs …`)
  const candidates = await openCandidates(search, { technologies, engine, today }, meilisearch)
  try {
    const others = comparedSystems({ technologies, engine, ablations, embedderAlone: given?.alone })
    const ranked = await rankNeeds(collection, demands, { technologies, engine, candidates, others, today, leaveOut })
    const shortlists = shortlistsOf(demands, ranked, technologies)
    times.push(performance.now())
    return {
      demands: ranked,
      dossiers: collection.dossier && rankDossiers(collection.dossier, { shortlists, engine, crosswalk }),
      coverage: measureCoverage([...demands, ...technologies.slice(0, technologies.length - collection.distractors)], engine.thesaurus),
      systems: [...ownSystems(candidates), ...others.map(({ name, title, kind }) => ({ name, title, kind }))],
      today,
      leaveOut,
      technologies: technologies.length,
      distractors: collection.distractors,
      search: { name: candidates.name, candidatesMax: candidates.candidatesMax },
      heldOutThemes: collection.themes.filter(isHeldOut),
      threshold: engine.weights.thresholdMillionths / 1_000_000,
      thesaurusEdition: engine.thesaurus.edition,
      weightsVersion: engine.weights.version,
      unknownValues: [...crosswalk.unknown],
      seconds: secondsOf(times)
    }
  } finally {
    await candidates.close()
  }
}

const readSides = (collection: Collection, context: SideContext): BothSides => ({
  technologies: collection.technologies.map((line) => technologySide(line, context)),
  demands: collection.demands.map((line) => demandSide(line, context))
})

async function rankNeeds(
  { demands: lines, judgements }: Collection,
  demands: readonly MatchSide[],
  setting: Setting
): Promise<RankedDemand[]> {
  const rankNeed = needRanker(setting)
  const ranked: RankedDemand[] = []
  for (const [at, line] of lines.entries())
    ranked.push(await rankNeed({ line, side: demands[at] as MatchSide }, judgements.get(line.id) ?? new Map()))
  return ranked
}

const ownSystems = ({ name, candidatesMax }: CandidateSource): SystemInfo[] => [
  { name: 'siku', title: 'Siku, every pair scored', kind: 'siku' },
  { name: 'siku-candidates', title: `Siku, candidates (${candidatesMax}, ${name})`, kind: 'siku' }
]

function secondsOf([started = 0, annotated = 0, embedded = 0, scored = 0]: number[]): RankedCollection['seconds'] {
  return { annotate: (annotated - started) / 1000, embed: (embedded - annotated) / 1000, score: (scored - embedded) / 1000 }
}

function shortlistsOf(demands: readonly MatchSide[], ranked: readonly RankedDemand[], technologies: readonly MatchSide[]): Shortlist[] {
  const byId = new Map(technologies.map((side) => [side.id, side]))
  return demands.map((demand, at) => ({ demand, technologies: (ranked[at]?.proposed ?? []).flatMap(({ id }) => byId.get(id) ?? []) }))
}

/** A day on which no deadline has passed. */
const openDay = ({ demands }: Collection): string =>
  demands.flatMap(({ deadline }) => (deadline ? [deadline.slice(0, 10)] : [])).toSorted()[0] ?? new Date().toISOString().slice(0, 10)
