import type { Concept, Thesaurus } from './types.ts'

/**
 * Intrinsic information content (Seco, Veale and Hayes 2004), from the structure alone, so that a score depends on the pair and never on
 * what else is in the libraries. What many concepts point at counts as general too: half a descendant for each.
 */
export function informationContent(concepts: readonly Concept[], positions: ReadonlyMap<string, number>): Float64Array {
  const weight = new Float64Array(concepts.length)
  const descendants = descendantCounts(concepts, positions)
  const incoming = new Float64Array(concepts.length)
  for (const concept of concepts) {
    for (const relation of concept.relations) {
      const target = positions.get(relation.target)
      if (target !== undefined) incoming[target] = (incoming[target] ?? 0) + 1
    }
  }
  // A fixed scale, not the number of concepts: a longer thesaurus must not shift every score.
  const scale = Math.log(2_000)
  for (let i = 0; i < concepts.length; i++) {
    const below = (descendants[i] ?? 0) + (incoming[i] ?? 0) / 2
    weight[i] = Math.max(0.15, 1 - Math.log(1 + below) / scale)
  }
  return weight
}

/** What the concepts of an epoch say stays as it is; one that came since says as much as the middle one of them, until the next epoch. */
export function informationSince({ information, positions }: Thesaurus, concepts: readonly Concept[]): Float64Array {
  const middle = information.toSorted()[information.length >> 1] ?? 1
  return Float64Array.from(concepts, ({ id }) => information[positions.get(id) ?? -1] ?? middle)
}

/** How many concepts stand below each, every one counted once however many ways lead up from it. */
function descendantCounts(concepts: readonly Concept[], positions: ReadonlyMap<string, number>): Float64Array {
  const parents = concepts.map(({ broader }) => broader.flatMap((id) => positions.get(id) ?? []))
  const counts = new Float64Array(concepts.length)
  const seenFrom = new Int32Array(concepts.length).fill(-1)
  for (let concept = 0; concept < concepts.length; concept++) {
    const open = [...(parents[concept] ?? [])]
    for (let above = open.pop(); above !== undefined; above = open.pop()) {
      if (seenFrom[above] === concept) continue
      seenFrom[above] = concept
      counts[above] = (counts[above] ?? 0) + 1
      open.push(...(parents[above] ?? []))
    }
  }
  return counts
}
