import type { PublishedDocument } from '@siku/contracts'
import { renderExplanation, type ConceptPair, type Explanation } from '@siku/matcher'
import { findConcept, type Span } from '@siku/thesaurus'
import type { JoinedPair, Place, ShortlistLine } from './dossier-schemas.ts'
import { glossedText, type Glossing } from './glossed-text.ts'
import type { ReadDossier, StoredMatch } from './read-dossier.ts'
import { conceptOf, recordLine } from './record-line.ts'

const pairsMax = 8
const placesMax = 6

/** The technologies of the shortlist, each with its reasons and the places in both texts that they rest on. */
export const shortlistLines = ({ matches, documents, demand }: ReadDossier, glossing: Glossing): ShortlistLine[] =>
  matches.flatMap((match) => {
    const technology = documents.get(match.technologyId)
    return technology ? [shortlistLine(match, { demand, technology }, glossing)] : []
  })

type Sources = { demand: PublishedDocument; technology: PublishedDocument }

function shortlistLine(match: StoredMatch, sources: Sources, glossing: Glossing): ShortlistLine {
  const { id, state, band, scoreMillionths, uncleared, explanation } = match
  const { thesaurus, language } = glossing
  const known = withKnownConcepts(explanation, glossing)
  return {
    match: id,
    state,
    band,
    scoreMillionths,
    unreviewed: state !== 'approved',
    uncleared,
    technology: recordLine(sources.technology, language),
    text: glossedText(sources.technology, glossing),
    explanation: renderExplanation(known, language, thesaurus, { decimals: true }),
    pairs: known.pairs.slice(0, pairsMax).map((pair, index) => joinedPair(pair, index + 1, { explanation, sources, glossing })),
    outdated: sources.demand.version !== explanation.demand.version || sources.technology.version !== explanation.technology.version
  }
}

/** Sentences need labels; a concept that this edition no longer has loses its sentence. */
const withKnownConcepts = (explanation: Explanation, { thesaurus }: Glossing): Explanation => ({
  ...explanation,
  pairs: explanation.pairs.filter((pair) => findConcept(thesaurus, pair.demandConcept) && findConcept(thesaurus, pair.technologyConcept))
})

type Joining = { explanation: Explanation; sources: Sources; glossing: Glossing }

function joinedPair(pair: ConceptPair, number: number, { explanation, sources, glossing }: Joining): JoinedPair {
  return {
    number,
    demandConcept: conceptOf(pair.demandConcept, glossing),
    technologyConcept: conceptOf(pair.technologyConcept, glossing),
    relation: pair.relation,
    share: pair.share,
    demand: placesIf(sources.demand.version === explanation.demand.version, pair.demandSpans),
    technology: placesIf(sources.technology.version === explanation.technology.version, pair.technologySpans)
  }
}

/** Places point into the version that was read; into another they would mark other words. */
export const placesIf = (isSameVersion: boolean, spans: readonly Span[]): Place[] =>
  isSameVersion ? spans.slice(0, placesMax).map(({ field, start, end }) => ({ field, start, end })) : []
