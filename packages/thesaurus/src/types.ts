import type { Language } from '@siku/contracts'
import type { EdgeTable, PairBits } from './edge-table.ts'

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
export const labelTreatments = ['senses', 'weak', 'capitals', 'anycase'] as const
export type LabelTreatment = (typeof labelTreatments)[number]

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

/** What a label says: which concept, by a label of which language, and how far to trust it. */
export type LabelEntry = {
  concept: number
  language: Language
  weak: boolean
}

export type LabelTrie = {
  /** The number of the word behind a key such as 'fr:pomp', 'h:水' or 'A:GPS'; several where several are spelt so. */
  wordsOf(key: string): number | readonly number[] | undefined
  /** The node after the first word of a label, by the word's number, marked as the edges' answers are; 0 where no label begins so. */
  roots: Int32Array
  edges: EdgeTable
  /** The two Chinese characters that labels begin with, as words. */
  hanPairs: PairBits
  /** Numbers of the words that are one Chinese character, by its unit. */
  hanWords: Int32Array
  /** Row by row of the nodes: concepts, and language × 2 + weakness. */
  entries: { from: Int32Array; concepts: Int32Array; marks: Uint8Array }
  nodes: number
}

/** Joined spellings of two-word labels ('microirrigation') that a text may write apart; bits by the hash of the letters. */
export type JoinedWords = { words: ReadonlySet<string>; hashes: PairBits }

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
  labelRules: LabelRule[]
  /** The shipped thesaurus whose statistics this edition uses: they stay until the next is shipped. Absent in a shipped one. */
  epoch?: Thesaurus
  trie: LabelTrie
  joinedWords: JoinedWords
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
  /** The text is in a language that is not read; nothing is known of it until somebody translates it. */
  needsTranslation?: true
  concepts: ConceptAnnotation[]
  topics: TopicAnnotation[]
  terms: TermAnnotation[]
  quantities: QuantityAnnotation[]
}
