import type { MatchRecord } from '../match/matchable.ts'
import type { PublishedCopy } from '../match/published-copy.ts'
import type { Scorer } from '../match/scoring.ts'

export type FoundDuplicate = { id: string; version: number; likenessMillionths: number; sameOwner: boolean }

/** Set on the sample and on paraphrases: one house's or one country's second text of the same thing lies above, its next thing below. */
const ownFloor = 0.42
const otherFloor = 0.62
const lookedAtMax = 6

/** Records of the same library that look like this one. Two needs are the same only where they come from the same country. */
export function findDuplicates(copy: PublishedCopy, record: MatchRecord, scorer: Scorer): FoundDuplicate[] {
  const { entry } = record
  return copy.lookalikes(record, lookedAtMax).flatMap((other) => {
    if (record.side === 'demand' && other.country !== record.country) return []
    const sameOwner = other.entry.organisationKey === entry.organisationKey
    const likeness = scorer.likeness(entry, other.entry)
    const floor = sameOwner || record.side === 'demand' ? ownFloor : otherFloor
    if (likeness < floor) return []
    const { id, version } = other.entry
    return [{ id, version, likenessMillionths: Math.round(likeness * 1_000_000), sameOwner }]
  })
}
