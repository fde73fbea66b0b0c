/** Which records carry a concept. */
export function createConceptPostings() {
  const postings = new Map<string, Set<string>>()
  return {
    add(key: string, concepts: readonly string[]) {
      for (const concept of concepts) {
        const keys = postings.get(concept)
        if (keys) keys.add(key)
        else postings.set(concept, new Set([key]))
      }
    },
    remove(key: string, concepts: readonly string[]) {
      for (const concept of concepts) {
        const keys = postings.get(concept)
        keys?.delete(key)
        if (keys?.size === 0) postings.delete(concept)
      }
    },
    /** Adds weight × idf of every concept asked for; `records` is the size of the collection. */
    score(asked: readonly { id: string; weight: number }[], records: number, visible: ReadonlySet<string>): Map<string, number> {
      const scores = new Map<string, number>()
      for (const { id, weight } of asked) {
        const keys = postings.get(id)
        if (keys === undefined || weight <= 0) continue
        const gain = weight * Math.log(1 + (records - keys.size + 0.5) / (keys.size + 0.5))
        for (const key of keys) if (visible.has(key)) scores.set(key, (scores.get(key) ?? 0) + gain)
      }
      return scores
    }
  }
}
