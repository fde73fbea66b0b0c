import type { Concept } from './types.ts'

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

function descendantCounts(concepts: readonly Concept[], positions: ReadonlyMap<string, number>): Float64Array {
  const counts = new Float64Array(concepts.length)
  concepts.forEach((concept) => {
    for (const ancestor of ancestorsOf(concept, concepts, positions)) counts[ancestor] = (counts[ancestor] ?? 0) + 1
  })
  return counts
}

function ancestorsOf(concept: Concept, concepts: readonly Concept[], positions: ReadonlyMap<string, number>): Set<number> {
  const found = new Set<number>()
  const open = [...concept.broader]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const position = positions.get(id)
    if (position === undefined || found.has(position)) continue
    found.add(position)
    open.push(...(concepts[position]?.broader ?? []))
  }
  return found
}
