import type { ConceptPair, MatchSide } from './types.ts'

/** Where a precedent stands, seen from the country that asks; for an institution, how it comes to serve that country. */
export type DossierPlace = 'country' | 'region' | 'elsewhere'

/** What two texts have in common, with the places in both that say so. `otherConcept` is that of the precedent or institution. */
export type SharedConcept = Pick<ConceptPair, 'demandConcept' | 'relation' | 'share' | 'demandSpans'> & {
  otherConcept: string
  otherSpans: ConceptPair['technologySpans']
}

/** Why a project result is a precedent. The three parts sum to the score. */
export type PrecedentReasons = {
  needMillionths: number
  solutionMillionths: number
  placeMillionths: number
  place: DossierPlace
  /** Countries of the result that make it so; those it was done in where it is elsewhere. */
  countries: string[]
  shared: SharedConcept[]
  /** The technology of the shortlist it is most like. Never shown to the demand side. */
  solution: { technologyId: string; concepts: string[] } | null
}

/** Why an institution can carry a demand. The three parts sum to the score. */
export type InstitutionReasons = {
  servicesMillionths: number
  sectorMillionths: number
  conceptsMillionths: number
  place: DossierPlace
  countries: string[]
  /** What the demand will need of what the institution offers, the most needed first. */
  services: string[]
  sectors: string[]
  shared: SharedConcept[]
}

export type DossierEntry<R> = { library: MatchSide['library']; id: string; version: number; scoreMillionths: number; reasons: R }
export type Precedent = DossierEntry<PrecedentReasons>
export type Institution = DossierEntry<InstitutionReasons>
