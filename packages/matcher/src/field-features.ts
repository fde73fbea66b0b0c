import { developmentStages } from '@siku/contracts'
import { placeOf } from './feature-places.ts'
import { liesInPlanRegion } from './plan-regions.ts'
import type { MatchSide, PairFacts } from './types.ts'

/** Where a technology readiness level stands when no stage is given (GB/T 22900). */
export const stageOfTrl = [0, 0, 0, 1, 2, 2, 3, 3, 4, 4]
const stageSteps = developmentStages.length - 1

export function stageRank(side: Pick<MatchSide, 'text'>): number | undefined {
  const { stage, trl } = side.text
  const rank = (developmentStages as readonly string[]).indexOf(stage ?? '')
  if (rank >= 0) return rank
  return trl === null ? undefined : stageOfTrl[trl]
}

const share = (a: readonly string[], b: readonly string[]): boolean => a.some((value) => b.includes(value))

/** Coverage and likeness of topics from which on two texts have enough in common for their fields to speak in full. */
const enoughInCommon = 0.2

/**
 * Features that come from structured fields: each 0 to 1, and 0 where a side says nothing. What the fields have in common speaks for a
 * pair by as much as its texts meet: a sector and a stage are shared by thousands. What they hold against each other always counts.
 * Written after coverage and topics.
 */
export function writeFieldFeatures(values: Float64Array, demand: MatchSide, technology: MatchSide): void {
  const met = Math.min(1, ((values[placeOf.coverage] ?? 0) + (values[placeOf.topics] ?? 0)) / enoughInCommon)
  const [asked, offered] = [stageRank(demand), stageRank(technology)]
  const [modesAsked, modesOffered] = [demand.text.cooperationModes, technology.text.cooperationModes]
  if (share(demand.text.sectors, technology.text.sectors)) values[placeOf.sector] = met
  if (asked !== undefined && offered !== undefined) {
    values[placeOf['stage-met']] = asked <= offered ? met : 0
    values[placeOf['stage-short']] = Math.max(0, asked - offered) / stageSteps
  }
  if (modesAsked.length > 0 && modesOffered.length > 0) {
    if (share(modesAsked, modesOffered)) values[placeOf['modes-shared']] = met
    else values[placeOf['modes-apart']] = 1
  }
  const region = regionFit(demand, technology)
  if (region === 'named') values[placeOf['region-named']] = met
  if (region === 'elsewhere') values[placeOf['region-elsewhere']] = 1
}

/** The supplier's wish where to go: a preference, never a filter. */
function regionFit(demand: MatchSide, technology: MatchSide): 'named' | 'elsewhere' | 'open' {
  const { country } = demand
  const { targetCountries, targetRegions } = technology.text
  if (country === null || (targetCountries.length === 0 && targetRegions.length === 0)) return 'open'
  const named = targetCountries.includes(country) || targetRegions.some((region) => liesInPlanRegion(country, region))
  return named ? 'named' : 'elsewhere'
}

type Shared = Pick<PairFacts, 'sharedTerms' | 'sharedTopics'>

type Told = Pick<MatchSide, 'text' | 'country'>

export function factsOf(demand: Told, technology: Told, shared: Shared): PairFacts {
  const both = (a: readonly string[], b: readonly string[]) => a.filter((value) => b.includes(value))
  return {
    stageAsked: demand.text.stage,
    stageOffered: technology.text.stage,
    trlAsked: demand.text.trl,
    trlOffered: technology.text.trl,
    sharedSectors: both(demand.text.sectors, technology.text.sectors),
    sharedModes: both(demand.text.cooperationModes, technology.text.cooperationModes),
    demandModes: demand.text.cooperationModes,
    technologyModes: technology.text.cooperationModes,
    demandCountry: demand.country,
    ...shared
  }
}
