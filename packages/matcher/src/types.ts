import type { LibraryName, PublishedAccess, PublishedText, strengthBands } from '@siku/contracts'
import type { Annotation, ConceptKind, RelationKind, Span } from '@siku/thesaurus'
import type { Meaning } from './embedding-space.ts'

export type Side = 'demand' | 'technology'

/** One record as the matcher sees it: its public text, what the annotator read in it, and what decides who may meet it. */
export type MatchSide = {
  id: string
  version: number
  library: LibraryName
  /** HMAC of the owner's organisation. */
  organisationKey: string
  /** The owner's country or region, ISO 3166-1 alpha-2. */
  country: string | null
  /** Last day on which the record is valid, YYYY-MM-DD or an instant; null where it does not expire. */
  validUntil: string | null
  tombstone: boolean
  access: Pick<PublishedAccess, 'state' | 'openForInterest' | 'controlState' | 'excludedKeys' | 'excludedCountries'>
  text: PublishedText
  annotation: Annotation
  /** What the text means to the embedding model in use; absent without one, or until its vector is there. */
  meaning?: Meaning | undefined
}

export const featureNames = [
  'coverage',
  'focus',
  'mutual',
  'evidence',
  'topics',
  'embedding',
  'embedding-missing',
  'terms',
  'sector',
  'quantities-met',
  'quantities-contradicted',
  'criteria-open',
  'stage-met',
  'stage-short',
  'modes-shared',
  'modes-apart',
  'region-named',
  'region-elsewhere'
] as const
export type FeatureName = (typeof featureNames)[number]

export type Weights = {
  version: string
  bias: number
  features: Record<FeatureName, { weight: number; baseline: number }>
  similarity: Record<RelationKind | 'broader' | 'floor', number>
  kinds: Record<ConceptKind, number>
  embedding: EmbeddingWeights
  /** Mass of matched and corroborated concepts at which the evidence feature reaches one half. */
  evidenceHalf: number
  /**
   * Mass that a text is taken to hold besides the concepts recognised in it, so that a text of which little is understood is never about
   * nothing else. Weights kept before it was reckoned with have none.
   */
  unseen?: Record<Side, number>
  thresholdMillionths: number
  bands: { strong: number; good: number }
}

/** How similarity in meaning is read from vectors. */
export type EmbeddingWeights = {
  /** Reference texts that make up the nearness of a record (hubness). */
  neighbours: number
  /** Share of a side's nearness that is taken off the similarity; all of it in weights kept before there was a choice. */
  hubness?: Record<Side, number>
  /** Closeness, in deviations from that of unrelated texts, at which the feature is 0 and 1. */
  unrelated: number
  alike: number
  /** From this value of the feature on a pair is a candidate, whatever its concepts. */
  candidateMin: number
}

export type PairRelation = 'same' | 'broader' | RelationKind

/** A need met by an offer, with the places in both original texts that say so. */
export type ConceptPair = {
  demandConcept: string
  technologyConcept: string
  relation: PairRelation
  similarity: number
  /** Part of the demand's covered mass that this pair carries, 0 to 1. */
  share: number
  demandSpans: Span[]
  technologySpans: Span[]
}

export type Contribution = { feature: FeatureName | 'bias'; value: number; contributionMillionths: number }

export type Figure = { value: number; valueMax: number | null; unit: string; span: Span | null }

/** What became of one criterion of the demand. */
export type CriterionOutcome = {
  index: number
  kind: 'must' | 'nice' | 'not'
  text: string
  outcome: 'met' | 'contradicted' | 'open'
  asked: { parameter: string | null; operator: string; value: number; valueMax: number | null; unit: string } | null
  offered: Figure | null
}

export type StrengthBand = (typeof strengthBands)[number]

export type Explanation = {
  demand: { id: string; version: number }
  technology: { id: string; version: number }
  thesaurusEdition: string
  weightsVersion: string
  scoreMillionths: number
  logOddsMillionths: number
  band: StrengthBand
  /** Sum exactly to logOddsMillionths. */
  contributions: Contribution[]
  pairs: ConceptPair[]
  criteria: CriterionOutcome[]
  /** Criteria contradicted or without evidence. */
  unmet: CriterionOutcome[]
  /** The strongest argument against, or null where nothing speaks against. */
  against: Contribution | null
  facts: PairFacts
}

/** The facts behind the features, so that a sentence can name them. */
export type PairFacts = {
  stageAsked: string | null
  stageOffered: string | null
  /** Readiness levels of both sides (GB/T 22900); explanations stored before they were kept have none. */
  trlAsked?: number | null
  trlOffered?: number | null
  sharedSectors: string[]
  sharedModes: string[]
  demandModes: string[]
  technologyModes: string[]
  demandCountry: string | null
  sharedTerms: string[]
  /** Concepts both texts speak about in the words of their labels, the weightiest first. */
  sharedTopics: string[]
}
