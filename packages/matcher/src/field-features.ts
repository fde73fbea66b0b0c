import { developmentStages } from '@siku/contracts'
import { liesInPlanRegion } from './plan-regions.ts'
import type { FeatureName, MatchSide, PairFacts } from './types.ts'

/** Where a technology readiness level stands when no stage is given (GB/T 22900). */
const stageOfTrl = [0, 0, 0, 1, 2, 2, 3, 3, 4, 4]
const stageSteps = developmentStages.length - 1

function stageRank(side: MatchSide): number | undefined {
  const { stage, trl } = side.text
  const rank = (developmentStages as readonly string[]).indexOf(stage ?? '')
  if (rank >= 0) return rank
  return trl === null ? undefined : stageOfTrl[trl]
}

/** Features that come from structured fields: each 0 to 1, and 0 where a side says nothing. */
export function fieldFeatures(demand: MatchSide, technology: MatchSide, facts: PairFacts): Partial<Record<FeatureName, number>> {
  const [asked, offered] = [stageRank(demand), stageRank(technology)]
  const short = asked === undefined || offered === undefined ? 0 : Math.max(0, asked - offered)
  const modesGiven = facts.demandModes.length > 0 && facts.technologyModes.length > 0
  const region = regionFit(demand, technology)
  return {
    sector: facts.sharedSectors.length > 0 ? 1 : 0,
    'stage-met': asked !== undefined && offered !== undefined && short === 0 ? 1 : 0,
    'stage-short': short / stageSteps,
    'modes-shared': facts.sharedModes.length > 0 ? 1 : 0,
    'modes-apart': modesGiven && facts.sharedModes.length === 0 ? 1 : 0,
    'region-named': region === 'named' ? 1 : 0,
    'region-elsewhere': region === 'elsewhere' ? 1 : 0
  }
}

/** The supplier's wish where to go: a preference, never a filter. */
function regionFit(demand: MatchSide, technology: MatchSide): 'named' | 'elsewhere' | 'open' {
  const { country } = demand
  const { targetCountries, targetRegions } = technology.text
  if (country === null || (targetCountries.length === 0 && targetRegions.length === 0)) return 'open'
  const named = targetCountries.includes(country) || targetRegions.some((region) => liesInPlanRegion(country, region))
  return named ? 'named' : 'elsewhere'
}

export function factsOf(demand: MatchSide, technology: MatchSide, sharedTerms: string[]): PairFacts {
  const both = (a: readonly string[], b: readonly string[]) => a.filter((value) => b.includes(value))
  return {
    stageAsked: demand.text.stage,
    stageOffered: technology.text.stage,
    sharedSectors: both(demand.text.sectors, technology.text.sectors),
    sharedModes: both(demand.text.cooperationModes, technology.text.cooperationModes),
    demandModes: demand.text.cooperationModes,
    technologyModes: technology.text.cooperationModes,
    demandCountry: demand.country,
    sharedTerms
  }
}
