import { Closed, Uuid } from '@siku/contracts'
import { refTo } from '@siku/service-kit'
import { Type } from 'typebox'
import { reading, writing } from './access.ts'
import { Email, Id, IssuedLink, Language, PersonName, Roles, User, UserList } from './schemas.ts'

const tags = ['users']
const response = { 200: refTo(User) }
const linkResponse = { 201: refTo(IssuedLink) }

/** The people of an organisation. */
export const userOperations = {
  listUsers: {
    config: reading('user.list'),
    schema: {
      operationId: 'list_users',
      tags,
      summary: 'People of an organisation and its open invitations',
      querystring: Closed({ organisationId: Type.Optional(Uuid) }),
      response: { 200: UserList }
    }
  },
  inviteUser: {
    config: writing('user.invite'),
    schema: {
      operationId: 'invite_user',
      tags,
      summary: 'Invite a person; gives the one-time link to hand over',
      body: Closed({ email: Email, displayName: PersonName, language: Language, roles: Roles, organisationId: Type.Optional(Uuid) }),
      response: linkResponse
    }
  },
  getUser: {
    config: reading('user.list'),
    schema: { operationId: 'get_user', tags, summary: 'One person', params: Id, response }
  },
  makeResetLink: {
    config: writing('user.edit'),
    schema: {
      operationId: 'make_reset_link',
      tags,
      summary: 'A link to set another password; with clearsTotp also another authenticator',
      params: Id,
      body: Closed({ clearsTotp: Type.Boolean({ default: false }) }),
      response: linkResponse
    }
  },
  changeRoles: {
    config: writing('user.edit'),
    schema: {
      operationId: 'change_roles',
      tags,
      summary: 'Give a person other roles; the sessions end',
      params: Id,
      body: Closed({ roles: Roles }),
      response
    }
  },
  disableUser: {
    config: writing('user.disable'),
    schema: { operationId: 'disable_user', tags, summary: 'End an account; its records stay with the organisation', params: Id, response }
  },
  handOver: {
    config: writing('user.handover'),
    schema: {
      operationId: 'hand_over',
      tags,
      summary: 'Hand a desk over to a successor; nothing is moved, for needs belong to the mission',
      params: Id,
      body: Closed({ successorId: Uuid }),
      response
    }
  }
}
