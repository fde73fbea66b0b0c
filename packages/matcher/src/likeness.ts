import type { Thesaurus } from '@siku/thesaurus'
import { massAt, profileOf, type Profile } from './profile.ts'
import { topicSimilarity } from './topic-similarity.ts'
import type { MatchSide, Weights } from './types.ts'

const conceptShare = 0.6
const topicShare = 0.4

/**
 * How alike two records of one side are, 0 to 1, whatever languages they are written in: the cosine of what they name and of what they
 * speak about. Figures are left out: the same thing is offered and asked for in several sizes.
 */
export function likenessOf(a: MatchSide, b: MatchSide, thesaurus: Thesaurus, weights: Weights): number {
  const [one, other] = [profileOf(a, thesaurus, weights), profileOf(b, thesaurus, weights)]
  return conceptShare * conceptCosine(one, other) + topicShare * topicSimilarity(one, other)
}

function conceptCosine(a: Profile, b: Profile): number {
  const masses = new Map<number, number>()
  a.ids.forEach((concept, place) => masses.set(concept, massAt(a, place)))
  let dot = 0
  b.ids.forEach((concept, place) => (dot += (masses.get(concept) ?? 0) * massAt(b, place)))
  const length = lengthOf(a) * lengthOf(b)
  return length > 0 ? dot / length : 0
}

function lengthOf(profile: Profile): number {
  let square = 0
  for (let place = 0; place < profile.ids.length; place++) square += massAt(profile, place) ** 2
  return Math.sqrt(square)
}
