import { labelOfCode, type Language } from '@siku/contracts'
import { findConcept, labelOf, type Thesaurus } from '@siku/thesaurus'
import type { InstitutionReasons, PrecedentReasons } from './dossier-types.ts'
import { findMessage, message } from './messages.ts'

const conceptsShown = 3
const servicesShown = 4

/** Why a project result is a precedent, in one sentence of the reader's language. */
export function precedentSentence({ place, countries, shared }: PrecedentReasons, language: Language, thesaurus: Thesaurus): string {
  return message(`dossier.precedent.${place}`, language, {
    country: countriesIn(countries, language),
    concepts: conceptsIn(
      shared.map(({ otherConcept }) => otherConcept),
      language,
      thesaurus
    )
  })
}

/** Why an institution can carry the demand: whom it serves, what of the needed it offers, what it knows of the matter. */
export function institutionSentence(reasons: InstitutionReasons, language: Language, thesaurus: Thesaurus): string {
  const { place, countries, services, shared } = reasons
  const concepts = shared.map(({ otherConcept }) => otherConcept)
  const offered = services.slice(0, servicesShown).map((code) => labelOfCode('service', code, language))
  return [
    message(`dossier.institution.${place === 'region' ? 'region' : 'country'}`, language, { country: countriesIn(countries, language) }),
    offered.length > 0 ? message('dossier.institution.services', language, { services: listIn(offered, language) }) : '',
    concepts.length > 0 ? message('dossier.institution.concepts', language, { concepts: conceptsIn(concepts, language, thesaurus) }) : ''
  ]
    .filter((sentence) => sentence !== '')
    .join(language === 'zh' ? '' : ' ')
}

/** A sentence or heading of the dossier's page; the keys stand in messages/messages.tsv below `dossier.page`. */
export const dossierMessage = (key: string, language: Language, fillers: Record<string, string> = {}): string =>
  message(`dossier.page.${key}`, language, fillers)

const listIn = (values: readonly string[], language: Language): string => values.join(findMessage('list.separator', language) ?? ', ')

const countriesIn = (codes: readonly string[], language: Language): string =>
  codes.length === 0
    ? message('unknown', language)
    : listIn(
        codes.map((code) => labelOfCode('country', code, language)),
        language
      )

function conceptsIn(ids: readonly string[], language: Language, thesaurus: Thesaurus): string {
  const labels = [...new Set(ids)].filter((id) => findConcept(thesaurus, id)).map((id) => labelOf(thesaurus, id, language))
  return labels.length === 0 ? message('unknown', language) : listIn(labels.slice(0, conceptsShown), language)
}
