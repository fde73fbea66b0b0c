import { Closed, ListOf, Text, Uuid } from '@siku/contracts'
import { refTo } from '@siku/service-kit'
import { Type } from 'typebox'
import { keyScopes } from '../accounts/key-rights.ts'
import { reading, writing } from './access.ts'
import { Id, IssuedKey, KeyLine, ValidDays } from './schemas.ts'

const tags = ['keys']
const response = { 201: refTo(IssuedKey) }

/** API keys of an organisation’s programs. */
export const keyOperations = {
  listKeys: {
    config: reading('key.read'),
    schema: {
      operationId: 'list_keys',
      tags,
      summary: 'Keys of an organisation, without their secrets',
      querystring: Closed({ organisationId: Type.Optional(Uuid) }),
      response: { 200: Closed({ data: ListOf(refTo(KeyLine), 1000) }) }
    }
  },
  createKey: {
    config: writing('key.write'),
    schema: {
      operationId: 'create_key',
      tags,
      summary: 'Make a key; the secret is shown once',
      body: Closed({
        client: Text(60, 'Name of the program that uses it'),
        scopes: Type.Array(Type.String({ maxLength: 64 }), {
          minItems: 1,
          maxItems: keyScopes.length,
          uniqueItems: true,
          description: `Of ${keyScopes.join(', ')}`
        }),
        validDays: ValidDays
      }),
      response
    }
  },
  rotateKey: {
    config: writing('key.write'),
    schema: {
      operationId: 'rotate_key',
      tags,
      summary: 'Make a second key beside this one, then revoke this one',
      params: Id,
      body: Closed({ validDays: ValidDays }),
      response
    }
  },
  revokeKey: {
    config: writing('key.revoke'),
    schema: { operationId: 'revoke_key', tags, summary: 'Revoke a key at once', params: Id, response: { 204: Type.Null() } }
  }
}
