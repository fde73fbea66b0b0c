import { emptyPublishedText, type LibraryName, type PublishedText } from '@siku/contracts'
import type { MatchSide } from '@siku/matcher'
import { annotateDocument } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import type { DemandLine, TechnologyLine } from './collection.ts'
import type { Crosswalk } from './crosswalk.ts'
import type { DossierLine } from './dossier-collection.ts'
import { dossierText } from './dossier-text.ts'

export type SideContext = { thesaurus: Thesaurus; crosswalk: Crosswalk }

/** A technology of the collection as the matcher would see it after it was published and annotated. */
export function technologySide(line: TechnologyLine, { thesaurus, crosswalk }: SideContext): MatchSide {
  const { stage, trl } = crosswalk.stage(line.stage)
  const { name, type, district } = line.organization ?? {}
  const text: PublishedText = {
    ...emptyPublishedText,
    reference: line.id,
    recordType: 'TO',
    sourceLanguage: line.lang ?? 'zh',
    title: line.title ?? '',
    summary: line.summary ?? '',
    description: line.description ?? line.text ?? '',
    more: line.advantages ? [{ field: '/details/advantages', text: line.advantages }] : [],
    keywords: line.keywords ?? [],
    sectors: crosswalk.sectors(line.sector),
    stage,
    trl,
    cooperationModes: crosswalk.modes(line.cooperationModes ?? []),
    ...crosswalk.targets(line.targetRegions ?? []),
    country: 'CN',
    owner: { name: null, type: crosswalk.organisation(type ?? undefined), country: 'CN', district: district ?? null }
  }
  return sideOf(line.id, 'technology-reserve', { text, organisationKey: `supplier ${name ?? line.id}`, thesaurus })
}

export function demandSide(line: DemandLine, { thesaurus, crosswalk }: SideContext): MatchSide {
  const { stage, trl } = crosswalk.stage(line.minStage)
  const { name, type } = line.submitter ?? {}
  const country = line.country ?? null
  const text: PublishedText = {
    ...emptyPublishedText,
    reference: line.id,
    recordType: 'TR',
    sourceLanguage: line.lang,
    title: line.title,
    description: line.description ?? '',
    keywords: line.keywords ?? [],
    sectors: crosswalk.sectors(line.sector),
    stage,
    trl,
    cooperationModes: crosswalk.modes(line.cooperationModes ?? []),
    country,
    owner: { name: null, type: crosswalk.organisation(type ?? undefined), country: country ?? '', district: null },
    deadline: line.deadline ?? null
  }
  return sideOf(line.id, 'cooperation-demand', { text, organisationKey: `asker ${name ?? line.id}`, thesaurus })
}

/** A finished project or an institution; where it took place or works stands in the service countries. */
export function dossierSide(line: DossierLine, library: LibraryName, { thesaurus, crosswalk }: SideContext): MatchSide {
  const { language, sectors, places, ...said } = dossierText(line)
  const { targetCountries, targetRegions } = crosswalk.targets(places)
  const [country = null] = targetCountries
  const text: PublishedText = {
    ...emptyPublishedText,
    ...said,
    reference: line.id,
    recordType: library === 'project-results' ? 'PR' : 'PI',
    sourceLanguage: language,
    sectors: sectors.flatMap((sector) => crosswalk.sectors(sector)),
    stage: null,
    trl: null,
    cooperationModes: [],
    targetRegions,
    country,
    owner: { name: null, type: 'other', country: country ?? '', district: null },
    serviceCountries: targetCountries
  }
  return sideOf(line.id, library, { text, organisationKey: `owner ${line.id}`, thesaurus })
}

type Parts = { text: PublishedText; organisationKey: string; thesaurus: Thesaurus }

function sideOf(id: string, library: LibraryName, { text, organisationKey, thesaurus }: Parts): MatchSide {
  return {
    id,
    version: 1,
    library,
    organisationKey,
    country: text.owner.country || null,
    validUntil: null,
    tombstone: false,
    access: { state: 'published', openForInterest: true, controlState: 'not-applicable', excludedKeys: [], excludedCountries: [] },
    text,
    annotation: annotateDocument(thesaurus, text)
  }
}
