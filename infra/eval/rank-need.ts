import { passesHardFilters, type MatchSide } from '@siku/matcher'
import type { Engine } from './ablations.ts'
import type { DemandLine } from './collection.ts'
import { exactRanking, type System } from './compared-systems.ts'
import type { Grades, Ranked } from './metrics.ts'
import type { CandidateSource } from './open-candidates.ts'

/** One need with the rankings of every system; scores of ours are strengths between 0 and 1. */
export type RankedDemand = {
  id: string
  /** What the same need in other languages has in common with it; its id where it stands alone. */
  need: string
  language: string
  theme: string
  grades: Grades
  /** By name of the system, the best hundred. */
  rankings: Record<string, Ranked[]>
  /** What would be proposed: the exact ranking down to the threshold. */
  proposed: Ranked[]
  /** The same if the technologies judged for the need were not there; a score looks at nothing but its pair. */
  proposedWithoutOwn: Ranked[]
  /** Share of the exact top 20 that the candidate stage led to, and how many records it touched. */
  kept: number
  touched: number
  /** How many of the proposed it led to; the others a single run would miss. */
  proposedFound: number
}

export type Need = { line: DemandLine; side: MatchSide }
export type Setting = {
  technologies: readonly MatchSide[]
  engine: Engine
  candidates: CandidateSource
  others: readonly System[]
  today: string
  leaveOut: boolean
}

const depth = 100
const keptDepth = 20

/** Ranks the technologies for one need by every system. */
export function needRanker({ technologies, engine, candidates, others, today, leaveOut }: Setting) {
  const rankExactly = exactRanking(technologies, engine)
  return async ({ line, side }: Need, judged: Grades): Promise<RankedDemand> => {
    const isOwn = (id: string) => (judged.get(id) ?? 0) > 0
    const met = new Set(
      technologies.filter((offer) => !(leaveOut && isOwn(offer.id)) && passesHardFilters(side, offer, today)).map(({ id }) => id)
    )
    const exact = rankExactly(side, met)
    const found = await candidates.find(side, (id) => met.has(id))
    const top = exact.slice(0, keptDepth)
    const proposed = exact.filter(({ score }) => score * 1_000_000 >= engine.weights.thresholdMillionths)
    const rankings: Record<string, Ranked[]> = {
      siku: exact.slice(0, depth),
      'siku-candidates': exact.filter(({ id }) => found.ids.has(id)).slice(0, depth)
    }
    for (const system of others) rankings[system.name] = system.rank(side, met).slice(0, depth)
    return {
      id: line.id,
      need: line.need ?? line.id,
      language: line.lang,
      theme: line.theme ?? '',
      grades: leaveOut ? new Map() : judged,
      rankings,
      proposed,
      proposedWithoutOwn: proposed.filter(({ id }) => !isOwn(id)),
      kept: top.length === 0 ? 1 : top.filter(({ id }) => found.ids.has(id)).length / top.length,
      touched: found.touched,
      proposedFound: proposed.filter(({ id }) => found.ids.has(id)).length
    }
  }
}
