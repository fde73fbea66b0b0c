import { Type, type Static, type TObject, type TProperties } from 'typebox'
import { controlStates, recordStates, screeningStates, workingStates } from '../codes.ts'
import { libraryNames } from '../libraries.ts'
import { classOf, Closed, CodeOf, CountryCode, Day, Instant, ListOf, Nullable, Text, Uuid } from '../schema.ts'
import { envelope } from './draft.ts'

export const Owner = Closed({
  organisationId: Nullable(Uuid),
  name: Nullable(Text(300, 'Absent where the record is public without its owner’s name')),
  type: Text(64),
  country: CountryCode,
  district: Nullable(Text(64))
})

/** Whose turn it is, and by when: a function of state and dates. */
export const Turn = Closed({
  side: CodeOf(['owner', 'staff', 'nobody'] as const),
  does: Text(200),
  by: Nullable(Day)
})
export type Turn = Static<typeof Turn>

/** In what a record is read for matching: owner and staff are told, for only they can do something about it. */
export const Reading = Closed({
  state: CodeOf(
    ['original', 'translation', 'needs-translation'] as const,
    'Its own words, a reviewed translation of them, or nothing: then it is matched with nothing'
  ),
  language: Nullable(Text(35, 'Of what is read; where that is nothing, its tag, or null if its words belie that')),
  advice: Nullable(Text(600, 'What to do where it needs a translation'))
})
export type Reading = Static<typeof Reading>

/** Fields the platform sets; a request that carries one is refused. */
export const systemFields = {
  id: Uuid,
  library: CodeOf(libraryNames),
  reference: Text(64, 'TYPE-CC-YYYYMMDD-n; unique'),
  version: Type.Integer({ minimum: 0, description: 'Version of the content shown' }),
  revision: Type.Integer({
    minimum: 1,
    description: 'Counts every change; the ETag. Readers outside get a count of changes of what is public'
  }),
  state: CodeOf(recordStates),
  workingState: Type.Optional(Nullable(CodeOf(workingStates))),
  workingVersion: Type.Optional(Nullable(Type.Integer())),
  owner: Owner,
  controlState: CodeOf(controlStates),
  clearedCountries: ListOf(CountryCode, 250),
  screeningState: Type.Optional(classOf('internal', CodeOf(screeningStates))),
  validUntil: Nullable(Instant),
  renewals: Type.Integer({ minimum: 0 }),
  lastConfirmedAt: Nullable(Instant),
  createdAt: Instant,
  updatedAt: Instant,
  publishedAt: Nullable(Instant),
  mergedInto: Nullable(Uuid),
  reviewNotes: Type.Optional(
    classOf('review', ListOf(Closed({ at: Instant, by: Text(64), code: Text(64), text: Nullable(Text(2000)) }), 200))
  ),
  returnReasons: Type.Optional(ListOf(Closed({ code: Text(64), text: Nullable(Text(2000)) }), 20)),
  turn: Turn,
  reading: Type.Optional(Reading),
  hidden: ListOf(Text(200), 200, 'Pointers of fields that exist and that the reader may not see')
}

/** A record as readers get it: system fields, envelope, details. */
export function recordOf<D extends TProperties>(recordTypes: readonly string[], details: TObject<D>, title: string) {
  return Closed({ ...systemFields, recordType: CodeOf(recordTypes), ...envelope, openForInterest: Type.Boolean(), details }, { title })
}

/** One line of the change feed; a tombstone when the record left what the reader may see. */
export const Change = Closed({
  position: Type.Integer({ minimum: 1 }),
  id: Uuid,
  library: CodeOf(libraryNames),
  kind: CodeOf(['record', 'tombstone'] as const),
  reference: Nullable(Text(64)),
  version: Type.Integer({ minimum: 0 }),
  revision: Type.Integer({ minimum: 0 }),
  title: Nullable(Text(256)),
  sourceLanguage: Nullable(Text(35)),
  changedAt: Instant
})
export type Change = Static<typeof Change>
