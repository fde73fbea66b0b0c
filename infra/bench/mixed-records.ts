import { emptyPublishedText, type PublishedDocument, type PublishedText } from '@siku/contracts'
import { annotateDocument } from '@siku/service-kit'
import { conceptLabels, type Annotation, type Thesaurus } from '@siku/thesaurus'
import { readFileSync } from 'node:fs'
import { loadSample } from '../dev/sample/load-sample.ts'

/** A published record with what the annotator read in it. */
export type MixedRecord = { document: PublishedDocument; annotation: Annotation }

export type MixOptions = {
  thesaurus: Thesaurus
  /** Numbers from 0 to 1, the same for the same seed. */
  random: () => number
  today: Date
  /** Texts besides the sample's, one per line of a file, in Chinese. */
  texts?: readonly string[]
}

/**
 * Technologies made from texts: the sample's, those given, and as many as are missing put together from labels, all read by the annotator.
 * How often a concept is used falls with its rank (Zipf), within its field and among fields, as it does in real collections.
 */
export function readTexts({ thesaurus, random, today, texts = [] }: MixOptions, count: number): MixedRecord[] {
  const compose = composerOf(thesaurus, random)
  const own = loadSample(today).technologies.map(({ draft }) => ({
    title: draft.title,
    description: `${draft.summary} ${draft.description}`
  }))
  const given = texts.map((text) => ({ title: text.slice(0, 24), description: text }))
  const all = [...own, ...given].slice(0, count)
  while (all.length < count) all.push(compose())
  return all.map((words, number) => {
    const document = documentOf('technology-reserve', `text-${number}`, words)
    return { document, annotation: annotateDocument(thesaurus, document.text) }
  })
}

const otherDemands = new URL('../eval/parallel/demands.jsonl', import.meta.url)
type OtherDemand = Words & { id: string; need: string; lang: string }

/** Demands to ask with, as people wrote them: the sample's, and each need of the regression set in one of its languages. */
export function writtenDemands({ thesaurus, today }: Pick<MixOptions, 'thesaurus' | 'today'>): MixedRecord[] {
  const own = loadSample(today).demands.map(({ key, draft }) => ({
    id: key,
    lang: draft.sourceLanguage,
    words: { title: draft.title, description: `${draft.summary} ${draft.description}` }
  }))
  const versions = new Map<string, OtherDemand[]>()
  for (const line of readFileSync(otherDemands, 'utf8').split('\n')) {
    if (line === '') continue
    const demand = JSON.parse(line) as OtherDemand
    versions.set(demand.need, [...(versions.get(demand.need) ?? []), demand])
  }
  const others = [...versions.values()].flatMap((of, number) => {
    const one = of[number % of.length]
    return one ? [{ id: one.id, lang: one.lang, words: { title: one.title, description: one.description } }] : []
  })
  return [...own, ...others].map(({ id, lang, words }) => {
    const document = documentOf('cooperation-demand', id, words, lang)
    return { document, annotation: annotateDocument(thesaurus, document.text) }
  })
}

/** More records without reading more texts: half of what one says and half of what another says. There are many near twins among them. */
export function* recombine(read: readonly MixedRecord[], count: number, random: () => number): Generator<MixedRecord> {
  const pick = () => read[Math.floor(random() * read.length)] as MixedRecord
  for (let number = 0; number < count; number++) {
    const [first, second] = [pick(), pick()]
    const halves = [first, second].map(({ annotation }) => halfOf(annotation, random))
    const text = { title: `${first.document.text.title} ${number}`, description: cut(first) + cut(second) }
    yield {
      document: documentOf('technology-reserve', `mix-${number}`, text),
      annotation: {
        ...first.annotation,
        concepts: strongest(halves.flatMap(({ concepts }) => concepts)),
        topics: ofLengthOne(strongest(halves.flatMap(({ topics }) => topics))),
        terms: halves.flatMap(({ terms }) => terms),
        quantities: []
      }
    }
  }
}

const cut = ({ document }: MixedRecord) => document.text.description.slice(0, 60)

function halfOf({ concepts, topics, terms }: Annotation, random: () => number): Pick<Annotation, 'concepts' | 'topics' | 'terms'> {
  const half = <T>(all: readonly T[]): T[] => all.filter(() => random() < 0.5)
  return { concepts: half(concepts), topics: half(topics), terms: half(terms).map((term) => ({ ...term, spans: [] })) }
}

function strongest<T extends { id: string; weight: number }>(all: readonly T[]): T[] {
  const best = new Map<string, T>()
  for (const one of all) if ((best.get(one.id)?.weight ?? 0) < one.weight) best.set(one.id, one)
  return [...best.values()].sort((a, b) => b.weight - a.weight)
}

function ofLengthOne<T extends { weight: number }>(all: readonly T[]): T[] {
  const length = Math.hypot(...all.map(({ weight }) => weight)) || 1
  return all.map((one) => ({ ...one, weight: one.weight / length }))
}

/** Writes texts out of labels: a theme of some field, what is near it, more of the field, and a little of everything. */
function composerOf(thesaurus: Thesaurus, random: () => number): () => { title: string; description: string } {
  const fields = [...new Set(thesaurus.concepts.map(({ field }) => field))].map((name) =>
    thesaurus.concepts.filter(({ field }) => field === name)
  )
  const zipf = <T>(values: readonly T[]): T => values[Math.floor(values.length ** random()) - 1] as T
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1))
  const label = (id: string) => conceptLabels(thesaurus, id, 'zh')[0] ?? id
  return () => {
    const field = zipf(fields)
    const theme = zipf(field)
    const near = [...theme.broader, ...theme.relations.map(({ target }) => target)].slice(0, between(0, 3))
    const more = Array.from({ length: between(2, 6) }, () => zipf(field).id)
    const else_ = Array.from({ length: between(1, 4) }, () => zipf(thesaurus.concepts).id)
    return {
      title: [theme.id, ...near.slice(0, 1)].map(label).join(''),
      description: [theme.id, ...near, ...more, ...else_].map(label).join('，')
    }
  }
}

type Words = { title: string; description: string }

function documentOf(library: PublishedDocument['library'], id: string, words: Words, sourceLanguage = 'zh'): PublishedDocument {
  const isDemand = library === 'cooperation-demand'
  const country = isDemand ? 'KZ' : 'CN'
  const text: PublishedText = {
    ...emptyPublishedText,
    reference: id,
    recordType: isDemand ? 'TR' : 'TO',
    sourceLanguage,
    ...words,
    owner: { name: null, type: 'enterprise', country, district: null },
    seeks: isDemand ? 'technology' : null
  }
  return {
    ...openToAll,
    library,
    id,
    hash: id,
    controlState: isDemand ? 'not-applicable' : 'not-listed',
    ownerKey: isDemand ? 'asker' : 'supplier',
    country,
    text
  }
}

/** Access of a record that everybody may meet. */
export const openToAll = {
  version: 1,
  revision: 1,
  tombstone: false,
  state: 'published' as const,
  visibility: 'network' as const,
  openForInterest: true,
  clearedCountries: [],
  excludedKeys: [],
  excludedCountries: [],
  validUntil: null,
  publishedAt: null,
  position: 0
}
