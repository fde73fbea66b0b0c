import type { FastifyReply } from 'fastify'
import type { Static } from 'typebox'
import { nameOf } from '../accounts/actor-of.ts'
import { giveSession, type GatewayParts } from '../parts.ts'
import type { GivenSession, OpenSession } from '../sessions/session-store.ts'
import type { SessionState } from './schemas.ts'

type State = Static<typeof SessionState>

const states = { full: 'signed-in', totp: 'code-needed', enrolment: 'enrolment-needed' } as const

/** Lays a session that was just opened into the browser and says how far signing in has come. */
export function answerSession(parts: GatewayParts, reply: FastifyReply, session: GivenSession): State {
  giveSession(parts, reply, session)
  return { state: states[session.stage], csrf: parts.secrets.csrfOf(session.token), user: null }
}

/** A half session says how far it is and nothing of the person. */
export function sessionStateOf({ secrets }: Pick<GatewayParts, 'secrets'>, session: (OpenSession & { token: string }) | null): State {
  if (!session) return { state: 'visitor', csrf: null, user: null }
  const { account, organisation, stage, token } = session
  const csrf = secrets.csrfOf(token)
  if (stage !== 'full') return { state: states[stage], csrf, user: null }
  const { id, displayName, email, language, roles } = account
  const { type, country, state } = organisation
  return {
    state: 'signed-in',
    csrf,
    user: {
      id,
      displayName,
      email,
      language,
      roles,
      organisation: { id: organisation.id, name: nameOf(organisation), type, country, state }
    }
  }
}
