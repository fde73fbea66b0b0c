import { Closed, CodesOf, CountryCode, planRegions, Text } from '@siku/contracts'
import { Type, type Static } from 'typebox'

const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 })
const InTwo = Closed({ zh: Text(500), en: Text(500) })
const SomeOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Array(item, { minItems: 1, maxItems: 100 })
const Points = Type.Integer({ minimum: 1, maximum: 1_000, description: 'Points in the queue; those of all that applies are added' })

/** The vocabularies by which a demand is told to belong to a field; one code of any of them is enough. */
export const fieldVocabularies = ['sector-2017', 'sector-2021', 'plan-field', 'seeking', 'sdg'] as const
const FieldCodes = Closed({
  'sector-2017': Type.Optional(SomeOf(Text(64))),
  'sector-2021': Type.Optional(SomeOf(Text(64))),
  'plan-field': Type.Optional(SomeOf(Text(64))),
  seeking: Type.Optional(SomeOf(Text(64))),
  sdg: Type.Optional(SomeOf(Text(64)))
})

/** Which regions, and which fields in them, a plan puts first. It orders the staff queue and nothing else. */
export const Priorities = Closed({
  plan: Code,
  edition: Text(32),
  clause: Text(64),
  note: InTwo,
  notCounted: Type.Array(CountryCode, { uniqueItems: true, description: 'Countries and regions that are no partner abroad' }),
  principles: SomeOf(
    Closed({
      code: Code,
      rank: Type.Integer({ minimum: 1 }),
      weight: Points,
      quote: Text(64),
      name: InTwo,
      planRegions: CodesOf(planRegions)
    })
  ),
  fields: SomeOf(
    Closed({
      code: Code,
      weight: Points,
      /** Added for a country that the clause names. */
      namedCountryWeight: Type.Optional(Points),
      quote: Text(300),
      planRegions: CodesOf(planRegions),
      namedCountries: Type.Array(CountryCode, { uniqueItems: true }),
      fields: SomeOf(Closed({ code: Code, zh: Text(64), en: Text(64), codes: FieldCodes }))
    })
  )
})
export type Priorities = Static<typeof Priorities>
