import { Closed, CodeOf, CountryCode, Instant, languages, ListOf, matchStates, Nullable, strengthBands, Uuid } from '@siku/contracts'
import { problemResponses, refTo } from '@siku/service-kit'
import { Type, type Static } from 'typebox'
import { RecordLine } from '../review/schemas.ts'

const Concept = Closed({ id: Type.String(), label: Type.String({ description: 'In the reader’s language' }) })
const Codepoint = Type.Integer({ minimum: 0, description: 'Code points of the field' })

const Place = Closed({ field: Type.String(), start: Codepoint, end: { ...Codepoint, description: 'Code point after the last' } })
export type Place = Static<typeof Place>

const GlossSegment = Closed({
  start: Codepoint,
  end: Codepoint,
  label: Type.String({ description: 'What stands there, in the reader’s language' }),
  conceptId: Nullable(Type.String()),
  quantity: Nullable(
    Closed({ value: Type.Number(), valueMax: Nullable(Type.Number()), operator: Type.String(), unit: Type.String({ description: 'UCUM' }) })
  )
})

export const GlossedText = Closed({
  language: Type.String({ description: 'Language the text was written in, BCP 47' }),
  version: Type.Integer(),
  fields: Type.Array(
    Closed({
      field: Type.String({ description: 'title, summary, description, or a JSON pointer' }),
      text: Type.String(),
      gloss: Type.Array(GlossSegment, { description: 'Rising, without overlaps; empty where the text is in the reader’s language' })
    })
  )
})
export type GlossedText = Static<typeof GlossedText>

const JoinedPair = Closed({
  number: Type.Integer({ minimum: 1, description: 'Joins the places of both texts; the weightiest pair is 1' }),
  demandConcept: Concept,
  technologyConcept: Concept,
  relation: Type.String(),
  share: Type.Number({ description: 'Part of what the two have in common, 0 to 1' }),
  demand: Type.Array(Place),
  technology: Type.Array(Place)
})
export type JoinedPair = Static<typeof JoinedPair>

const ShortlistLine = Closed({
  match: Uuid,
  state: CodeOf(matchStates),
  band: CodeOf(strengthBands, 'Strength in words'),
  scoreMillionths: Type.Integer(),
  unreviewed: Type.Boolean({ description: 'No person has approved it' }),
  uncleared: Type.Boolean({ description: 'Blocked: the technology must be assessed for this country first' }),
  technology: RecordLine,
  text: GlossedText,
  explanation: Closed({
    headline: Type.String(),
    reasons: Type.Array(Type.String()),
    missing: Type.Array(Type.String(), { description: 'What was asked and is contradicted, or without evidence' }),
    against: Nullable(Type.String({ description: 'The strongest argument against' }))
  }),
  pairs: Type.Array(JoinedPair),
  outdated: Type.Boolean({ description: 'A text has a newer version than the one that was scored; no places are shown for it' })
})
export type ShortlistLine = Static<typeof ShortlistLine>

const SharedConcept = Closed({
  demandConcept: Concept,
  otherConcept: Concept,
  relation: Type.String(),
  demand: Type.Array(Place),
  other: Type.Array(Place)
})

const entry = {
  record: RecordLine,
  reason: Type.String({ description: 'Why, in the reader’s language' }),
  scoreMillionths: Nullable(Type.Integer({ description: 'For staff only' })),
  place: CodeOf(['country', 'region', 'elsewhere'] as const, 'The country that asks, its region, or elsewhere'),
  countries: Type.Array(CountryCode),
  shared: Type.Array(SharedConcept)
}
const PrecedentLine = Closed({
  ...entry,
  solution: Nullable({ ...Uuid, description: 'The technology of the shortlist it is most like; for staff only' })
})
const InstitutionLine = Closed({
  ...entry,
  services: Type.Array(Type.String(), { description: 'What the demand will need of what it offers' }),
  sectors: Type.Array(Type.String())
})
export type PrecedentLine = Static<typeof PrecedentLine>
export type InstitutionLine = Static<typeof InstitutionLine>

export const shownMax = 3
export const shortlistMax = 5

export const Dossier = Closed(
  {
    language: CodeOf(languages, 'Language of labels and sentences'),
    view: CodeOf(['staff', 'asker'] as const, 'All of it, or what the demand’s own side may see'),
    demand: Closed({ record: RecordLine, text: GlossedText }),
    count: Type.Integer({
      minimum: 0,
      description: 'Technologies that fit; which ones is for staff until a match is approved and introduced'
    }),
    shortlist: ListOf(ShortlistLine, shortlistMax, 'Strongest first, as the desk shows it; empty for the demand’s side'),
    precedents: ListOf(PrecedentLine, shownMax, 'Project results that show it can be done'),
    institutions: ListOf(InstitutionLine, shownMax, 'Institutions that can carry it'),
    edition: Type.String({ description: 'Thesaurus edition of precedents and institutions' }),
    computedAt: Nullable({
      ...Instant,
      description: 'When precedents and institutions were last found different; null before the first time'
    }),
    stale: Type.Boolean({ description: 'Something has changed since; it is owed anew' })
  },
  { $id: 'Dossier' }
)
export type Dossier = Static<typeof Dossier>

export const dossierSchemas = {
  read: {
    operationId: 'get_dossier',
    tags: ['dossiers'],
    summary: 'The dossier of a demand: its shortlist with evidence in both languages, precedents and institutions',
    params: Closed({ demandId: Uuid }),
    querystring: Closed({ lang: Type.Optional(CodeOf(languages, 'Language of labels and sentences; Accept-Language without it')) }),
    response: { 200: refTo(Dossier), ...problemResponses(404) }
  }
}
