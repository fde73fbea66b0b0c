import { systemNow } from '@siku/service-kit'
import { createInterface } from 'node:readline/promises'
import { openInstallation } from '../installation/open-installation.ts'
import { serviceCaller } from '../seed/call-service.ts'
import { postSample } from '../seed/post-sample.ts'
import { seedAccounts, signInsOf } from '../seed/seed-accounts.ts'
import { waitUntilQuiet } from '../seed/wait-until-quiet.ts'
import { CommandError, defineCommand, usageError, type Call } from './command.ts'
import { openDatabase } from './open-database.ts'

const quietMs = 300_000
const everyRecords = 25

export const command = defineCommand({
  summary: 'Loads the invented sample into the daily installation',
  more: 'The demonstration (`npm run demo`) has a folder of its own and needs this not. What was loaded before is not loaded again.',
  options: {
    yes: { type: 'boolean', description: 'Do not ask' },
    accounts: {
      type: 'boolean',
      description: 'Also seat one account for each role, with the password of the demonstration, which everybody knows'
    }
  },
  run: async ({ values, opened, log, out, say }) => {
    if (!values.yes) await assertWanted(say, values.accounts ?? false)
    const { urls, secret } = await openDatabase({ opened })
    const { REDIS_URL: redisUrl } = process.env
    const installation = await openInstallation(opened, { urls, secret, log, port: 0, ...(redisUrl ? { redisUrl } : {}) })
    const { call } = opened.use('caller', serviceCaller({ services: installation.services, sign: installation.keyRing.sign }))
    const { databases, keyOf, matching, address: publicUrl } = installation
    await seedAccounts({ db: databases.gateway, secret, keyOf, log, publicUrl, accounts: values.accounts ?? false })
    const onProgress = (done: number, total: number) =>
      done % everyRecords === 0 || done === total ? say(`  ${done} of ${total} records`) : undefined
    const { records, skipped } = await postSample({ call, keyOf, databases, today: systemNow(), onProgress })
    say('indexing and matching, both ways …')
    const { parked } = await waitUntilQuiet(matching.db, { timeoutMs: quietMs })
    out(
      `${records.size - skipped} records loaded, ${skipped} were there already; all indexed and matched${parked > 0 ? `, ${parked} pieces of work parked` : ''}.`
    )
    if (values.accounts) for (const line of signInsOf()) out(`  ${line}`)
  }
})

async function assertWanted(say: Call['say'], accounts: boolean): Promise<void> {
  say(
    'This puts invented organisations and records into the daily installation, among whatever is real there. They can be withdrawn, but not taken out again.'
  )
  if (accounts) say('It also seats accounts, staff among them, whose password everybody knows.')
  if (!process.stdin.isTTY) throw usageError('Nobody can be asked here; say --yes if you mean it.')
  const asking = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await asking.question('Go on? [y/N] ').finally(() => asking.close())
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError('SIKU_COMMAND_NOT_WANTED', 'Nothing was loaded.')
}
