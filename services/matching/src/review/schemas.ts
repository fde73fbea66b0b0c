import {
  Closed,
  CodeOf,
  CountryCode,
  Day,
  declineCodes,
  Instant,
  languages,
  ListOf,
  matchStates,
  Nullable,
  pageQuery,
  strengthBands,
  Text,
  Uuid
} from '@siku/contracts'
import { featureNames } from '@siku/matcher'
import { Type, type Static } from 'typebox'
import type { Question } from '../questions/question-schemas.ts'

const Band = CodeOf(strengthBands, 'Strength in words')
const State = CodeOf(matchStates)
const Millionths = Nullable(Type.Integer({ description: 'Score in millionths; for staff only' }))
const Lang = Type.Optional(CodeOf(languages, 'Language of labels and sentences; Accept-Language without it'))

/** A record as it stands in a list of matches, in public text. */
export const RecordLine = Closed({
  id: Uuid,
  version: Type.Integer(),
  reference: Type.String(),
  language: Type.String({ description: 'Language the title was written in' }),
  title: Type.String(),
  translatedTitle: Nullable(Type.String({ description: 'Title in the reader’s language, where there is a translation' })),
  country: Nullable(Type.String()),
  ownerType: Type.String(),
  ownerName: Nullable(Type.String({ description: 'Only where the record is public under its owner’s name' })),
  sectors: Type.Array(Type.String())
})
export type RecordLine = Static<typeof RecordLine>

const flags = {
  uncleared: Type.Boolean({ description: 'Blocked: the technology must be assessed for this country first' }),
  changed: Type.Boolean({ description: 'A record has a new version since the match was proposed or decided' }),
  renewed: Type.Boolean({ description: 'Proposed again after a rejection, because a text has changed' }),
  closed: Type.Boolean({ description: 'Decided, and one of its records is no longer open' })
}
export const flagNames = ['uncleared', 'changed', 'renewed', 'closed'] as const

const Priority = Closed(
  {
    points: Type.Integer({ minimum: 0 }),
    reasons: Type.Array(
      Closed({
        code: Type.String(),
        points: Type.Integer(),
        text: Type.String({ description: 'In Chinese to readers of Chinese, in English to all others' }),
        quote: Type.String({ description: 'Words of the plan' })
      })
    )
  },
  {
    description:
      'Why the demand stands ahead by the priorities of the plan: told to staff, in a list sorted by priority. Never part of a score'
  }
)

const summary = {
  id: Uuid,
  view: CodeOf(['staff', 'owner'] as const, 'Whether all of the match is shown, or what the owner of the technology may see'),
  unreviewed: Type.Boolean({ description: 'No person has approved it' }),
  state: Nullable(State),
  band: Band,
  scoreMillionths: Millionths,
  flags: Closed(flags),
  country: Nullable(Type.String({ description: 'Country that asks' })),
  cap: Nullable(
    Closed(
      {
        kind: CodeOf(['capacity', 'organisation', 'duplicate'] as const),
        because: Nullable({ ...Uuid, description: 'The match of the same list that stands before it for this reason' }),
        sentence: Type.String()
      },
      { description: 'Why it stands behind the others in the list of its demand; for staff only' }
    )
  ),
  priority: Nullable(Priority),
  demand: RecordLine,
  technology: RecordLine,
  takenBy: Nullable(Type.String({ description: 'User id of who took it; for staff only' })),
  proposedAt: Instant,
  ageDays: Type.Integer({ minimum: 0 }),
  revision: Type.Integer({ description: 'Its ETag is "r" and this number' })
}
export const MatchSummary = Closed(summary, { $id: 'MatchSummary' })
export type MatchSummary = Static<typeof MatchSummary>

const Snippet = Closed({
  field: Type.String({ description: 'Field of the original text, by name or JSON pointer' }),
  start: Type.Integer({ description: 'First code point' }),
  end: Type.Integer({ description: 'Code point after the last' }),
  before: Type.String(),
  text: Type.String(),
  after: Type.String()
})
export type Snippet = Static<typeof Snippet>

export const Evidence = Closed({
  demandConcept: Closed({ id: Type.String(), label: Type.String() }),
  technologyConcept: Closed({ id: Type.String(), label: Type.String() }),
  relation: Type.String(),
  share: Nullable(Type.Number({ description: 'Part of what the pair has in common; for staff only' })),
  demand: Type.Array(Snippet),
  technology: Type.Array(Snippet)
})
export type Evidence = Static<typeof Evidence>

const OriginalText = Closed({
  language: Type.String(),
  version: Type.Integer(),
  title: Type.String(),
  summary: Type.String(),
  description: Type.String()
})

export const Match = Closed(
  {
    ...summary,
    explanation: Closed({
      language: CodeOf(languages),
      headline: Type.String(),
      reasons: Type.Array(Type.String()),
      missing: Type.Array(Type.String(), { description: 'What was asked and is contradicted, or without evidence' }),
      against: Nullable(Type.String({ description: 'The strongest argument against' }))
    }),
    evidence: Type.Array(Evidence, { description: 'Where both original texts say so' }),
    evidenceOutdated: Type.Boolean({
      description: 'A text has a newer version than the one that was scored; evidence follows with the next run'
    }),
    questions: Type.Array(Type.Unsafe<Question>({ $ref: 'Question#' }), {
      description: 'What is missing, as questions; to owners those to their own side'
    }),
    texts: Closed({ demand: OriginalText, technology: OriginalText }),
    contributions: Nullable(
      Type.Array(
        Closed({ feature: CodeOf(['bias', ...featureNames] as const), value: Type.Number(), contributionMillionths: Type.Integer() }),
        {
          description: 'In millionths of log-odds; their sum is logOddsMillionths. For staff only'
        }
      )
    ),
    logOddsMillionths: Nullable(Type.Integer()),
    previous: Nullable(
      Closed({ demandVersion: Type.Integer(), technologyVersion: Type.Integer(), scoreMillionths: Type.Integer(), band: Band })
    ),
    decision: Nullable(
      Closed({
        by: Type.String(),
        at: Instant,
        code: Nullable(CodeOf(declineCodes)),
        note: Nullable(Type.String()),
        until: Nullable(Day)
      })
    ),
    thesaurusEdition: Type.String(),
    weightsVersion: Type.String()
  },
  { $id: 'Match' }
)
export type Match = Static<typeof Match>

const sorts = ['strength', 'age', 'priority'] as const
export type SortOrder = (typeof sorts)[number]
const Sort = Type.Optional(
  CodeOf(
    sorts,
    'Strongest first (default), longest waiting first, or for staff what the plan puts first, then strength; without priorities and to owners the last is by strength'
  )
)

const filters = {
  country: Type.Optional(CountryCode),
  band: Type.Optional(Band),
  state: Type.Optional(Type.Array(State, { maxItems: matchStates.length, description: 'Default: proposed and in review' })),
  sector: Type.Optional(Text(64, 'Sector or field of the plan of either record')),
  minAgeDays: Type.Optional(Type.Integer({ minimum: 0, maximum: 3650, description: 'Proposed at least so many days ago' })),
  flagged: Type.Optional(CodeOf([...flagNames, 'any'] as const)),
  lang: Lang,
  ...pageQuery
}

export const ListQuery = Closed({
  demand: Type.Optional(Uuid),
  technology: Type.Optional(Uuid),
  sort: Sort,
  ...filters
})
export type ListQuery = Static<typeof ListQuery>

export const DemandsQuery = Closed({ sort: Sort, ...filters })
export type DemandsQuery = Static<typeof DemandsQuery>

export const DemandShortlist = Closed(
  {
    demand: RecordLine,
    priority: Nullable(Priority),
    count: Type.Integer({ description: 'Matches that fit the filters' }),
    bestBand: Band,
    oldestProposedAt: Instant,
    ageDays: Type.Integer({ minimum: 0 }),
    shortlist: ListOf(Type.Unsafe<MatchSummary>({ $ref: 'MatchSummary#' }), 5, 'The strongest five')
  },
  { $id: 'DemandShortlist' }
)
export type DemandShortlist = Static<typeof DemandShortlist>

export const ReadQuery = Closed({ lang: Lang })
export const IdParams = Closed({ id: Uuid })
export const CountQuery = Closed({ demand: Uuid })
export const Count = Closed({
  demand: Uuid,
  count: Type.Integer({ minimum: 0, description: 'Matches of this demand; which ones is not told' })
})

const Note = Type.Optional(Text(2000, 'For staff only'))
export const ApproveBody = Closed({ note: Note })
export const RejectBody = Closed({ code: CodeOf(declineCodes, 'Why'), note: Note })
export const DeferBody = Closed({ until: Day, note: Note })
