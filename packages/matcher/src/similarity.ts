import type { Thesaurus } from '@siku/thesaurus'
import type { PairRelation, Weights } from './types.ts'

export type Neighbour = { concept: number; similarity: number; relation: PairRelation }

/** How near two concepts are, and what lies near one. Symmetric, and from the thesaurus alone. */
export type Similarity = {
  between(a: number, b: number): Neighbour | undefined
  /** The concept itself first, then the nearest. */
  near(concept: number): readonly Neighbour[]
}

const cache = new WeakMap<Thesaurus, Map<string, Similarity>>()

/** One table per thesaurus and weights version; neighbourhoods are worked out when first asked for. */
export function similarityOf(thesaurus: Thesaurus, weights: Weights): Similarity {
  const tables = cache.get(thesaurus) ?? new Map<string, Similarity>()
  cache.set(thesaurus, tables)
  const known = tables.get(weights.version)
  if (known) return known
  const similarity = createSimilarity(thesaurus, weights)
  tables.set(weights.version, similarity)
  return similarity
}

type Edge = { to: number; similarity: number; relation: PairRelation }

function createSimilarity(thesaurus: Thesaurus, weights: Weights): Similarity {
  const edges = edgesOf(thesaurus, weights)
  const { floor } = weights.similarity
  const neighbourhoods: (Map<number, Neighbour> | undefined)[] = []

  function neighbourhood(concept: number): Map<number, Neighbour> {
    const known = neighbourhoods[concept]
    if (known) return known
    const found = new Map<number, Neighbour>([[concept, { concept, similarity: 1, relation: 'same' }]])
    const offer = (to: number, similarity: number, relation: PairRelation) => {
      if (similarity >= floor && similarity > (found.get(to)?.similarity ?? 0)) found.set(to, { concept: to, similarity, relation })
    }
    for (const first of edges[concept] ?? []) {
      offer(first.to, first.similarity, first.relation)
      for (const second of edges[first.to] ?? []) {
        // Two steps only where one goes along the hierarchy: a method for a narrower problem also helps with the broader one.
        if ((first.relation === 'broader') === (second.relation === 'broader')) continue
        offer(second.to, first.similarity * second.similarity, first.relation === 'broader' ? second.relation : first.relation)
      }
    }
    neighbourhoods[concept] = found
    return found
  }

  const sorted: (Neighbour[] | undefined)[] = []
  return {
    between: (a, b) => neighbourhood(a).get(b),
    near(concept) {
      sorted[concept] ??= [...neighbourhood(concept).values()].sort((x, y) => y.similarity - x.similarity || x.concept - y.concept)
      return sorted[concept]
    }
  }
}

/** Both ways along every relation; along the hierarchy the discount is scaled by Lin's measure (1998). */
function edgesOf(thesaurus: Thesaurus, weights: Weights): Edge[][] {
  const edges: Edge[][] = thesaurus.concepts.map(() => [])
  const join = (a: number, b: number, similarity: number, relation: PairRelation) => {
    edges[a]?.push({ to: b, similarity, relation })
    edges[b]?.push({ to: a, similarity, relation })
  }
  thesaurus.concepts.forEach((concept, at) => {
    for (const id of concept.broader) {
      const parent = thesaurus.positions.get(id)
      if (parent !== undefined) join(at, parent, weights.similarity.broader * lin(thesaurus, at, parent), 'broader')
    }
    for (const { kind, target } of concept.relations) {
      const to = thesaurus.positions.get(target)
      if (to !== undefined) join(at, to, weights.similarity[kind], kind)
    }
  })
  return edges
}

function lin(thesaurus: Thesaurus, child: number, parent: number): number {
  const [low, high] = [thesaurus.information[child] ?? 1, thesaurus.information[parent] ?? 1]
  return (2 * Math.min(low, high)) / (low + high)
}
