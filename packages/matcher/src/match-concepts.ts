import type { Thesaurus } from '@siku/thesaurus'
import { createNeighbourLayout, layOut } from './neighbour-layout.ts'
import type { Profile } from './profile.ts'
import { similarityOf, type Similarity } from './similarity.ts'
import type { Weights } from './types.ts'

/** The best counterpart of every concept on both sides. The arrays are written over by the next match. */
export type ConceptMatch = {
  /** Mass of the demand that the technology covers, and the other way round. */
  demand: number
  technology: number
  /** By place in the demand's profile: mass covered, or -1 where nothing answers; how near the answer is; which concept it is. */
  gains: Float64Array
  similarities: Float64Array
  partners: Int32Array
}

export type ConceptMatcher = (demand: Profile, technology: Profile) => ConceptMatch

const matchers = new WeakMap<Similarity, ConceptMatcher>()

export function conceptMatcherOf(thesaurus: Thesaurus, weights: Weights): ConceptMatcher {
  const similarity = similarityOf(thesaurus, weights)
  const known = matchers.get(similarity)
  if (known) return known
  const matcher = createConceptMatcher(similarity, thesaurus.concepts.length)
  matchers.set(similarity, matcher)
  return matcher
}

const nothing = -1

/**
 * Runs score one record against many: the neighbourhoods of the one that stays are laid out once, and every other only walks its own
 * concepts through them. Which side stays is seen from the calls.
 */
function createConceptMatcher(similarity: Similarity, concepts: number): ConceptMatcher {
  const layout = createNeighbourLayout(concepts)
  let best = createBest(64)
  let lastTechnology: Profile | undefined

  return (demand, technology) => {
    if (layout.profile !== demand && layout.profile !== technology) {
      layOut(layout, technology === lastTechnology ? technology : demand, similarity)
    }
    lastTechnology = technology
    const longest = Math.max(demand.ids.length, technology.ids.length)
    if (best.gains.length < longest) best = createBest(longest * 2)
    const { gains, similarities, partners, returns } = best
    gains.fill(nothing, 0, demand.ids.length)
    returns.fill(0, 0, technology.ids.length)
    const demandStays = layout.profile === demand
    const { ids } = demandStays ? technology : demand
    for (let at = 0; at < ids.length; at++) {
      for (let link = layout.first[ids[at] ?? 0] ?? 0; link !== 0; link = layout.next[link] ?? 0) {
        const place = layout.places[link] ?? 0
        const own = demandStays ? place : at
        const other = demandStays ? at : place
        const near = layout.similarities[link] ?? 0
        const back = (technology.values[other * 2] ?? 0) * near * (demand.values[own * 2 + 1] ?? 0)
        if (back > (returns[other] ?? 0)) returns[other] = back
        const gain = (demand.values[own * 2] ?? 0) * near * (technology.values[other * 2 + 1] ?? 0)
        const known = gains[own] ?? 0
        const partner = technology.ids[other] ?? 0
        if (gain < known || (gain === known && !comesFirst(near, partner, similarities[own] ?? 0, partners[own] ?? 0))) continue
        gains[own] = gain
        similarities[own] = near
        partners[own] = partner
      }
    }
    return { demand: sumOf(gains, demand.ids.length), technology: sumOf(returns, technology.ids.length), gains, similarities, partners }
  }
}

const createBest = (size: number) => ({
  gains: new Float64Array(size),
  similarities: new Float64Array(size),
  partners: new Int32Array(size),
  returns: new Float64Array(size)
})

/** Of equal gains the nearest counts, then the first of the thesaurus. */
const comesFirst = (near: number, partner: number, knownNear: number, knownPartner: number): boolean =>
  near > knownNear || (near === knownNear && partner < knownPartner)

function sumOf(gains: Float64Array, length: number): number {
  let sum = 0
  for (let at = 0; at < length; at++) {
    const gain = gains[at] ?? 0
    if (gain > 0) sum += gain
  }
  return sum
}
