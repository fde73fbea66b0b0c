import { developmentStages } from '@siku/contracts'
import { placeOf } from './feature-places.ts'
import { liesInPlanRegion } from './plan-regions.ts'
import type { FeatureName, MatchSide, PairFacts, Weights } from './types.ts'

/** Where a technology readiness level stands when no stage is given (GB/T 22900). */
export const stageOfTrl = [0, 0, 0, 1, 2, 2, 3, 3, 4, 4]
const stageSteps = developmentStages.length - 1

export function stageRank(side: { text: Pick<MatchSide['text'], 'stage' | 'trl'> }): number | undefined {
  const { stage, trl } = side.text
  const rank = (developmentStages as readonly string[]).indexOf(stage ?? '')
  if (rank >= 0) return rank
  return trl === null ? undefined : stageOfTrl[trl]
}

/** What of a record the structured features look at. */
export type FieldSide = Pick<MatchSide, 'country'> & {
  text: Pick<MatchSide['text'], 'sectors' | 'stage' | 'trl' | 'cooperationModes' | 'targetCountries' | 'targetRegions'>
}

const share = (a: readonly string[], b: readonly string[]): boolean => a.some((value) => b.includes(value))

/** A group of features that looks at the same few fields: each 0 to 1, and 0 where a side says nothing. */
export type FieldAspect = {
  features: readonly FeatureName[]
  /** The fields it looks at. */
  fieldsOf: (side: FieldSide) => Partial<FieldSide['text']> & { country?: string | null }
  write: (values: Float64Array, demand: FieldSide, technology: FieldSide) => void
}

export const fieldAspects: readonly FieldAspect[] = [
  { features: ['sector'], fieldsOf: ({ text: { sectors } }) => ({ sectors }), write: writeSector },
  { features: ['stage-met', 'stage-short'], fieldsOf: ({ text: { stage, trl } }) => ({ stage, trl }), write: writeStage },
  { features: ['modes-shared', 'modes-apart'], fieldsOf: ({ text: { cooperationModes } }) => ({ cooperationModes }), write: writeModes },
  {
    features: ['region-named', 'region-elsewhere'],
    fieldsOf: ({ country, text: { targetCountries, targetRegions } }) => ({ country, targetCountries, targetRegions }),
    write: writeRegion
  }
]
export const fieldFeatures: readonly FeatureName[] = fieldAspects.flatMap(({ features }) => features)

/** What speaks for a pair by as much as its texts meet: a sector and a stage are shared by thousands. The rest always counts. */
export const fieldsInCommon: readonly FeatureName[] = ['sector', 'stage-met', 'modes-shared', 'region-named']
/** Coverage and likeness of topics from which on two texts have enough in common for their fields to speak in full. */
const enoughInCommon = 0.2

/** Written after coverage and topics. */
export function writeFieldFeatures(values: Float64Array, demand: FieldSide, technology: FieldSide): void {
  writeFields(values, demand, technology)
  const met = Math.min(1, ((values[placeOf.coverage] ?? 0) + (values[placeOf.topics] ?? 0)) / enoughInCommon)
  for (const feature of fieldsInCommon) values[placeOf[feature]] = (values[placeOf[feature]] ?? 0) * met
}

/** The same for two texts that have enough in common. */
export function writeFields(values: Float64Array, demand: FieldSide, technology: FieldSide): void {
  for (const { write } of fieldAspects) write(values, demand, technology)
}

/** The most a field feature adds to the log-odds at its full value. */
export const fieldGainMax = (feature: FeatureName, { features }: Weights): number => {
  const { weight } = features[feature]
  return fieldsInCommon.includes(feature) ? Math.max(0, weight) : weight
}

function writeSector(values: Float64Array, demand: FieldSide, technology: FieldSide): void {
  if (share(demand.text.sectors, technology.text.sectors)) values[placeOf.sector] = 1
}

function writeStage(values: Float64Array, demand: FieldSide, technology: FieldSide): void {
  const [asked, offered] = [stageRank(demand), stageRank(technology)]
  if (asked === undefined || offered === undefined) return
  values[placeOf['stage-met']] = asked <= offered ? 1 : 0
  values[placeOf['stage-short']] = Math.max(0, asked - offered) / stageSteps
}

function writeModes(values: Float64Array, demand: FieldSide, technology: FieldSide): void {
  const [asked, offered] = [demand.text.cooperationModes, technology.text.cooperationModes]
  if (asked.length === 0 || offered.length === 0) return
  values[placeOf[share(asked, offered) ? 'modes-shared' : 'modes-apart']] = 1
}

function writeRegion(values: Float64Array, demand: FieldSide, technology: FieldSide): void {
  const region = regionFit(demand, technology)
  if (region !== 'open') values[placeOf[region === 'named' ? 'region-named' : 'region-elsewhere']] = 1
}

/** The supplier's wish where to go: a preference, never a filter. */
function regionFit(demand: FieldSide, technology: FieldSide): 'named' | 'elsewhere' | 'open' {
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
