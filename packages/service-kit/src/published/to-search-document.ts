import type { PublishedDocument, PublishedText } from '@siku/contracts'
import { impactsOf, writeCard, type Impact } from '@siku/matcher'
import type { Mark, SearchDocument } from '@siku/search'
import { normalForms, type Annotation } from '@siku/thesaurus'

const dayMs = 86_400_000

/** A published row as the index keeps it: words in their normal forms, concepts with their places, facets, and who may see it. */
export function toSearchDocument(document: PublishedDocument, annotation: Annotation | null, changedAt: string): SearchDocument {
  const { text } = document
  const language = text.sourceLanguage
  const translated = text.translations.flatMap((line) => normalForms(`${line.title} ${line.summary}`, line.language))
  const body = [text.summary, text.description, ...text.keywords, ...text.more.map((field) => field.text), text.owner.name ?? '']
  return {
    library: document.library,
    id: document.id,
    version: document.version,
    hash: document.hash,
    language,
    title: text.title,
    summary: text.summary,
    description: text.description,
    more: text.more,
    titleTerms: normalForms(text.title, language),
    bodyTerms: [...body.flatMap((words) => normalForms(words, language)), ...translated],
    concepts: annotation?.concepts.map((concept) => concept.id) ?? [],
    marks: annotation ? marksOf(annotation) : [],
    ...(annotation ? impactsAndCard(annotation, text) : {}),
    facets: facetsOf(document),
    access: {
      state: document.state,
      visibility: document.visibility,
      openForInterest: document.openForInterest,
      controlState: document.controlState,
      clearedCountries: document.clearedCountries,
      ownerKey: document.ownerKey,
      excludedKeys: document.excludedKeys,
      excludedCountries: document.excludedCountries,
      validUntil: document.validUntil === null ? null : Math.floor(Date.parse(document.validUntil) / dayMs)
    },
    position: document.position ?? 0,
    changedAt
  }
}

/** How an impact is called in the index, when it is written and when it is asked for. */
export const impactToken = ({ kind, id }: Pick<Impact, 'kind' | 'id'>): string => (kind === 'concept' ? `c:${id}` : `t:${id}`)

function impactsAndCard(annotation: Annotation, text: PublishedText): Pick<SearchDocument, 'impacts' | 'card'> {
  const impacts = impactsOf({ text, annotation })
  return { impacts: impacts.map((impact) => ({ token: impactToken(impact), weight: impact.weight })), card: writeCard(impacts) }
}

function marksOf(annotation: Annotation): Mark[] {
  const concepts = annotation.concepts.flatMap(({ id, spans }) => spans.map((span) => ({ ...span, token: id })))
  const terms = annotation.terms.flatMap(({ term, spans }) => spans.map((span) => ({ ...span, token: term })))
  return [...concepts, ...terms]
}

function facetsOf({ library, text, country }: PublishedDocument): SearchDocument['facets'] {
  return {
    library,
    country,
    sectors: text.sectors,
    stage: text.stage,
    targetCountries: text.targetCountries,
    ownerType: text.owner.type,
    district: text.owner.district,
    cooperationModes: text.cooperationModes,
    services: text.services,
    language: text.sourceLanguage.toLowerCase().split('-')[0] ?? '',
    recordType: text.recordType,
    seeks: text.seeks
  }
}
