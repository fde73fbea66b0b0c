import type { Language } from '@siku/contracts'
import { findConcept, labelOf, type Thesaurus } from '@siku/thesaurus'
import { factsOf } from './field-features.ts'
import { findMessage, message } from './messages.ts'
import type { FactPair, MissingFact, QuestionCriterion } from './missing-facts.ts'
import { factFillers, figureSentence } from './render-explanation.ts'

const conceptsShown = 4
const quotedMax = 300

type Reading = { language: Language; thesaurus: Thesaurus }

/** Puts a missing fact to the side that knows it, in the reader's language. The sentences stand in messages/messages.tsv. */
export function renderQuestion({ to, about, isMust, criterion }: MissingFact, pair: Omit<FactPair, 'criteria'>, reading: Reading): string {
  const { language } = reading
  const { demand, technology } = pair
  const facts = factsOf(demand, technology, { sharedTerms: [], sharedTopics: [] })
  const fillers = factFillers(facts, language)
  const quoted = criterion ? shortened(criterion.text) : ''
  const asked = criterion?.figure ? figureSentence(criterion.figure, language) : quoted || fillers.asked || ''
  const key = `question.${to}.${about}${about === 'criterion' && !isMust ? '.nice' : ''}`
  const question = message(key, language, { ...fillers, asked, text: quoted })
  const written = criterion?.side === 'technology' ? technology.text.sourceLanguage : demand.text.sourceLanguage
  const isForeign = written.split('-')[0] !== language
  const gloss = criterion && isForeign ? glossOf(criterion, reading) : ''
  return gloss === '' ? question : `${question}${language === 'zh' ? '' : ' '}${gloss}`
}

/** What foreign words speak of, as labels of the reader's language. */
function glossOf({ concepts }: QuestionCriterion, { language, thesaurus }: Reading): string {
  const labels = [...new Set(concepts)].filter((id) => findConcept(thesaurus, id)).map((id) => labelOf(thesaurus, id, language))
  if (labels.length === 0) return ''
  const separator = findMessage('list.separator', language) ?? ', '
  return message('question.gloss', language, { concepts: labels.slice(0, conceptsShown).join(separator) })
}

function shortened(text: string): string {
  const points = [...text.trim()]
  return points.length <= quotedMax ? text.trim() : `${points.slice(0, quotedMax).join('')}…`
}
