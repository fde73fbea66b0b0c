import { Type, type Static } from 'typebox'
import {
  Closed,
  CodeOf,
  CodesOf,
  CountryCode,
  CurrencyCode,
  Day,
  institutionTypes,
  languageLevels,
  LanguageTag,
  ListOf,
  pricings,
  serviceModes,
  services,
  Text
} from '@siku/contracts'

const Coverage = Closed({
  country: CountryCode,
  services: CodesOf(services),
  mode: CodeOf(serviceModes)
})
const Branch = Closed({
  country: CountryCode,
  city: Text(100),
  staff: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  since: Type.Optional(Type.Integer({ minimum: 1800, maximum: 2100 }))
})
const Credential = Closed({
  name: Text(200),
  issuer: Type.Optional(Text(200)),
  number: Type.Optional(Text(100)),
  validTo: Type.Optional(Day)
})
const Capacity = Closed({
  staff: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
  technologyManagers: Type.Optional(Type.Integer({ minimum: 0, maximum: 10_000 })),
  concurrentCasesMax: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 }))
})
const Case = Closed({
  country: CountryCode,
  service: CodeOf(services),
  year: Type.Integer({ minimum: 1950, maximum: 2100 }),
  outcome: Text(500),
  clientConsent: Type.Boolean()
})

/** What only the library of institutions understands: who helps with what, where, in which language, on which credential. */
export const InstitutionDetails = Closed(
  {
    type: CodeOf(institutionTypes),
    legalForm: Type.Optional(Text(200)),
    founded: Type.Optional(Type.Integer({ minimum: 1800, maximum: 2100 })),
    services: CodesOf(services),
    coverage: ListOf(Coverage, 200),
    languages: ListOf(Closed({ language: LanguageTag, level: CodeOf(languageLevels) }), 20),
    branches: Type.Optional(ListOf(Branch, 60)),
    credentials: Type.Optional(ListOf(Credential, 40)),
    capacity: Type.Optional(Capacity),
    trackRecord: Type.Optional(ListOf(Case, 60)),
    pricing: Type.Optional(Closed({ model: CodeOf(pricings), note: Type.Optional(Text(500)), currency: Type.Optional(CurrencyCode) })),
    agreementUntil: Type.Optional(Day)
  },
  { title: 'InstitutionDetails' }
)
export type InstitutionDetails = Static<typeof InstitutionDetails>
