import { Closed, CodesOf, CountryCode, Day, languages, Nullable, resultKinds, Text, type Language } from '@siku/contracts'
import type { Priorities } from '@siku/matching'
import { Type, type Static, type TString } from 'typebox'

const Code = Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 })
const Gbt2260 = Type.String({ pattern: '^[1-9][0-9]{5}$', description: 'GB/T 2260 code of an administrative division' })
const InSeven = Closed(Object.fromEntries(languages.map((language) => [language, Text(300)])) as Record<Language, TString>)
const InTwo = Closed({ zh: Text(500), en: Text(500) })
const SomeOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) => Type.Array(item, { minItems: 1, maxItems: 100 })

/** What a city is: who runs the platform, by which plans, in which sector editions. */
export const City = Closed({
  code: Code,
  edition: Text(32),
  name: InSeven,
  country: CountryCode,
  gbt2260: Gbt2260,
  timeZone: Text(64, 'IANA time zone in which calendar rules count days'),
  authority: InSeven,
  sectors: Closed({
    editions: SomeOf(Text(64, 'Name of a vocabulary of sectors')),
    current: Text(64, 'Edition offered for new records'),
    survey: Text(64, 'Edition the statistics are compared with')
  }),
  plans: SomeOf(Closed({ code: Code, title: InTwo, number: Text(64), issuedOn: Day }))
})

export const Districts = Closed({
  source: Text(200),
  districts: SomeOf(Closed({ code: Code, gbt2260: Nullable(Gbt2260), name: InTwo }))
})

/** How the actual value of a target is found: counted from published results, from cases, or entered by hand with date and source. */
const Measure = Type.Union([
  Closed({ from: Type.Literal('results'), resultKinds: CodesOf(resultKinds), partners: Type.Optional(Type.Literal('belt-and-road')) }),
  Closed({ from: Type.Literal('organisations-served') }),
  Closed({ from: Type.Literal('external') })
])

export const Targets = Closed({
  targets: SomeOf(
    Closed({
      code: Code,
      plan: Code,
      clause: Text(64),
      quote: Text(300, 'The words of the plan the target stands in'),
      value: Type.Integer({ minimum: 1 }),
      unit: Text(16),
      dueYear: Type.Integer({ minimum: 2000, maximum: 2100 }),
      name: InTwo,
      measure: Measure,
      definition: InTwo
    })
  )
})

export type Profile = {
  city: Static<typeof City>
  districts: Static<typeof Districts>
  targets: Static<typeof Targets>
  priorities: Priorities
}
