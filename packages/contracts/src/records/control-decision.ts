import { Type, type Static } from 'typebox'
import { controlStates } from '../codes.ts'
import { classOf, Closed, CodeOf, CountryCode, Day, Instant, ListOf, Nullable, Text, Uuid } from '../schema.ts'
import type { ControlState } from '../states/control.ts'

/** A letter of intent as its reader gets it: the owner learns the countries, staff the paper too. */
const LetterShown = Closed({
  countries: ListOf(CountryCode, 60),
  number: Type.Optional(classOf('internal', Text(100))),
  validFrom: Type.Optional(classOf('internal', Day)),
  validUntil: Type.Optional(classOf('internal', Day))
})

/**
 * One assessment under export control. The owner gets what follows from it: state, date, edition, countries of the letter and a sentence;
 * persons, notes and what was taken back are the staff's own.
 */
export const ControlDecision = Closed(
  {
    id: Uuid,
    version: Type.Integer({ description: 'Version that was assessed' }),
    state: CodeOf(controlStates),
    edition: Nullable(Text(100, 'Edition of the catalogue that was consulted')),
    sentence: Text(300, 'What the state means for the record, in English'),
    letter: Nullable(LetterShown),
    note: Type.Optional(classOf('review', Nullable(Text(2000)))),
    assessedBy: Type.Optional(classOf('internal', Text(64))),
    assessedAt: Instant,
    confirmedBy: Type.Optional(classOf('internal', Nullable(Text(64)))),
    confirmedAt: Nullable(Instant),
    withdrawnAt: Type.Optional(classOf('internal', Nullable(Instant)))
  },
  { title: 'ControlDecision' }
)
export type ControlDecision = Static<typeof ControlDecision>

const sentences: Record<ControlState, string> = {
  unassessed: 'It has not been assessed; nobody but its owner and staff sees it.',
  'machine-flagged': 'It may touch a control point; nobody but its owner and staff sees it until two people have assessed it.',
  'not-listed': 'The catalogue does not list it; it may be shown and negotiated abroad.',
  free: 'Its export is free; a contract has to be registered.',
  restricted: 'Its export is restricted; nothing may be negotiated abroad before a letter of intent is in force.',
  prohibited: 'Its export is prohibited; it is neither shown nor negotiated abroad.',
  'dual-use': 'It is a dual-use item; nobody but its owner and staff sees it.',
  undetermined: 'What it is could not be determined; nobody but its owner and staff sees it until it is assessed again.',
  'not-applicable': 'Export control does not apply to it.',
  secret: 'It may hold a state secret and is not kept here.'
}

/** What a state means for the record, said to its owner. */
export function controlSentence(state: ControlState, letter: { validFrom: string; validUntil: string } | null): string {
  if (state !== 'restricted' || letter === null) return sentences[state]
  return `Its export is restricted; it may be negotiated with the countries of the letter of intent, and no others, from ${letter.validFrom} to ${letter.validUntil}.`
}
