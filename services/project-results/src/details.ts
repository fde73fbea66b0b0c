import { Type, type Static } from 'typebox'
import {
  attributions,
  classOf,
  Closed,
  CodeOf,
  CodesOf,
  contractKinds,
  CountryCode,
  CurrencyCode,
  Day,
  evidenceGrades,
  Instant,
  ListOf,
  maturityStages,
  Money,
  outcomeTypes,
  partnerRoles,
  resultClasses,
  resultForms,
  resultKinds,
  Text,
  Uuid
} from '@siku/contracts'

const PartnerOfResult = Closed({ organisation: Text(300), country: CountryCode, role: CodeOf(partnerRoles) })

const Project = Closed({
  programme: Type.Optional(Text(300)),
  number: Type.Optional(Text(100)),
  startsOn: Type.Optional(Day),
  endsOn: Type.Optional(Day),
  funding: Type.Optional(Money),
  fundingSource: Type.Optional(Text(300)),
  governmentAgreement: Type.Optional(Text(300))
})

const Contract = Closed({
  kind: CodeOf(contractKinds),
  registrationNumber: Type.Optional(Text(64, 'Number in the technology contract or export register')),
  signedOn: Type.Optional(Day),
  amount: Type.Optional(Money),
  rateToCny: Type.Optional(Closed({ rate: Type.Number({ exclusiveMinimum: 0 }), on: Day, currency: CurrencyCode }))
})

const Impact = Closed({
  measure: Text(200, 'Revenue, jobs, people trained, emissions avoided, sites …'),
  value: Type.Number(),
  unit: Text(32),
  period: Type.Optional(Text(100)),
  method: Type.Optional(Text(300)),
  verifiedBy: Type.Optional(Text(300))
})

const Evidence = Closed({
  fileId: Type.Optional(Uuid),
  title: Text(300),
  grade: CodeOf(evidenceGrades),
  verifiedAt: Type.Optional(Instant)
})

/** What only the library of results understands: what cooperation achieved, with whom, and how well it is proven. */
export const ResultDetails = Closed(
  {
    kind: CodeOf(resultKinds),
    outcomeTypes: CodesOf(outcomeTypes),
    registrationNumber: Type.Optional(
      Type.String({ pattern: '^[0-9A-Z]{12}$', description: 'Registration of a scientific result, 12 characters' })
    ),
    resultClass: Type.Optional(CodeOf(resultClasses)),
    form: Type.Optional(CodeOf(resultForms)),
    maturity: Type.Optional(CodeOf(maturityStages)),
    countries: ListOf(CountryCode, 40, 'Where it was done'),
    partners: Type.Optional(ListOf(PartnerOfResult, 40)),
    project: Type.Optional(Project),
    contract: Type.Optional(classOf('confidential', Contract)),
    impact: Type.Optional(ListOf(Impact, 20)),
    evidence: Type.Optional(ListOf(Evidence, 20)),
    evidenceGrade: CodeOf(evidenceGrades),
    attribution: CodeOf(attributions),
    originMatchId: Type.Optional(Uuid),
    lessons: Type.Optional(Text(2000, 'What others can learn from it')),
    partnersConsent: Type.Optional(Type.Boolean()),
    embargoUntil: Type.Optional(Day)
  },
  { title: 'ResultDetails' }
)
export type ResultDetails = Static<typeof ResultDetails>
