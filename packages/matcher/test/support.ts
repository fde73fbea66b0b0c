import { emptyPublishedText, type PublishedText } from '@siku/contracts'
import { annotate, type Thesaurus } from '@siku/thesaurus'
import type { MatchSide } from '../src/index.ts'

type Facts = Partial<Omit<MatchSide, 'text' | 'annotation' | 'access'>> & {
  access?: Partial<MatchSide['access']>
  text?: Partial<PublishedText>
}

/** A published record with everything open; what a test is about is said in `facts`. */
export function recordOf(thesaurus: Thesaurus, library: MatchSide['library'], words: string, facts: Facts = {}): MatchSide {
  const { text: textFacts, access, ...rest } = facts
  const text: PublishedText = { ...emptyPublishedText, title: words, ...textFacts }
  const fields = [
    { field: 'title', text: text.title, weight: 2 },
    { field: 'description', text: text.description, weight: 1 },
    ...text.criteria.map((criterion, index) => ({ field: `/details/criteria/${index}/text`, text: criterion.text, weight: 1 }))
  ]
  return {
    id: words,
    version: 1,
    library,
    organisationKey: words,
    country: library === 'technology-reserve' ? 'CN' : 'KE',
    validUntil: null,
    tombstone: false,
    ...rest,
    access: { state: 'published', openForInterest: true, controlState: 'free', excludedKeys: [], excludedCountries: [], ...access },
    text,
    annotation: annotate(thesaurus, { language: text.sourceLanguage, fields })
  }
}

export const demandOf = (thesaurus: Thesaurus, words: string, facts?: Facts) => recordOf(thesaurus, 'cooperation-demand', words, facts)
export const technologyOf = (thesaurus: Thesaurus, words: string, facts?: Facts) => recordOf(thesaurus, 'technology-reserve', words, facts)

/** A seeded sequence of whole numbers below a bound, so that a failing round can be repeated. */
export function sequence(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % below
  }
}

type MarketSize = { seed: number; demands: number; technologies: number }

/** A market in which few concepts are very common, made without any text: what matters here is which concepts stand where. */
export function denseMarket(thesaurus: Thesaurus, { seed, demands, technologies }: MarketSize) {
  const next = sequence(seed)
  const common = thesaurus.conceptIds.slice(0, 200)
  const idOf = () => common[Math.floor((next(1_000) * next(1_000)) / 5_000)] ?? 'drip-irrigation'
  const concepts = () =>
    [...new Set(Array.from({ length: 4 + next(10) }, idOf))].map((id) => ({ id, weight: (1 + next(10)) / 10, spans: [] }))
  const record = (library: MatchSide['library'], id: string): MatchSide => {
    const bare = recordOf(thesaurus, library, '…', { id, organisationKey: id })
    const named = concepts()
    return { ...bare, annotation: { ...bare.annotation, concepts: named, topics: topicsOf(named) } }
  }
  return {
    demands: Array.from({ length: demands }, (_, at) => record('cooperation-demand', `d${at}`)),
    technologies: Array.from({ length: technologies }, (_, at) => record('technology-reserve', `t${at}`))
  }
}

/** A text that speaks about what it names. */
function topicsOf(concepts: readonly { id: string; weight: number }[]) {
  const length = Math.sqrt(concepts.reduce((sum, { weight }) => sum + weight * weight, 0))
  return concepts.map(({ id, weight }) => ({ id, weight: weight / length }))
}
