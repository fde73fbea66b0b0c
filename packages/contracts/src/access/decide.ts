import type { Actor } from '../actor.ts'
import type { LibraryName } from '../libraries.ts'
import { accessTable, type AccessLine } from './table.ts'
import { maySee, type PublishedAccess } from './visibility.ts'

/** What an action is about. Absent fields do not restrict. */
export type Subject = {
  library?: LibraryName
  ownerOrganisationId?: string | null
  /** Author of the working version in hand. */
  authorId?: string | null
  state?: string
  /** Facts of the published row, when there is one. */
  published?: PublishedAccess | null
}

/** `absent` answers like an object that does not exist, so that a refusal tells nothing. */
export type Decision = { allow: true } | { allow: false; as: 'unauthenticated' | 'forbidden' | 'absent'; reason: string }

const allowed: Decision = { allow: true }

const isMeant = (actor: Actor, line: AccessLine): boolean =>
  line.who.some((who) => {
    if (who === 'anyone') return true
    if (who === 'signed-in') return actor.kind === 'user' || actor.kind === 'key'
    return actor.kind === 'service' ? actor.id === who : (actor.roles as readonly string[]).includes(who)
  })

/** Lines of the table that speak of this actor and action. */
const linesFor = (actor: Actor, action: string, library?: LibraryName) =>
  accessTable.filter((line) => line.action === action && isMeant(actor, line) && (library === undefined || (line.libraries?.includes(library) ?? true)))

/** Before anything is read or validated: may this actor ever do this here? */
export function decideRoute(actor: Actor, action: string, scope: string, library?: LibraryName): Decision {
  if (!hasScope(actor, scope)) return { allow: false, as: 'forbidden', reason: `the key lacks the scope ${scope}` }
  if (linesFor(actor, action, library).length > 0) return allowed
  if (actor.kind === 'anonymous') return { allow: false, as: 'unauthenticated', reason: 'sign in first' }
  return { allow: false, as: 'forbidden', reason: `none of your roles may ${action}` }
}

const hasScope = (actor: Actor, scope: string) => actor.scopes.includes('*') || actor.scopes.includes(scope)

/** May this actor do this to this subject? The one place that knows. */
export function decide(actor: Actor, action: string, subject: Subject): Decision {
  const lines = linesFor(actor, action, subject.library).filter((line) => isWhose(actor, line, subject))
  if (lines.length === 0) return { allow: false, as: 'absent', reason: 'not yours to see' }
  const inState = lines.filter((line) => line.states === undefined || subject.state === undefined || line.states.includes(subject.state))
  if (inState.length === 0) return { allow: false, as: 'forbidden', reason: `not while it is ${subject.state}` }
  if (inState.every((line) => line.notAuthor && subject.authorId === actor.id)) {
    return { allow: false, as: 'forbidden', reason: 'another person than the author must do this' }
  }
  return allowed
}

function isWhose(actor: Actor, line: AccessLine, subject: Subject): boolean {
  if (line.whose === 'any') return true
  const owns = actor.organisationId !== null && actor.organisationId === subject.ownerOrganisationId
  if (line.whose === 'own') return owns
  return subject.published ? maySee(actor, subject.published) : false
}
