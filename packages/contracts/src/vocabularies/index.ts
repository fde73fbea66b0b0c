import type { Language } from '../language.ts'
import { cooperationMode, organisationType, partnerType, priceModel } from './cooperation.ts'
import { country } from './countries.ts'
import { budgetSource, criterionKind, criterionOperator, endUserType, intakeChannel, seeking } from './demand.ts'
import { institutionType, languageLevel, pricing, serviceMode } from './institution.ts'
import { m49Region } from './m49-regions.ts'
import { planField, planRegion } from './plan.ts'
import { fileConfidentiality, language, library, recordType, sourceChannel, visibility } from './record.ts'
import { attribution, contractKind, evidenceGrade, outcomeType, partnerRole, resultClass, resultForm, resultKind } from './result.ts'
import { assigner, classificationScheme, declineCode, returnCode, strengthBand } from './review.ts'
import { sdg } from './sdg.ts'
import { sector2017, sector2021 } from './sectors.ts'
import { service } from './service.ts'
import { controlState, introductionState, matchState, recordState, screeningState, workingState } from './states.ts'
import { developmentStage, iprOwnership, iprStatus, iprType, maturityStage, offering } from './technology.ts'
import type { Vocabulary } from './vocabulary.ts'

export { beltAndRoad, isPartnerCountry, type CooperationDocument } from './belt-and-road.ts'
export { countries, countryCodes, findCountry, isCountryCode, liesInRegion, type CountryCodeKnown } from './countries.ts'
export type { CountryRow } from './countries/country-row.ts'
export { currencyCodes, isCurrencyCode, minorDigitsOf, type CurrencyKnown } from './currencies.ts'
export { m49Parents, type M49Region } from './m49-regions.ts'
export { sdgCodes } from './sdg.ts'
export type { Vocabulary } from './vocabulary.ts'

const byName = {
  language,
  library,
  'record-type': recordType,
  'source-channel': sourceChannel,
  visibility,
  'file-confidentiality': fileConfidentiality,
  'record-state': recordState,
  'working-state': workingState,
  'match-state': matchState,
  'introduction-state': introductionState,
  'control-state': controlState,
  'screening-state': screeningState,
  'development-stage': developmentStage,
  'maturity-stage': maturityStage,
  'ipr-status': iprStatus,
  'ipr-type': iprType,
  'ipr-ownership': iprOwnership,
  offering,
  'cooperation-mode': cooperationMode,
  'price-model': priceModel,
  'partner-type': partnerType,
  'organisation-type': organisationType,
  seeking,
  'criterion-kind': criterionKind,
  'criterion-operator': criterionOperator,
  'end-user-type': endUserType,
  'intake-channel': intakeChannel,
  'budget-source': budgetSource,
  'result-kind': resultKind,
  'result-class': resultClass,
  'result-form': resultForm,
  'outcome-type': outcomeType,
  'evidence-grade': evidenceGrade,
  attribution,
  'partner-role': partnerRole,
  'contract-kind': contractKind,
  'institution-type': institutionType,
  service,
  'service-mode': serviceMode,
  pricing,
  'language-level': languageLevel,
  'decline-code': declineCode,
  'return-code': returnCode,
  'strength-band': strengthBand,
  'classification-scheme': classificationScheme,
  assigner,
  'sector-2017': sector2017,
  'sector-2021': sector2021,
  'plan-field': planField,
  'plan-region': planRegion,
  country,
  'm49-region': m49Region,
  sdg
} satisfies Record<string, Vocabulary>

export type VocabularyName = keyof typeof byName

/** Every controlled vocabulary, by name. Two editions of one scheme are two vocabularies. */
export const vocabularies: Readonly<Record<VocabularyName, Vocabulary>> = byName

export const isVocabularyName = (name: string): name is VocabularyName => Object.hasOwn(vocabularies, name)

export const listVocabularies = (): Vocabulary[] => Object.values(vocabularies)

/** What a code is called in a language; the code itself where the vocabulary does not know it, so that nothing stored is unreadable. */
export function labelOfCode(name: VocabularyName, code: string, inLanguage: Language): string {
  const { values } = vocabularies[name]
  return Object.hasOwn(values, code) ? (values[code]?.[inLanguage] ?? code) : code
}
