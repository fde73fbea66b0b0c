import { Closed, ListOf } from '@siku/contracts'
import { refTo } from '@siku/service-kit'
import { Type } from 'typebox'
import { guarded, reading, unrepeated, writing } from './access.ts'
import { Code, Email, Id, Password, SessionLine, SessionState } from './schemas.ts'

const tags = ['session']
const State = refTo(SessionState)

/** Signing in and out, and the sessions a person has open. */
export const sessionOperations = {
  getSession: {
    config: reading('session.open'),
    schema: { operationId: 'get_session', tags, summary: 'Who is signed in, and the CSRF value', response: { 200: State } }
  },
  signIn: {
    config: { ...writing('session.open'), ...unrepeated, ...guarded },
    schema: {
      operationId: 'sign_in',
      tags,
      summary: 'Sign in with address and password; an authenticator’s code may follow',
      body: Closed({ email: Email, password: Password }),
      response: { 200: State }
    }
  },
  confirmSignIn: {
    config: { ...writing('session.open'), ...unrepeated, ...guarded },
    schema: {
      operationId: 'confirm_sign_in',
      tags,
      summary: 'Second step of signing in: the authenticator’s code or a recovery code',
      body: Closed({ code: Code }),
      response: { 200: State }
    }
  },
  signOut: {
    config: writing('session.open'),
    schema: { operationId: 'sign_out', tags, summary: 'Sign out', response: { 204: Type.Null() } }
  },
  listSessions: {
    config: reading('session.read'),
    schema: {
      operationId: 'list_sessions',
      tags,
      summary: 'The caller’s own open sessions',
      response: { 200: Closed({ data: ListOf(SessionLine, 200) }) }
    }
  },
  revokeSession: {
    config: writing('session.close'),
    schema: {
      operationId: 'revoke_session',
      tags,
      summary: 'End one of the caller’s own sessions',
      params: Id,
      response: { 204: Type.Null() }
    }
  }
}
