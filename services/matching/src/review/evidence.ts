import type { Language, PublishedDocument, PublishedText } from '@siku/contracts'
import type { Explanation } from '@siku/matcher'
import { findConcept, labelOf, type Span, type Thesaurus } from '@siku/thesaurus'
import type { Evidence, Snippet } from './schemas.ts'

const aroundPoints = 40
const snippetsMax = 3

type Sources = { demand: PublishedDocument; technology: PublishedDocument }

/** The places of an explanation, cut out of the texts that the reader may see. A text of another version than the scored one gives none. */
export function evidenceOf(
  explanation: Explanation,
  sources: Sources,
  reading: { thesaurus: Thesaurus; language: Language; withShares: boolean }
): Evidence[] {
  const demandText = textIfScored(sources.demand, explanation.demand.version)
  const technologyText = textIfScored(sources.technology, explanation.technology.version)
  return explanation.pairs.map((pair) => ({
    demandConcept: conceptOf(pair.demandConcept, reading),
    technologyConcept: conceptOf(pair.technologyConcept, reading),
    relation: pair.relation,
    share: reading.withShares ? pair.share : null,
    demand: snippetsOf(demandText, pair.demandSpans),
    technology: snippetsOf(technologyText, pair.technologySpans)
  }))
}

export const isOutdated = (explanation: Explanation, { demand, technology }: Sources): boolean =>
  demand.version !== explanation.demand.version || technology.version !== explanation.technology.version

const textIfScored = ({ version, text }: PublishedDocument, scored: number): PublishedText | undefined =>
  version === scored ? text : undefined

/** A concept of an older edition may be gone; its id still says which it was. */
function conceptOf(id: string, { thesaurus, language }: { thesaurus: Thesaurus; language: Language }): { id: string; label: string } {
  return { id, label: findConcept(thesaurus, id) ? labelOf(thesaurus, id, language) : id }
}

function snippetsOf(text: PublishedText | undefined, spans: readonly Span[]): Snippet[] {
  if (!text) return []
  return spans.slice(0, snippetsMax).flatMap(({ field, start, end }) => {
    const source = fieldText(text, field)
    return source === undefined ? [] : [cut(field, [...source], start, end)]
  })
}

/** Spans count code points, so the text is cut as code points too. */
function cut(field: string, points: readonly string[], start: number, end: number): Snippet {
  const from = Math.max(0, start - aroundPoints)
  return {
    field,
    start,
    end,
    before: points.slice(from, start).join(''),
    text: points.slice(start, end).join(''),
    after: points.slice(end, end + aroundPoints).join('')
  }
}

export function fieldText(text: PublishedText, field: string): string | undefined {
  if (field === 'title' || field === 'summary' || field === 'description') return text[field]
  const keyword = /^\/keywords\/(\d+)$/.exec(field)?.[1]
  if (keyword !== undefined) return text.keywords[Number(keyword)]
  const translated = /^\/translations\/(\d+)\/(title|summary|description)$/.exec(field)
  if (translated) return text.translations[Number(translated[1])]?.[translated[2] as 'title']
  return text.more.find((line) => line.field === field)?.text
}
