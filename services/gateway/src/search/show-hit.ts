import { clearedStates, findLanguage, type Language, type PublishedDocument } from '@siku/contracts'
import type { SearchHit } from '@siku/search'
import { annotate, labelOf, type Thesaurus } from '@siku/thesaurus'

export type ShownHit = ReturnType<typeof showHit>

const glossMax = 12

export type Reading = { language: Language; thesaurus: Thesaurus }

/**
 * A hit as the reader gets it: the original as it was written, and what helps to read it, a translation if there is one, else the
 * labels of the concepts in it. Everything comes from the row that was read under the reader's own rights.
 */
export function showHit(document: PublishedDocument, hit: SearchHit, { language, thesaurus }: Reading) {
  const { text } = document
  const isForeign = findLanguage(text.sourceLanguage) !== language
  const translation = isForeign ? findTranslation(document, language) : null
  return {
    library: document.library,
    id: document.id,
    version: document.version,
    reference: text.reference,
    recordType: text.recordType,
    language: text.sourceLanguage,
    title: text.title,
    summary: text.summary,
    translation,
    gloss: isForeign && translation === null ? glossOf(document, thesaurus, language) : [],
    country: text.country,
    stage: text.stage,
    sectors: text.sectors,
    owner: text.owner,
    openForInterest: document.openForInterest,
    publishedAt: document.publishedAt,
    uncleared: !clearedStates.includes(document.controlState),
    // Places count in the text of the version that was indexed; of another version they would point anywhere.
    highlights: hit.version === document.version ? hit.highlights : []
  }
}

/** A reviewed translation before a machine's. */
function findTranslation({ text }: PublishedDocument, language: Language) {
  const candidates = text.translations.filter((line) => findLanguage(line.language) === language)
  const best = candidates.find(({ status }) => status === 'reviewed') ?? candidates[0]
  return best === undefined ? null : { language: best.language, title: best.title, summary: best.summary, status: best.status }
}

function glossOf({ text }: PublishedDocument, thesaurus: Thesaurus, language: Language) {
  const fields = [
    { field: 'title', text: text.title, weight: 3 },
    { field: 'summary', text: text.summary, weight: 1 }
  ]
  const { concepts } = annotate(thesaurus, { language: text.sourceLanguage, fields })
  return concepts.slice(0, glossMax).map(({ id, spans }) => ({ concept: id, label: labelOf(thesaurus, id, language), spans }))
}
