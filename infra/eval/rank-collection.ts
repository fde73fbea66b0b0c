import { createPostings, passesHardFilters, readWeights, scorePair, type MatchSide } from '@siku/matcher'
import { loadThesaurus } from '@siku/thesaurus'
import { bm25, conceptsOf, tfIdf, wordsOf } from './baselines.ts'
import type { Collection } from './collection.ts'
import { createCrosswalk } from './crosswalk.ts'
import { demandSide, technologySide } from './match-sides.ts'
import { byScoreThenId, type Grades, type Ranked } from './metrics.ts'

export const systemNames = ['siku', 'siku-candidates', 'words-bm25', 'words-tfidf', 'concepts-bm25', 'concepts-tfidf'] as const
export type SystemName = (typeof systemNames)[number]

/** One need with the rankings of every system; scores of ours are strengths between 0 and 1. */
export type RankedDemand = {
  id: string
  language: string
  theme: string
  grades: Grades
  rankings: Record<SystemName, Ranked[]>
  /** What would be proposed: the exact ranking down to the threshold. */
  proposed: Ranked[]
  /** The same if the technologies judged for the need were not there; a score looks at nothing but its pair. */
  proposedWithoutOwn: Ranked[]
  /** Share of the exact top 20 that the candidate stage led to, and how many records it touched. */
  kept: number
  touched: number
}

export type RankedCollection = {
  demands: RankedDemand[]
  today: string
  leaveOut: boolean
  technologies: number
  distractors: number
  threshold: number
  thesaurusEdition: string
  weightsVersion: string
  unknownValues: string[]
  seconds: { annotate: number; score: number }
}

export type RankOptions = {
  /** Day for the hard filters, YYYY-MM-DD. */
  now?: string | undefined
  /** Each need loses the technologies judged for it (grade 1 and above). */
  leaveOut: boolean
  say?: (line: string) => void
}

const depth = 100
const keptDepth = 20
/** What one run of the embedded form looks at. */
export const candidatesMax = 200

/** Annotates a collection and ranks all technologies for each need, in process and on nothing but the texts. */
export function rankCollection(collection: Collection, { now, leaveOut, say = () => undefined }: RankOptions): RankedCollection {
  const thesaurus = loadThesaurus()
  const weights = readWeights()
  const crosswalk = createCrosswalk()
  const today = now ?? openDay(collection)
  const started = performance.now()
  say(`annotating ${collection.technologies.length + collection.demands.length} texts …`)
  const technologies = collection.technologies.map((line) => technologySide(line, { thesaurus, crosswalk }))
  const demands = collection.demands.map((line) => ({ line, side: demandSide(line, { thesaurus, crosswalk }) }))
  const annotated = performance.now()
  say(`scoring ${demands.length} × ${technologies.length} pairs …`)

  const systems = systemsOf(technologies, { thesaurus, weights, today })
  const ranked = demands.map(({ line, side }): RankedDemand => {
    const judged: Grades = collection.judgements.get(line.id) ?? new Map()
    const isOwn = (id: string) => (judged.get(id) ?? 0) > 0
    const { rankings, touched, kept } = systems(side, (id) => !leaveOut || !isOwn(id))
    const proposed = rankings.siku.filter(({ score }) => score * 1_000_000 >= weights.thresholdMillionths)
    const cut = Object.fromEntries(systemNames.map((name) => [name, rankings[name].slice(0, depth)])) as RankedDemand['rankings']
    return {
      id: line.id,
      language: line.lang,
      theme: line.theme ?? '',
      grades: leaveOut ? new Map() : judged,
      rankings: cut,
      proposed,
      proposedWithoutOwn: proposed.filter(({ id }) => !isOwn(id)),
      kept,
      touched
    }
  })
  const scored = performance.now()
  return {
    demands: ranked,
    today,
    leaveOut,
    technologies: technologies.length,
    distractors: collection.distractors,
    threshold: weights.thresholdMillionths / 1_000_000,
    thesaurusEdition: thesaurus.edition,
    weightsVersion: weights.version,
    unknownValues: [...crosswalk.unknown],
    seconds: { annotate: (annotated - started) / 1000, score: (scored - annotated) / 1000 }
  }
}

/** A day on which no deadline has passed. */
const openDay = ({ demands }: Collection): string =>
  demands.flatMap(({ deadline }) => (deadline ? [deadline.slice(0, 10)] : [])).toSorted()[0] ?? new Date().toISOString().slice(0, 10)

type Setting = { thesaurus: ReturnType<typeof loadThesaurus>; weights: ReturnType<typeof readWeights>; today: string }
type Answer = { rankings: Record<SystemName, Ranked[]>; touched: number; kept: number }

function systemsOf(technologies: readonly MatchSide[], { thesaurus, weights, today }: Setting) {
  const byId = new Map(technologies.map((side) => [side.id, side]))
  const postings = createPostings(thesaurus, weights)
  for (const side of technologies) postings.put('technology', side)
  const baselines = {
    'words-bm25': bm25(technologies, wordsOf),
    'words-tfidf': tfIdf(technologies, wordsOf),
    'concepts-bm25': bm25(technologies, conceptsOf),
    'concepts-tfidf': tfIdf(technologies, conceptsOf)
  }
  return (demand: MatchSide, isThere: (id: string) => boolean): Answer => {
    const mayMeet = (id: string) => {
      const technology = byId.get(id)
      return technology !== undefined && isThere(id) && passesHardFilters(demand, technology, today)
    }
    const met = technologies.filter(({ id }) => mayMeet(id))
    const siku = met
      .map((technology) => ({ id: technology.id, score: scorePair(demand, technology, thesaurus, weights).scoreMillionths / 1_000_000 }))
      .sort(byScoreThenId)
    const found = postings.candidates('demand', demand, candidatesMax, mayMeet)
    const candidates = new Set(found.found.map(({ id }) => id))
    const top = siku.slice(0, keptDepth)
    const others = Object.fromEntries(
      Object.entries(baselines).map(([name, baseline]) => [name, baseline(demand).filter(({ id }) => mayMeet(id))])
    )
    return {
      rankings: { ...others, siku, 'siku-candidates': siku.filter(({ id }) => candidates.has(id)) } as Answer['rankings'],
      touched: found.touched,
      kept: top.length === 0 ? 1 : top.filter(({ id }) => candidates.has(id)).length / top.length
    }
  }
}
