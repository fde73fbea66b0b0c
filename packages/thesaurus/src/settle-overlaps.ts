import type { LabelMatch } from './find-labels.ts'

/** A match after overlaps: `share` is 1 for an outer label, ½ for one inside or across another. */
export type SettledMatch = LabelMatch & { share: number }

const innerShare = 0.5
const looseQuality = 0.75

/**
 * Longest first; a label inside a longer one still says something (a solar water pump is a pump), but half as much.
 * A concept is counted once for the same words.
 */
export function settleOverlaps(matches: readonly LabelMatch[], tokenCount: number): SettledMatch[] {
  const order = [...matches].sort(
    (a, b) => b.length - a.length || a.gaps - b.gaps || b.quality - a.quality || (a.tokens[0] ?? 0) - (b.tokens[0] ?? 0)
  )
  const taken = new Uint8Array(tokenCount)
  const conceptsAt = new Map<number, Set<number>>()
  const settled: SettledMatch[] = []
  for (const match of order) {
    if (match.quality <= 0) continue
    const entries = match.entries.filter((entry) => !match.tokens.some((at) => conceptsAt.get(at)?.has(entry.concept)))
    if (entries.length === 0) continue
    const overlapping = match.tokens.some((at) => taken[at] === 1)
    settled.push({ ...match, entries, share: overlapping ? innerShare : 1 })
    for (const at of match.tokens) {
      // A loose reading with words between must not weaken a plain one inside it.
      if (match.quality >= looseQuality) taken[at] = 1
      const concepts = conceptsAt.get(at) ?? new Set()
      for (const entry of entries) concepts.add(entry.concept)
      conceptsAt.set(at, concepts)
    }
  }
  return settled
}
