import { findLanguage, type Language } from '@siku/contracts'
import type { MatchSide } from '@siku/matcher'
import { conceptLabels, normalForms, type Thesaurus } from '@siku/thesaurus'

/** How often each term stands in a text. */
export type Bag = Map<string, number>
export type BagOf = (side: MatchSide) => Bag

/** Words of the text in the normal forms of its own language: across languages only names, figures and model numbers meet. */
export const wordsOf: BagOf = (side) => countOf(normalForms(wholeText(side), side.text.sourceLanguage))

/** Concepts of the thesaurus, as often as the text names them. */
export const conceptsOf: BagOf = ({ annotation }) => new Map(annotation.concepts.map(({ id, spans }) => [id, Math.max(1, spans.length)]))

/** The words of a need, and those of all labels of its concepts in the languages the documents are written in. */
export function expandedWordsOf(thesaurus: Thesaurus, documentLanguages: readonly Language[]): BagOf {
  return (side) => {
    const labels = documentLanguages.flatMap((language) =>
      side.annotation.concepts.flatMap(({ id }) => conceptLabels(thesaurus, id, language).flatMap((label) => normalForms(label, language)))
    )
    return countOf([...wordsOf(side).keys(), ...labels])
  }
}

export function languagesOf(sides: readonly MatchSide[]): Language[] {
  return [...new Set(sides.flatMap(({ text }) => findLanguage(text.sourceLanguage) ?? []))]
}

export function wholeText({ text }: MatchSide): string {
  return [text.title, text.summary, text.description, ...text.more.map((field) => field.text), ...text.keywords].join('\n')
}

function countOf(terms: readonly string[]): Bag {
  const bag: Bag = new Map()
  for (const term of terms) bag.set(term, (bag.get(term) ?? 0) + 1)
  return bag
}
