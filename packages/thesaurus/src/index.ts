export { annotate } from './annotate.ts'
export { compileThesaurus } from './compile-thesaurus.ts'
export { detectLanguage, type DetectedLanguage } from './detect-language.ts'
export { ConceptUnknownError, ThesaurusInvalidError, type ThesaurusFault } from './errors.ts'
export { gloss, quantityLabel, type GlossSegment } from './gloss.ts'
export { conceptLabels, findConcept, findConcepts, getConcept, labelOf } from './labels.ts'
export { loadThesaurus, readThesaurusSource } from './load-thesaurus.ts'
export { normalForms } from './normal-forms.ts'
export { warmUp } from './warm-up.ts'
export { findUnit, unitSymbol, type Unit } from './units.ts'
export {
  conceptKinds,
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
