import type { CandidateQuery } from './candidate-query.ts'
import { buckets, bucketToken, bucketWeight } from './impact-buckets.ts'

/** One list of the index: the records in which a token weighs so much. */
export type ImpactList = { token: string; list: string; gain: number }

/** Lists of one question; what lies beyond says next to nothing. */
const listsMax = 1_600

/** Every list of a question in the order in which it is worth reading. */
export function orderedLists(lists: CandidateQuery['lists']): ImpactList[] {
  const all = lists
    .filter(({ weight }) => weight > 0)
    .flatMap(({ token, weight }) =>
      buckets.map((bucket) => ({ token, list: bucketToken(token, bucket), gain: weight * bucketWeight(bucket) }))
    )
  all.sort((a, b) => b.gain - a.gain || (a.list < b.list ? -1 : 1))
  return all.slice(0, listsMax)
}
