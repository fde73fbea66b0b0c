import { Type, type Static } from 'typebox'
import {
  classOf,
  Closed,
  CodeOf,
  CodesOf,
  cooperationModes,
  CountryCode,
  CurrencyCode,
  developmentStages,
  IpRight,
  iprOwnerships,
  iprStatuses,
  ListOf,
  maturityStages,
  Money,
  offerings,
  Partner,
  priceModels,
  PriorReference,
  Quantity,
  Text
} from '@siku/contracts'

const Comparison = Closed({
  baseline: Text(300, 'The present solution it is compared with'),
  metric: Text(200),
  ours: Text(200),
  theirs: Text(200),
  unit: Type.Optional(Text(32)),
  evidence: Type.Optional(Text(500))
})

const Localisation = Closed({
  standardsHeld: Type.Optional(ListOf(Text(100), 40, 'CE, EAC, SASO, halal …')),
  limits: Type.Optional(Text(1000, 'Power, climate, language')),
  trainingNeed: Type.Optional(Text(1000)),
  hsCodes: Type.Optional(ListOf(Type.String({ pattern: '^[0-9]{6,10}$' }), 20)),
  infrastructure: Type.Optional(Text(1000, 'What must be there before it runs'))
})

/** What only the technology reserve understands. Eight fields suffice to submit; the rest makes the offer findable and comparable. */
export const TechnologyDetails = Closed(
  {
    offers: Type.Optional(CodeOf(offerings)),
    problemSolved: Text(2000, 'The problem it solves, in the user’s words'),
    applications: Type.Optional(ListOf(Text(300), 20)),
    advantages: Type.Optional(Text(2000, 'Advantages and innovations')),
    comparison: Type.Optional(ListOf(Comparison, 20)),
    performance: Type.Optional(ListOf(Quantity, 40)),
    trl: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, description: 'GB/T 22900-2022 / ISO 16290' })),
    stage: CodeOf(developmentStages),
    maturity: Type.Optional(CodeOf(maturityStages)),
    iprStatus: CodeOf(iprStatuses),
    ipRights: Type.Optional(classOf('confidential', ListOf(IpRight, 40))),
    ownership: Type.Optional(CodeOf(iprOwnerships)),
    cooperationModes: CodesOf(cooperationModes),
    price: Type.Optional(Closed({ model: CodeOf(priceModels), amount: Type.Optional(Money), currency: Type.Optional(CurrencyCode) })),
    localisation: Type.Optional(Localisation),
    references: Type.Optional(ListOf(PriorReference, 40)),
    partner: Type.Optional(Partner),
    support: Type.Optional(Text(1000, 'Support and financing offered')),
    capacity: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, description: 'Introductions it can carry at once' })),
    originCountry: Type.Optional(CountryCode)
  },
  { title: 'TechnologyDetails' }
)
export type TechnologyDetails = Static<typeof TechnologyDetails>
