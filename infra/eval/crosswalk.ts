import type { cooperationModes, developmentStages, organisationTypes, planFields, planRegions, sectors2017 } from '@siku/contracts'

type CodeOf<T extends readonly string[]> = T[number]

/** Stages of a collection in ours, with the readiness level (GB/T 22900) at which such a thing usually stands. */
export const stages: Record<string, { stage: CodeOf<typeof developmentStages>; trl: number }> = {
  concept: { stage: 'concept', trl: 2 },
  lab: { stage: 'under-development', trl: 4 },
  prototype: { stage: 'lab-tested', trl: 6 },
  pilot: { stage: 'demonstration', trl: 7 },
  demonstrated: { stage: 'demonstration', trl: 8 },
  commercial: { stage: 'on-market', trl: 9 }
}

/** Ways of cooperation; theirs are coarser, so one of theirs stands for all of ours it may mean. */
export const modes: Record<string, CodeOf<typeof cooperationModes>[]> = {
  'joint-rd': ['joint-development'],
  'technology-transfer': ['assignment', 'exclusive-licence', 'sole-licence', 'non-exclusive-licence'],
  licensing: ['exclusive-licence', 'sole-licence', 'non-exclusive-licence'],
  market: ['supply', 'distribution', 'turnkey'],
  'talent-exchange': ['talent-exchange', 'training'],
  standards: ['standards-cooperation'],
  'joint-lab': ['joint-lab'],
  investment: ['investment', 'joint-venture'],
  demonstration: ['demonstration-project']
}

export const sectors: Record<string, CodeOf<typeof sectors2017> | CodeOf<typeof planFields>> = {
  'next-gen-it': 'next-gen-it',
  'integrated-circuits': 'integrated-circuits',
  health: 'health',
  'intelligent-equipment': 'intelligent-equipment',
  'energy-saving-environment': 'energy-saving-environment',
  'new-energy-vehicles': 'new-energy-vehicles',
  'new-materials': 'new-materials',
  'artificial-intelligence': 'artificial-intelligence',
  'software-services': 'software-services',
  'sci-tech-services': 'sci-tech-services',
  agriculture: 'modern-agriculture',
  'new-energy': 'new-energy',
  aerospace: 'commercial-space',
  'construction-infrastructure': 'rail-construction',
  fintech: 'fintech'
}

/** A region is named as ours are; a country stands by its ISO code. */
export const regions: readonly CodeOf<typeof planRegions>[] = [
  'southeast-asia',
  'south-asia',
  'central-asia',
  'middle-east',
  'africa',
  'central-eastern-europe',
  'western-europe',
  'latin-america',
  'oceania'
]

export const organisations: Record<string, CodeOf<typeof organisationTypes>> = {
  enterprise: 'enterprise',
  university: 'university',
  'research-institute': 'research-institute',
  hospital: 'hospital',
  ministry: 'government',
  government: 'government',
  agency: 'government',
  municipality: 'government',
  embassy: 'embassy',
  consulate: 'consulate',
  chamber: 'chamber',
  'international-organisation': 'international-organisation',
  'science-park': 'park',
  park: 'park',
  intermediary: 'service-institution'
}

/** Values that stand in no table: they are told once and count as not given. */
export function createCrosswalk() {
  const unknown = new Set<string>()
  const look = <T>(table: Record<string, T>, kind: string, value: string | null | undefined): T | undefined => {
    if (value === null || value === undefined || value === '') return undefined
    if (!Object.hasOwn(table, value)) unknown.add(`${kind} '${value}'`)
    return Object.hasOwn(table, value) ? table[value] : undefined
  }
  return {
    unknown,
    stage: (value: string | null | undefined) => look(stages, 'stage', value) ?? { stage: null, trl: null },
    modes: (values: readonly string[]) => [...new Set(values.flatMap((value) => look(modes, 'cooperation mode', value) ?? []))],
    sectors: (value: string | null | undefined) => [look(sectors, 'sector', value) ?? []].flat(),
    organisation: (value: string | undefined) => look(organisations, 'organisation type', value) ?? 'other',
    targets: (values: readonly string[]) => ({
      targetCountries: values.filter((value) => /^[A-Z]{2}$/.test(value)),
      targetRegions: values.filter((value) => {
        const isRegion = (regions as readonly string[]).includes(value)
        if (!isRegion && !/^[A-Z]{2}$/.test(value)) unknown.add(`region '${value}'`)
        return isRegion
      })
    })
  }
}

export type Crosswalk = ReturnType<typeof createCrosswalk>
