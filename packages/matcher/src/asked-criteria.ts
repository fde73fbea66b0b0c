import type { Criterion } from '@siku/contracts'
import { normalForms, type Thesaurus } from '@siku/thesaurus'
import { askedRange, type Asked, type Range } from './compare-quantities.ts'
import { criterionOf, massAt, type Profile } from './profile.ts'
import type { MatchSide } from './types.ts'

/** One criterion of a demand, read once for all the technologies it is held against. */
export type AskedCriterion = {
  index: number
  kind: Criterion['kind']
  text: string
  /** A figure of the running text can be met and never contradicted: nobody stated it as a criterion. */
  source: 'stated' | 'text'
  asked: (Asked & { parameter: string | null }) | null
  /** What the figure asks for, where there is one in a unit we know. */
  range: Range | undefined
  /** Words of the parameter; empty where none is named. */
  words: ReadonlySet<string>
  /** Places in the demand's profile of the concepts its text names, and what they weigh. */
  places: number[]
  mass: number
  /** Concepts its text names, of those the demand does not want. */
  refused: number[]
}

const figuresMax = 5
const asking: readonly string[] = ['>=', '>', '<=', '<']
const cache = new WeakMap<Profile, { side: MatchSide; criteria: AskedCriterion[] }>()

/** Every criterion of the demand, or else the figures its text asks for with "at least", "up to" and the like. */
export function askedCriteria(demand: MatchSide, profile: Profile, thesaurus: Thesaurus): AskedCriterion[] {
  const known = cache.get(profile)
  if (known?.side === demand) return known.criteria
  const stated = demand.text.criteria.map((criterion, index) => readCriterion(criterion, index, { demand, profile, thesaurus }))
  const criteria = stated.some(({ asked }) => asked !== null) ? stated : [...stated, ...figuresAsked(demand, stated.length)]
  cache.set(profile, { side: demand, criteria })
  return criteria
}

type Reader = { demand: MatchSide; profile: Profile; thesaurus: Thesaurus }

function readCriterion(criterion: Criterion, index: number, { demand, profile, thesaurus }: Reader): AskedCriterion {
  const asked = askedOf(criterion)
  const range = asked && askedRange(asked)
  const named = demand.annotation.concepts
    .filter(({ spans }) => spans.some((span) => criterionOf(span.field) === index))
    .map(({ id }) => thesaurus.positions.get(id) ?? -1)
  const places = named.map((concept) => profile.ids.indexOf(concept)).filter((place) => place >= 0)
  return {
    index,
    kind: criterion.kind,
    text: criterion.text,
    source: 'stated',
    asked: asked ?? null,
    range,
    words: new Set(asked?.parameter ? normalForms(asked.parameter, demand.text.sourceLanguage) : []),
    places,
    mass: places.reduce((sum, place) => sum + massAt(profile, place), 0),
    refused: named.filter((concept) => profile.refused.includes(concept))
  }
}

function askedOf(criterion: Criterion): (Asked & { parameter: string | null }) | undefined {
  if (criterion.value === undefined || criterion.unit === undefined) return undefined
  return {
    parameter: criterion.parameter ?? null,
    operator: criterion.operator ?? 'eq',
    value: criterion.value,
    valueMax: criterion.valueMax ?? null,
    unit: criterion.unit
  }
}

function figuresAsked(demand: MatchSide, from: number): AskedCriterion[] {
  return demand.annotation.quantities
    .filter((quantity) => asking.includes(quantity.operator))
    .slice(0, figuresMax)
    .flatMap(({ operator, value, valueMax, unit }, at): AskedCriterion[] => {
      const asked = { parameter: null, operator, value, valueMax, unit }
      const range = askedRange(asked)
      if (!range) return []
      const figure = { index: from + at, kind: 'nice', text: '', source: 'text', asked, range } as const
      return [{ ...figure, words: new Set(), places: [], mass: 0, refused: [] }]
    })
}
