import type { Impact, SearchDocument } from './search-document.ts'

/** Eight logarithmic buckets: 0 holds what fills a record alone, 7 what is hardly said. */
export const buckets = [0, 1, 2, 3, 4, 5, 6, 7] as const
const last = buckets.length - 1
const ratio = 1.5

/** The least normalised weight of a bucket; what a list of it is worth. */
export const bucketWeight = (bucket: number): number => ratio ** -bucket

export const bucketToken = (token: string, bucket: number): string => `${token}.${bucket}`

/**
 * The impacts of a record as tokens with a bucket, so that the records in which something weighs most can be asked for first (impact-ordered
 * lists, Anh and Moffat 2006). Weights are normalised by the length of their kind's vector.
 */
export function impactTokens({ impacts = [] }: Pick<SearchDocument, 'impacts'>): string[] {
  const lengths = new Map<string, number>()
  for (const { token, weight } of impacts) lengths.set(kindOf(token), (lengths.get(kindOf(token)) ?? 0) + weight * weight)
  return impacts
    .filter(({ weight }) => weight > 0)
    .map(({ token, weight }) => bucketToken(token, bucketOf(weight / Math.sqrt(lengths.get(kindOf(token)) ?? 1))))
}

/** A whisker above the edge, so that what fills a record alone is never counted one lower. */
const bucketOf = (share: number): number => Math.max(0, Math.min(last, Math.ceil(-Math.log(share) / Math.log(ratio) - 1e-9)))

const kindOf = (token: Impact['token']): string => token.slice(0, token.indexOf(':') + 1)
