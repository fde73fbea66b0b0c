import type { DeclineCode } from '@siku/contracts'
import type { Tx } from '@siku/db'
import { featureNames, type FeatureName, type Sample } from '@siku/matcher'
import { sql } from 'drizzle-orm'
import { findRelevance } from './relevance.ts'

/** A judged pair with the language its demand was written in, in the order of the decisions. */
export type LabelledSample = Sample & { language: string }
type Row = { event: string; code: DeclineCode | null; features: Partial<Record<FeatureName, number>>; language: string }

/** The last word of people on each pair, as far as it speaks of relevance; a decided pair keeps the features it was decided with. */
export async function readSamples(tx: Tx): Promise<LabelledSample[]> {
  const rows = await tx.execute<Row>(sql`
    select last.event, last.code, m.features, d.text ->> 'sourceLanguage' as language
    from matching.match m
    join lateral (select event, code, at from matching.decision where match_id = m.id and event in ('approve', 'reject')
      order by at desc limit 1) last on true
    join published.document d on d.id = m.demand_id
    where m.state in ('approved', 'rejected') order by last.at, m.id`)
  return [...rows].flatMap(({ features, language, ...judged }) => {
    const isRelevant = findRelevance(judged)
    if (isRelevant === undefined) return []
    const values = Object.fromEntries(featureNames.map((name) => [name, features[name] ?? 0])) as Record<FeatureName, number>
    return [{ features: values, isRelevant, language }]
  })
}
