export { annotate, annotateConcepts } from './annotate.ts'
export { compileThesaurus } from './compile-thesaurus.ts'
export { detectLanguage, type DetectedLanguage } from './detect-language.ts'
export {
  ConceptUnknownError,
  LanguageModelUnreadableError,
  ThesaurusInvalidError,
  ThesaurusTooLargeError,
  type ThesaurusFault
} from './errors.ts'
export { gloss, quantityLabel, type GlossSegment } from './gloss.ts'
export { conceptLabels, findConcept, findConcepts, getConcept, labelOf } from './labels.ts'
export { loadThesaurus, readThesaurusSource } from './load-thesaurus.ts'
export {
  compileEdition,
  faultsOfChange,
  keepWhatHolds,
  type ChangeFault,
  type Overlay,
  type OverlayChange,
  type ProposedConcept
} from './overlay.ts'
export { isSameEpoch, reachBetween, type Reach } from './overlay-reach.ts'
export { normalForms } from './normal-forms.ts'
export { warmUp } from './warm-up.ts'
export { findUnit, unitSymbol, type Unit } from './units.ts'
export {
  conceptKinds,
  labelTreatments,
  relationKinds,
  type AnnotateInput,
  type Annotation,
  type Concept,
  type ConceptAnnotation,
  type ConceptKind,
  type FieldSetting,
  type FieldText,
  type LabelRule,
  type LabelTreatment,
  type QuantityAnnotation,
  type QuantityOperator,
  type Relation,
  type RelationKind,
  type Span,
  type TermAnnotation,
  type Thesaurus,
  type ThesaurusSource,
  type TopicAnnotation
} from './types.ts'
