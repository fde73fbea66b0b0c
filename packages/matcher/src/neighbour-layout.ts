import type { Profile } from './profile.ts'
import type { Similarity } from './similarity.ts'

/** The neighbourhoods of one profile, turned round: for every concept of the thesaurus the places in the profile that lie near it. */
export type NeighbourLayout = {
  profile: Profile | undefined
  /** First link of each concept; 0 ends a chain. */
  first: Int32Array
  next: Int32Array
  /** By link: place in the profile, and how near it is. */
  places: Int32Array
  similarities: Float64Array
}

export function createNeighbourLayout(concepts: number): NeighbourLayout {
  return { profile: undefined, first: new Int32Array(concepts), ...createLinks(1_024) }
}

const createLinks = (size: number) => ({
  next: new Int32Array(size),
  places: new Int32Array(size),
  similarities: new Float64Array(size)
})

/** Lays a profile out in place of the one before. */
export function layOut(layout: NeighbourLayout, profile: Profile, similarity: Similarity): void {
  const { first } = layout
  for (const concept of layout.profile?.ids ?? []) for (const near of similarity.near(concept)) first[near.concept] = 0
  let links = 0
  for (const concept of profile.ids) links += similarity.near(concept).length
  if (links >= layout.next.length) Object.assign(layout, createLinks(links * 2))
  let link = 0
  profile.ids.forEach((concept, place) => {
    for (const near of similarity.near(concept)) {
      link++
      layout.places[link] = place
      layout.similarities[link] = near.similarity
      layout.next[link] = first[near.concept] ?? 0
      first[near.concept] = link
    }
  })
  layout.profile = profile
}
