/** Differences below a millionth come from the order of additions, not from the records. */
export const roundScore = (score: number): number => Math.round(score * 1e6) / 1e6

/** `key` as `keyOf` gives it; it decides between equals, so that the order is always the same. */
export type Ranked = { key: string; score: number; document: { changedAt: string } }

export const byRelevance = (a: Ranked, b: Ranked): number => b.score - a.score || compare(a.key, b.key)
export const byNewest = (a: Ranked, b: Ranked): number => compare(b.document.changedAt, a.document.changedAt) || compare(a.key, b.key)

// Not localeCompare: order must not depend on the machine's locale.
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
