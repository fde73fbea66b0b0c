import { rotateSigningKey } from '@siku/gateway'
import { accountContext } from './account-context.ts'
import { CommandError, defineCommand } from './command.ts'
import { openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Begins a new key for access tokens',
  more: 'It is shown to all services for 15 minutes before it signs; the old one stays valid until tokens of it are gone. Siku does this by itself once a month.',
  options: {},
  run: async ({ opened, log, out }) => {
    const here = await openDatabase({ opened })
    const isRotated = await rotateSigningKey(accountContext({ log }, here), { force: true })
    if (!isRotated)
      throw new CommandError(
        'SIKU_COMMAND_ROTATION_RUNS',
        'A rotation is under way and two keys are known already; try again when the older one is gone, in at most 30 minutes.'
      )
    out('A new signing key is shown from now on and signs in 15 minutes; nobody has to sign in again.')
  }
})
