import type { MatchSide } from '@siku/matcher'
import type { Thesaurus } from '@siku/thesaurus'
import { bootstrapMean, type Interval } from './bootstrap.ts'

export type Coverage = {
  /** By language: records, and the share of them with enough specific concepts. */
  byLanguage: Record<string, { records: number; share: Interval | null }>
  /** Every record that has too few, the poorest first. */
  lacking: { id: string; language: string; specific: number }[]
}

export const specificMin = 3
const informationMin = 0.5

/** How many records say what they are about in at least three specific concepts: of a field, not everyday, and not high up in the tree. */
export function measureCoverage(sides: readonly MatchSide[], thesaurus: Thesaurus): Coverage {
  const records = sides.map(({ id, text, annotation }) => ({
    id,
    language: text.sourceLanguage,
    specific: annotation.concepts.filter((concept) => isSpecific(concept.id, thesaurus)).length
  }))
  const languages = [...new Set(records.map(({ language }) => language))].toSorted()
  return {
    byLanguage: Object.fromEntries(
      languages.map((language) => {
        const own = records.filter((record) => record.language === language)
        return [language, { records: own.length, share: bootstrapMean(own.map(({ specific }) => (specific >= specificMin ? 1 : 0))) }]
      })
    ),
    lacking: records.filter(({ specific }) => specific < specificMin).toSorted((a, b) => a.specific - b.specific || (a.id < b.id ? -1 : 1))
  }
}

function isSpecific(id: string, thesaurus: Thesaurus): boolean {
  const position = thesaurus.positions.get(id)
  if (position === undefined) return false
  return (thesaurus.layerWeights[position] ?? 0) >= 1 && (thesaurus.information[position] ?? 0) >= informationMin
}
