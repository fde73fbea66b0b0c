/** Places of a list: the match set is the union of the best forty of each demand and the best forty of each technology. */
export const placesMax = 40

/** What a place depends on: the score, then the id of the counterpart, so that an order never depends on who looked first. */
export type Placed = { demandId: string; technologyId: string; scoreMillionths: number }

/** The order of one record's list, best first; of a mixed set, strongest first and then by the ids of the pair. */
export const byStrength = (a: Placed, b: Placed): number =>
  b.scoreMillionths - a.scoreMillionths || compare(a.demandId, b.demandId) || compare(a.technologyId, b.technologyId)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

export const pairKey = ({ demandId, technologyId }: Pick<Placed, 'demandId' | 'technologyId'>): string => `${demandId} ${technologyId}`

/** The match set of all pairs above the threshold: those with a place in the list of either side. */
export function keepBest<T extends Placed>(pairs: readonly T[], max: number = placesMax): T[] {
  const taken = { demand: new Map<string, number>(), technology: new Map<string, number>() }
  const hasPlace = (side: 'demand' | 'technology', id: string) => {
    const place = (taken[side].get(id) ?? 0) + 1
    taken[side].set(id, place)
    return place <= max
  }
  return [...pairs].sort(byStrength).filter((pair) => {
    const places = [hasPlace('demand', pair.demandId), hasPlace('technology', pair.technologyId)]
    return places.includes(true)
  })
}
