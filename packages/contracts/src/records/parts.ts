import { Type, type Static } from 'typebox'
import {
  assigners,
  budgetSources,
  classificationSchemes,
  criterionKinds,
  criterionOperators,
  iprTypes,
  partnerTypes,
  planRegions
} from '../codes.ts'
import { Closed, CodeOf, CodesOf, CountryCode, CurrencyCode, Day, DigitCode, ListOf, Money, Text, UcumUnit } from '../schema.ts'
import { LanguageTag } from '../language.ts'

/** A code in a scheme and edition. EEN codes are strings: `04005004` and `004005004` are different labels. */
export const Classification = Closed({
  scheme: CodeOf(classificationSchemes),
  edition: Text(32),
  code: Type.Union([DigitCode, Text(64)], { description: 'Always a string; leading zeros are significant' }),
  isPrimary: Type.Optional(Type.Boolean()),
  assignedBy: Type.Optional(CodeOf(assigners))
})
export type Classification = Static<typeof Classification>

/** What must, should or must not be: text, and where it can be measured, parameter, operator, value and UCUM unit. */
export const CriterionInput = Closed({
  kind: CodeOf(criterionKinds),
  text: Text(500),
  parameter: Type.Optional(Text(200)),
  operator: Type.Optional(CodeOf(criterionOperators)),
  value: Type.Optional(Type.Number()),
  valueMax: Type.Optional(Type.Number()),
  unit: Type.Optional(UcumUnit)
})

export const Translation = Closed({
  language: LanguageTag,
  title: Text(256),
  summary: Text(500),
  description: Type.Optional(Text(4000)),
  method: CodeOf(['human', 'machine', 'machine-post-edited'] as const),
  status: CodeOf(['draft', 'machine', 'reviewed'] as const)
})
export type Translation = Static<typeof Translation>

/** What the author declares; all four must be true before a record is submitted. */
export const Declarations = Closed({
  nonConfidential: Type.Boolean({ description: 'The public text holds nothing confidential' }),
  rightToDisclose: Type.Boolean({ description: 'The author may disclose it' }),
  noStateSecret: Type.Boolean({ description: 'It holds no state secret' }),
  accuracy: Type.Boolean({ description: 'It is accurate to the author’s knowledge' })
})

export const Budget = Closed({
  min: Type.Optional(Money),
  max: Type.Optional(Money),
  currency: CurrencyCode,
  secured: Type.Optional(Type.Boolean()),
  source: Type.Optional(CodeOf(budgetSources)),
  note: Type.Optional(Text(500))
})

export const Partner = Closed({
  types: CodesOf(partnerTypes),
  role: Type.Optional(Text(4000, 'Role expected of the partner'))
})

export const IpRight = Closed({
  type: CodeOf(iprTypes),
  office: Type.Optional(Type.String({ pattern: '^[A-Z]{2}$', description: 'WIPO ST.3 code of the office' })),
  number: Type.Optional(Text(64)),
  title: Type.Optional(Text(500)),
  status: CodeOf(['applied', 'granted', 'expired'] as const),
  filedOn: Type.Optional(Day),
  expiresOn: Type.Optional(Day),
  ipc: Type.Optional(ListOf(Type.String({ pattern: '^[A-H][0-9]{2}[A-Z](\\s?[0-9]{1,4}/[0-9]{2,6})?$' }), 20))
})

export const PriorReference = Closed({
  country: CountryCode,
  year: Type.Integer({ minimum: 1950, maximum: 2100 }),
  clientType: Type.Optional(Text(200)),
  result: Text(1000)
})

export const Regions = CodesOf(planRegions)

/** First of two persons: what a record is under export control, by which edition of the catalogue, with a letter where one is in force. */
export const ControlAssessment = Closed({
  state: CodeOf(['not-listed', 'free', 'restricted', 'prohibited', 'dual-use', 'undetermined', 'not-applicable'] as const),
  edition: Type.Optional(Text(100, 'Edition of the catalogue that was consulted')),
  note: Type.Optional(Text(2000)),
  letter: Type.Optional(
    Closed({
      number: Text(100, 'Number of the letter of intent'),
      countries: Type.Array(CountryCode, { minItems: 1, maxItems: 60, uniqueItems: true }),
      validFrom: Day,
      validUntil: Day
    })
  )
})
export type ControlAssessment = Static<typeof ControlAssessment>
