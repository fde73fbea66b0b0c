import { revokeKey } from '@siku/gateway'
import { accountContext } from './account-context.ts'
import { defineCommand, usageError } from './command.ts'
import { openDatabase } from './open-database.ts'
import { isUuid } from './uuid.ts'

export const command = defineCommand({
  summary: 'Ends an API key at once',
  follows: '<id>',
  followsMax: 1,
  more: '`npm run siku -- keys list` shows the ids. Revoking a key again changes nothing.',
  options: {},
  run: async ({ positionals: [id = ''], opened, log, out }) => {
    if (!isUuid(id)) throw usageError(`'keys revoke' takes the id of a key as \`keys list\` shows it; '${id}' is none.`)
    const here = await openDatabase({ opened })
    await revokeKey(accountContext({ log }, here), { id })
    out(`The key ${id} is revoked; what still uses it is refused from now on.`)
  }
})
