import { countryCodes, type Language } from '@siku/contracts'
import { contentHash } from '@siku/db'
import { liesInPlanRegion } from '@siku/matcher'
import { sql, type SQL } from 'drizzle-orm'
import type { Priorities } from './priorities-schema.ts'

/** One reason to look at a demand first. Without codes it holds for every demand of its countries. */
type PriorityRule = { code: string; weight: number; sectors: string[]; seeks: string[]; sdg: string[]; always: boolean }
type RuleWords = { zh: string; en: string; quote: string }

/** Priorities of a plan, ready for a query: what may hold for a demand of each country. */
export type PriorityRules = {
  /** Cursors of one set of priorities are no good under another. */
  edition: string
  byCountry: Readonly<Record<string, PriorityRule[]>>
  words: ReadonlyMap<string, RuleWords>
}

export type PriorityRow = { points: number; codes: { code: string; points: number }[] }

export function compilePriorities(priorities: Priorities): PriorityRules {
  const words = new Map<string, RuleWords>()
  for (const { code, name, quote } of priorities.principles) words.set(code, { ...name, quote })
  for (const clause of priorities.fields)
    for (const { code, zh, en } of clause.fields) words.set(`${clause.code}.${code}`, { zh, en, quote: clause.quote })
  const byCountry = countryCodes
    .filter((country) => !priorities.notCounted.includes(country))
    .map((country): [string, PriorityRule[]] => [country, rulesOf(country, priorities)])
    .filter(([, rules]) => rules.length > 0)
  return { edition: contentHash(priorities), byCountry: Object.fromEntries(byCountry), words }
}

/** A country that lies in regions of two principles goes by the first of them. */
function rulesOf(country: string, { principles, fields }: Priorities): PriorityRule[] {
  const liesIn = (regions: readonly string[]) => regions.some((region) => liesInPlanRegion(country, region))
  const [first] = [...principles].sort((a, b) => a.rank - b.rank).filter(({ planRegions }) => liesIn(planRegions))
  const general = (first ? [first] : []).map(({ code, weight }) => ({ code, weight, sectors: [], seeks: [], sdg: [], always: true }))
  const special = fields
    .filter(({ planRegions, namedCountries }) => namedCountries.includes(country) || liesIn(planRegions))
    .flatMap((clause) => {
      const weight = clause.weight + (clause.namedCountries.includes(country) ? (clause.namedCountryWeight ?? 0) : 0)
      return clause.fields.map(({ code, codes }) => ({
        code: `${clause.code}.${code}`,
        weight,
        sectors: [...(codes['sector-2017'] ?? []), ...(codes['sector-2021'] ?? []), ...(codes['plan-field'] ?? [])],
        seeks: codes.seeking ?? [],
        sdg: codes.sdg ?? [],
        always: false
      }))
    })
  return [...general, ...special]
}

/** What counts for a demand, as {points, codes}: from its country and its published row `d`, and from nothing of its matches. */
export const priorityOf = ({ byCountry }: PriorityRules, country: SQL): SQL => sql`(
  select coalesce(sum(r.weight), 0)::int as points,
    coalesce(jsonb_agg(jsonb_build_object('code', r.code, 'points', r.weight) order by r.weight desc, r.code), '[]') as codes
  from jsonb_to_recordset(${JSON.stringify(byCountry)}::jsonb -> ${country})
    as r (code text, weight int, sectors text[], seeks text[], sdg text[], "always" boolean)
  where r."always" or d.text -> 'sectors' ?| r.sectors or d.text ->> 'seeks' = any (r.seeks)
    or exists (select 1 from jsonb_array_elements(d.text -> 'classification') line
      where line ->> 'scheme' = 'sdg' and line ->> 'code' = any (r.sdg)))`

export const priorityColumn = sql`jsonb_build_object('points', p.points, 'codes', p.codes)`

const strengthRange = 10_000_000

/** Points first, then strength, in one number that a double holds exactly and a cursor can carry. */
export const priorityKey = (points: SQL, strength: SQL): SQL => sql`(${points}::float8 * ${strengthRange} + ${strength})`

export type Priority = { points: number; reasons: { code: string; points: number; text: string; quote: string }[] }

/** Why a demand stands where it stands, in words; a plan is written in Chinese and told in English to all others. */
export function toPriority({ points, codes }: PriorityRow, { words }: PriorityRules, language: Language): Priority {
  const reasons = codes.map(({ code, points: own }) => {
    const { zh, en, quote } = words.get(code) ?? { zh: code, en: code, quote: '' }
    return { code, points: own, text: language === 'zh' ? zh : en, quote }
  })
  return { points, reasons }
}
