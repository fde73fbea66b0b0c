import type { Language } from '@siku/contracts'

export const conceptKinds = [
  'problem',
  'method',
  'component',
  'material',
  'product',
  'application',
  'organism',
  'merit',
  'standard'
] as const
export type ConceptKind = (typeof conceptKinds)[number]

export const relationKinds = ['addresses', 'appliesTo', 'partOf', 'produces', 'alternativeTo', 'relatedTo'] as const
export type RelationKind = (typeof relationKinds)[number]

export type Relation = { kind: RelationKind; target: string }

export type Concept = {
  id: string
  kind: ConceptKind
  /** The file it stands in, such as 'energy'. */
  field: string
  broader: string[]
  relations: Relation[]
  /** Preferred label first. */
  labels: Partial<Record<Language, string[]>>
  origin: { file: string; line: number }
}

/** How a label that is dangerous alone is to be read, as declared in data/ambiguous.tsv. */
export type LabelTreatment = 'senses' | 'weak' | 'capitals' | 'anycase'

export type LabelRule = {
  language: Language
  label: string
  treatment: LabelTreatment
  concepts: string[]
  origin: { file: string; line: number }
}

export type FieldSetting = { field: string; weight: number; title: Partial<Record<Language, string>> }

export type ThesaurusSource = {
  version: string
  fields: FieldSetting[]
  concepts: Concept[]
  labelRules: LabelRule[]
}

/** What a terminal node of the trie says: which concept, by a label of which language, and how far to trust it. */
export type LabelEntry = {
  concept: number
  language: Language
  weak: boolean
}

export type LabelTrie = {
  /** The number of the word behind a key such as 'fr:pomp', 'h:水' or 'A:GPS'; several where several are spelt so. */
  wordsOf(key: string): number | readonly number[] | undefined
  child(node: number, word: number): number
  hasChildren(node: number): boolean
  entriesAt(node: number): readonly LabelEntry[]
  nodes: number
}

export type Thesaurus = {
  /** Version of the vocabulary and a hash of its content, such as '1-5f0c9a1b2c3d'. */
  edition: string
  version: string
  fields: FieldSetting[]
  conceptIds: string[]
  concepts: Concept[]
  /** Concept id to its position in `concepts`. */
  positions: Map<string, number>
  /** Information content of each concept from the structure alone, 0 to 1 (Seco, Veale and Hayes 2004). */
  information: Float64Array
  /** Weight of the concept's layer: 1 for a field, less for everyday words. */
  layerWeights: Float64Array
  labelCount: number
  trie: LabelTrie
  /** Joined spellings of two-word labels ('microirrigation') that a text may write apart. */
  joinedWords: Set<string>
}

export type FieldText = { field: string; text: string; weight: number }
export type AnnotateInput = { language: string; fields: FieldText[] }

/** Code points of the original text of the field, end exclusive. */
export type Span = { field: string; start: number; end: number }

export type ConceptAnnotation = { id: string; weight: number; spans: Span[] }
/** A concept the text speaks about in the words of its labels, without naming one; the weights of a text have the length 1. */
export type TopicAnnotation = { id: string; weight: number }
/** Language 'zxx' marks what has none: model numbers, standards, product codes. */
export type TermAnnotation = { term: string; language: Language | 'zxx'; weight: number; spans: Span[] }
export type QuantityOperator = '=' | '<' | '<=' | '>' | '>=' | '~'
export type QuantityAnnotation = {
  value: number
  valueMax: number | null
  operator: QuantityOperator
  unit: string
  dimension: string
  span: Span
}

export type Annotation = {
  language: string
  edition: string
  concepts: ConceptAnnotation[]
  topics: TopicAnnotation[]
  terms: TermAnnotation[]
  quantities: QuantityAnnotation[]
}
