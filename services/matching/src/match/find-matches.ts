import { contentHash } from '@siku/db'
import type { Explanation } from '@siku/matcher'
import { byStrength } from './best-lists.ts'
import { isUncleared, mayMeet, type MatchRecord } from './matchable.ts'
import type { PublishedCopy } from './published-copy.ts'
import type { PairScore, Scorer } from './scoring.ts'

/** A pair above the threshold, as it will be stored. */
export type FoundMatch = PairScore & {
  demandId: string
  technologyId: string
  demandVersion: number
  technologyVersion: number
  demandOwnerKey: string
  technologyOwnerKey: string
  country: string | null
  uncleared: boolean
  edition: string
  weights: string
  /**
   * Over everything above but the edition: most pairs are the same in two editions. Within one edition the explanation follows from it;
   * between two it must be looked at.
   */
  contentHash: string
  explain: () => Explanation
}

/** `today` is the calendar day for the hard filters; the score itself knows no date. */
export type FindOptions = { scorer: Scorer; today: string; candidatesMax: number }
/**
 * `mark` says in which state of the copy the list was found. `storedScored`: every stored counterpart was scored too, so what is not
 * among the matches does not hold any more, even if the list is cut.
 */
export type FoundList = { matches: FoundMatch[]; cut: boolean; scored: number; mark: number; storedScored?: boolean }

export const emptyList = (copy: Pick<PublishedCopy, 'mark'>): FoundList => ({ matches: [], cut: false, scored: 0, mark: copy.mark() })

/**
 * Journey stage 5: the counterparts of one record that pass the hard filters and score at least the threshold, best first. The score
 * looks at nothing but the pair, so one record at a time, a full run and brute force give the same set.
 */
export function findMatches(
  copy: Pick<PublishedCopy, 'reaching' | 'mark'>,
  record: MatchRecord,
  { scorer, today, candidatesMax }: FindOptions
): FoundList {
  const accepts = (counterpart: MatchRecord) => mayMeet(...inOrder(record, counterpart), today)
  const { counterparts, cut } = copy.reaching(record, candidatesMax, accepts)
  return { matches: scoreCounterparts(record, counterparts, scorer), cut, scored: counterparts.length, mark: copy.mark() }
}

/** Scores counterparts that passed the hard filters, however they were found; best first. */
export function scoreCounterparts(record: MatchRecord, counterparts: readonly MatchRecord[], scorer: Scorer): FoundMatch[] {
  const matches = counterparts.flatMap((counterpart) => {
    const [demand, technology] = inOrder(record, counterpart)
    const score = scorer.score(demand.entry, technology.entry)
    return score === undefined ? [] : [toMatch({ demand, technology, score, scorer })]
  })
  return matches.sort(byStrength)
}

const inOrder = (record: MatchRecord, counterpart: MatchRecord): [demand: MatchRecord, technology: MatchRecord] =>
  record.side === 'demand' ? [record, counterpart] : [counterpart, record]

type Scored = { demand: MatchRecord; technology: MatchRecord; score: PairScore; scorer: Scorer }

function toMatch({ demand, technology, score, scorer }: Scored): FoundMatch {
  const match = {
    ...score,
    demandId: demand.entry.id,
    technologyId: technology.entry.id,
    demandVersion: demand.entry.version,
    technologyVersion: technology.entry.version,
    demandOwnerKey: demand.entry.organisationKey,
    technologyOwnerKey: technology.entry.organisationKey,
    country: demand.country,
    uncleared: isUncleared(demand, technology),
    weights: scorer.weightsVersion
  }
  return {
    ...match,
    edition: scorer.edition,
    contentHash: contentHash(match),
    explain: () => scorer.explain(demand.entry, technology.entry)
  }
}
