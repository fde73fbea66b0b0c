import { Closed } from '@siku/contracts'
import { problemResponses, refTo } from '@siku/service-kit'
import { Type } from 'typebox'
import { guarded, unrepeated, writing } from './access.ts'
import { Code, LinkToken, Password, PersonName, RecoveryCodes, SessionState, TotpEnrolment } from './schemas.ts'

const tags = ['account']
const byLink = problemResponses(410)
// A half session may enrol, so these are open to visitors too and the verbs look at the session themselves.
const config = { ...writing('session.open'), ...unrepeated, ...guarded }

/** What a person does with the own account. */
export const accountOperations = {
  acceptInvitation: {
    config,
    schema: {
      operationId: 'accept_invitation',
      tags,
      summary: 'Accept an invitation or sign-up link: sets the password and signs in',
      body: Closed({ token: LinkToken, password: Password, displayName: Type.Optional(PersonName) }),
      response: { 200: refTo(SessionState), ...byLink }
    }
  },
  resetPassword: {
    config,
    schema: {
      operationId: 'reset_password',
      tags,
      summary: 'Set a password by a reset link; every session ends',
      body: Closed({ token: LinkToken, password: Password }),
      response: { 204: Type.Null(), ...byLink }
    }
  },
  changePassword: {
    config: { ...writing('account.edit'), ...unrepeated, ...guarded },
    schema: {
      operationId: 'change_password',
      tags,
      summary: 'Change the own password; the other sessions end',
      body: Closed({ current: Password, password: Password }),
      response: { 204: Type.Null() }
    }
  },
  enrolTotp: {
    config,
    schema: { operationId: 'enrol_totp', tags, summary: 'Begin to enrol an authenticator', response: { 200: TotpEnrolment } }
  },
  confirmTotp: {
    config,
    schema: {
      operationId: 'confirm_totp',
      tags,
      summary: 'Confirm the authenticator with a first code; gives the recovery codes',
      body: Closed({ code: Code }),
      response: { 200: RecoveryCodes }
    }
  },
  disableTotp: {
    config: { ...writing('account.edit'), ...unrepeated, ...guarded },
    schema: {
      operationId: 'disable_totp',
      tags,
      summary: 'Switch the authenticator off, where the roles do not require one',
      body: Closed({ password: Password, code: Code }),
      response: { 204: Type.Null() }
    }
  }
}
