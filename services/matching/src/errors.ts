import { defineProblem } from '@siku/service-kit'

export const MatchNotDecidable = defineProblem<[string, string, string]>(
  'SIKU_MATCHING_STATE',
  409,
  'This match is %s, so it cannot be decided that way (%s); possible now: %s'
)
export const MatchBlocked = defineProblem(
  'SIKU_MATCHING_ASSESS_FIRST',
  409,
  'The technology is not cleared for the country that asks; let compliance assess it first, then approve'
)
export const RecordClosed = defineProblem<[string]>(
  'SIKU_MATCHING_RECORD_CLOSED',
  409,
  'The %s is no longer open for interest; reject or defer the match, or have the record opened again'
)
export const OwnOrganisation = defineProblem(
  'SIKU_MATCHING_OWN_ORGANISATION',
  403,
  'One of the records belongs to your own organisation; a colleague of another organisation must decide'
)
export const DayNotAhead = defineProblem<[string]>('SIKU_MATCHING_DAY_NOT_AHEAD', 400, '/until must be a day after today (%s in Beijing)')
export const CursorUnknown = defineProblem(
  'SIKU_MATCHING_CURSOR_UNKNOWN',
  400,
  '/query/cursor is not one of this list; send `next` of the page before with the same sort, or none'
)

export const DuplicateDecided = defineProblem<[string]>(
  'SIKU_MATCHING_DUPLICATE_DECIDED',
  409,
  'This pair is %s already; the other decision may still be taken'
)
export const WeightsUnknown = defineProblem<[string]>(
  'SIKU_MATCHING_WEIGHTS_UNKNOWN',
  409,
  'The weights %s of this run are not kept here, so it cannot be replayed; runs made since the worker keeps its weights can'
)

export const ChangeIncomplete = defineProblem<[string, string]>(
  'SIKU_MATCHING_CHANGE_INCOMPLETE',
  422,
  'To %s send exactly these fields: %s'
)
export const ChangeInvalid = defineProblem<[number, string]>(
  'SIKU_MATCHING_CHANGE_INVALID',
  422,
  'The thesaurus would have %s fault(s) with this change: %s; see errors for what would be right'
)
export const ChangeReviewed = defineProblem<[string]>(
  'SIKU_MATCHING_CHANGE_REVIEWED',
  409,
  'This change is %s already; propose another one'
)
export const ChangeOutdated = defineProblem<[string, string]>(
  'SIKU_MATCHING_CHANGE_OUTDATED',
  409,
  'Approved change %s does not hold on the thesaurus as it is now (%s); reject it, then publish the others'
)
export const OwnProposal = defineProblem(
  'SIKU_MATCHING_OWN_PROPOSAL',
  403,
  'You proposed this change yourself; another person must review it'
)
export const EditionElsewhere = defineProblem<[string, string]>(
  'SIKU_MATCHING_EDITION_ELSEWHERE',
  409,
  'Edition %s stands on other shipped files than this process has (%s); `npm run siku -- migrate` takes the changes over'
)

/** A refit, a promotion or a roll-back that is refused; the command line says so. */
export class LearningError extends Error {
  readonly code: string
  constructor(code: string, message: string) {
    super(message)
    this.name = 'LearningError'
    this.code = code
  }
}

/** The index worker has not read the record with this thesaurus edition yet; the work comes due again. */
export class NotAnnotatedError extends Error {
  readonly code = 'SIKU_MATCHING_NOT_ANNOTATED'
  constructor(recordId: string, edition: string) {
    super(`Record ${recordId} is not annotated with thesaurus edition ${edition}; the index worker must run the same edition, or reindex`)
  }
}
