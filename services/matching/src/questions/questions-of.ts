import type { PublishedDocument } from '@siku/contracts'
import { missingFacts, renderQuestion, type Explanation } from '@siku/matcher'
import { annotateDocument } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import type { Reader } from '../review/reader.ts'
import type { Question } from './question-schemas.ts'

type Asked = { explanation: Explanation; demand: PublishedDocument; technology: PublishedDocument }

/** What is missing between two records as they stand now. Whoever owns the technology is asked for its own side only. */
export function questionsOf({ explanation, demand, technology }: Asked, { view, language }: Reader, thesaurus: Thesaurus): Question[] {
  const pair = { demand: sideOf(demand, thesaurus), technology: sideOf(technology, thesaurus) }
  return missingFacts({ ...pair, criteria: criteriaOf(explanation, demand) })
    .filter(({ to }) => view === 'staff' || to === 'technology')
    .map((fact) => ({ ...fact, text: renderQuestion(fact, pair, { language, thesaurus }) }))
}

const sideOf = ({ text, country }: PublishedDocument, thesaurus: Thesaurus) => ({
  text,
  country: country ?? text.owner.country,
  annotation: annotateDocument(thesaurus, text)
})

/** Criteria are numbered in the version that was scored; of another one nothing is known until the next run. */
const criteriaOf = ({ criteria, demand }: Explanation, { version }: PublishedDocument): Explanation['criteria'] =>
  version === demand.version ? criteria : []
