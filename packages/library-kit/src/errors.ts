import { defineProblem } from '@siku/service-kit'

export const DraftInvalid = defineProblem<[string]>('SIKU_LIBRARY_DRAFT_INVALID', 422, 'The draft cannot be taken as it is: %s')
export const NotInState = defineProblem<[string, string, string]>(
  'SIKU_LIBRARY_NOT_IN_STATE',
  409,
  '%s is not possible while the record is %s; possible now: %s'
)
export const NothingWorking = defineProblem<[string]>(
  'SIKU_LIBRARY_NOTHING_WORKING',
  409,
  'There is no working version to %s; edit the record first, which opens one'
)
export const AuthorMayNot = defineProblem<[string]>(
  'SIKU_LIBRARY_AUTHOR_MAY_NOT',
  403,
  'Who wrote a version may not %s it; ask another person'
)
export const NotDeclared = defineProblem<[string]>(
  'SIKU_LIBRARY_NOT_DECLARED',
  422,
  'Before it is submitted all four declarations must be true; missing: %s'
)
export const StateSecretRefused = defineProblem(
  'SIKU_LIBRARY_STATE_SECRET',
  422,
  'A record that may hold a state secret is not taken here; leave the matter to the secrecy office of your organisation'
)
export const IdentityLeak = defineProblem<[number]>(
  'SIKU_LIBRARY_IDENTITY_LEAK',
  422,
  'It is to be published without its owner’s name, yet %s passages may tell who it is; remove each, or confirm it by its key if it tells nothing'
)
export const LeakUnknown = defineProblem<[number]>(
  'SIKU_LIBRARY_LEAK_UNKNOWN',
  422,
  '%s of the keys name no passage of the draft as it is now; take the keys from a fresh check'
)
export const ControlForbids = defineProblem<[string]>(
  'SIKU_LIBRARY_CONTROL_FORBIDS',
  409,
  'Its control state is %s, which may not be published; a new assessment by two people would be needed'
)
export const RenewalRefused = defineProblem<[string]>('SIKU_LIBRARY_RENEWAL_REFUSED', 409, 'It cannot be confirmed now: %s')
export const MergeTargetWrong = defineProblem(
  'SIKU_LIBRARY_MERGE_TARGET',
  422,
  'The record to merge into must be another live record of this library'
)
export const CursorUnknown = defineProblem(
  'SIKU_LIBRARY_CURSOR_UNKNOWN',
  400,
  'This cursor was not given out for this list; start without one'
)
export const SecondPersonNeeded = defineProblem(
  'SIKU_LIBRARY_SECOND_PERSON',
  403,
  'A control state needs two people: who assessed it may not confirm it'
)
export const NothingToConfirm = defineProblem(
  'SIKU_LIBRARY_NOTHING_TO_CONFIRM',
  409,
  'No assessment waits for a second person; assess the record first'
)
export const AssessmentPending = defineProblem(
  'SIKU_LIBRARY_ASSESSMENT_PENDING',
  409,
  'An assessment already waits for its second person; confirm or withdraw that one first'
)
export const AssessmentOutdated = defineProblem(
  'SIKU_LIBRARY_ASSESSMENT_OUTDATED',
  409,
  'The text has changed since it was assessed; withdraw that assessment and assess the text as it is now'
)
export const LetterNeeded = defineProblem(
  'SIKU_LIBRARY_LETTER_REFUSED',
  422,
  'A letter of intent belongs to the state `restricted` only, and must end after it begins and not in the past'
)
export const FileRefused = defineProblem<[string]>('SIKU_LIBRARY_FILE_REFUSED', 422, 'The file is not taken: %s')
export const FileTypeRefused = defineProblem<[string]>(
  'SIKU_LIBRARY_FILE_TYPE',
  415,
  'Files of this kind (%s) are not taken; send PDF, PNG, JPEG, DOCX, XLSX, PPTX, CSV or plain text'
)
export const ContactMissing = defineProblem(
  'SIKU_LIBRARY_CONTACT_MISSING',
  404,
  'No contact is stored for this record; its owner can add one'
)
