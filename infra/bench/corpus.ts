import {
  cooperationModes,
  developmentStages,
  emptyPublishedText,
  languages,
  planRegions,
  sectors2017,
  type Criterion,
  type LibraryName,
  type PublishedText
} from '@siku/contracts'
import { conceptLabels, type Annotation, type Thesaurus } from '@siku/thesaurus'
import { createDraw, type Draw } from './draw.ts'
import { openToAll, type MixedRecord } from './mixed-records.ts'

export type CorpusLibrary = Extract<LibraryName, 'technology-reserve' | 'cooperation-demand'>

export type CorpusOptions = {
  thesaurus: Thesaurus
  library: CorpusLibrary
  count: number
  /** Other seeds give other records; their ids never meet. */
  seed?: number
}

const countries = ['KE', 'EG', 'SA', 'KZ', 'UZ', 'RU', 'BR', 'CL', 'MX', 'SN', 'MA', 'TH', 'ID', 'PK', 'NG', 'FR', 'AO', 'AE'] as const
const organisations = 3_000
const units = ['kW', 't/d', 'm3/h', '%', 'Cel', 'MPa'] as const

/**
 * Published records with their annotations, drawn from the shipped vocabulary as texts of the sample look when read: a theme, what is near it,
 * more of its field and a little of everything, each concept the rarer the later it stands (Zipf); topics, words without a concept,
 * figures, stages and modes. The same for the same seed.
 */
export function* drawCorpus({ thesaurus, library, count, seed = 1 }: CorpusOptions): Generator<MixedRecord> {
  const draw = createDraw(thesaurus, library === 'cooperation-demand' ? seed * 2 : seed * 2 + 1)
  for (let number = 1; number <= count; number++) yield drawRecord({ thesaurus, library, draw }, idOf(library, seed, number), number)
}

function idOf(library: CorpusLibrary, seed: number, number: number): string {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')
  return `${hex(seed, 8)}-${library === 'cooperation-demand' ? '000d' : '000e'}-7000-8000-${hex(number, 12)}`
}

type Drawing = { thesaurus: Thesaurus; library: CorpusLibrary; draw: Draw }

function drawRecord({ thesaurus, library, draw }: Drawing, id: string, position: number): MixedRecord {
  const isDemand = library === 'cooperation-demand'
  const language = isDemand ? draw.one(languages) : 'zh'
  const country = isDemand ? draw.one(countries) : 'CN'
  const subject = draw.subject()
  const annotation: Annotation = {
    language: language === 'zh' ? 'zh-Hans' : language,
    edition: thesaurus.edition,
    ...subject,
    terms: draw.terms(language, isDemand ? draw.between(30, 55) : draw.between(55, 80)),
    quantities: []
  }
  const labels = subject.concepts.map((concept) => conceptLabels(thesaurus, concept.id, language)[0] ?? concept.id)
  const text: PublishedText = {
    ...emptyPublishedText,
    reference: `BENCH-${position}`,
    recordType: isDemand ? 'TR' : 'TO',
    sourceLanguage: language,
    title: labels.slice(0, 2).join(' '),
    summary: labels.slice(0, 8).join('; '),
    description: [...labels, ...annotation.terms.map(({ term }) => term)].join(' '),
    sectors: [draw.one(sectors2017)],
    stage: draw.one(developmentStages),
    cooperationModes: draw.some(cooperationModes, 1, 3),
    country,
    owner: { name: null, type: 'enterprise', country, district: null },
    ...(isDemand ? asked(draw) : offered(draw))
  }
  return {
    document: {
      ...openToAll,
      library,
      id,
      hash: id,
      controlState: isDemand ? 'not-applicable' : 'not-listed',
      ownerKey: `${library}-${draw.between(1, organisations)}`,
      country,
      publishedAt: '2026-11-25T00:00:00.000Z',
      position,
      text
    },
    annotation
  }
}

function asked(draw: Draw): Partial<PublishedText> {
  const criteria = Array.from({ length: draw.between(0, 3) }, (): Criterion => {
    const operator = draw.one(['gte', 'lte'] as const)
    return { kind: draw.one(['must', 'must', 'nice']), text: 'figure', operator, value: draw.between(1, 1_000), unit: draw.one(units) }
  })
  return { seeks: 'technology', criteria }
}

function offered(draw: Draw): Partial<PublishedText> {
  const performance = Array.from({ length: draw.between(0, 3) }, (_, at) => ({
    parameter: `parameter ${at + 1}`,
    value: draw.between(1, 1_000),
    unit: draw.one(units)
  }))
  return { performance, targetRegions: draw.some(planRegions, 0, 2) }
}
