import { Type, type Static } from 'typebox'
import {
  Budget,
  classOf,
  Closed,
  CodeOf,
  CodesOf,
  cooperationModes,
  CountryCode,
  CriterionInput,
  Day,
  endUserTypes,
  intakeChannels,
  Instant,
  ListOf,
  organisationTypes,
  Partner,
  seekings,
  Text
} from '@siku/contracts'

const Collector = Closed({
  type: CodeOf(organisationTypes),
  sendingCountry: CountryCode,
  channel: CodeOf(intakeChannels),
  documentNumber: Type.Optional(Text(100, 'Number of the note or letter')),
  receivedAt: Type.Optional(Instant)
})

const EndUser = Closed({
  name: Type.Optional(classOf('confidential', Text(300))),
  type: CodeOf(endUserTypes),
  country: CountryCode,
  region: Type.Optional(Text(200))
})

const Timeline = Closed({
  neededBy: Type.Optional(Day),
  decisionDate: Type.Optional(Day),
  responseDeadline: Type.Optional(Day),
  callDeadline: Type.Optional(Day)
})

const Programme = Closed({
  framework: Type.Optional(Text(200)),
  callId: Type.Optional(Text(100)),
  callTitle: Type.Optional(Text(300)),
  callUrl: Type.Optional(Type.String({ format: 'uri', maxLength: 500 })),
  coordinatorRequired: Type.Optional(Type.Boolean()),
  durationWeeks: Type.Optional(Type.Integer({ minimum: 1, maximum: 1040 })),
  acronym: Type.Optional(Text(50))
})

const Procurement = Closed({
  tenderReference: Type.Optional(Text(100)),
  procedure: Type.Optional(CodeOf(['open', 'limited'] as const)),
  foreignBiddersEligible: Type.Optional(Type.Boolean())
})

/** What only the demand library understands. `seeks` routes the matcher: a park or an investment has no technology behind it. */
export const DemandDetails = Closed(
  {
    seeks: CodeOf(seekings),
    problem: Text(2000, 'The problem as the people who have it say it'),
    currentSituation: Type.Optional(Text(2000)),
    specification: Type.Optional(Text(2000)),
    criteria: Type.Optional(ListOf(CriterionInput, 40, 'Must-have, nice-to-have and not-of-interest')),
    successCriteria: Type.Optional(ListOf(Text(500), 20)),
    siteConditions: Type.Optional(Text(2000)),
    localStandards: Type.Optional(ListOf(Text(200), 20)),
    localContentRule: Type.Optional(Text(1000)),
    trlMin: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
    cooperationModes: Type.Optional(CodesOf(cooperationModes)),
    budget: Type.Optional(Budget),
    timeline: Type.Optional(Timeline),
    programme: Type.Optional(Programme),
    procurement: Type.Optional(Procurement),
    collector: Type.Optional(Collector),
    endUser: Type.Optional(EndUser),
    priority: Type.Optional(Closed({ intergovernmental: Type.Boolean(), linkedItem: Type.Optional(Text(300)) })),
    partner: Type.Optional(Partner),
    replyLanguage: Type.Optional(Text(35)),
    endUseStatement: Type.Optional(Closed({ text: Text(2000), militaryOrDualUse: Type.Boolean() }))
  },
  { title: 'DemandDetails' }
)
export type DemandDetails = Static<typeof DemandDetails>
