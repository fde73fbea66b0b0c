import { listKeys, type AccountContext, type KeyLine } from '@siku/gateway'
import { sql } from 'drizzle-orm'
import { accountContext } from './account-context.ts'
import { defineCommand, jsonOption, tableOf } from './command.ts'
import { openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Lists API keys, newest first, without their secrets',
  options: {
    organisation: { type: 'string', value: 'ID', description: 'Only those of one organisation' },
    json: jsonOption
  },
  run: async ({ values, opened, log, out }) => {
    const here = await openDatabase({ opened })
    const ctx = accountContext({ log }, here)
    const organisations = values.organisation === undefined ? await organisationsWithKeys(ctx) : [values.organisation]
    const lists: KeyLine[][] = []
    for (const organisationId of organisations) lists.push(await listKeys(ctx, { organisationId }))
    const keys = lists.flat()
    if (values.json) return out(JSON.stringify({ keys }))
    if (keys.length === 0) return out('There are no API keys.')
    const rows = keys.map((key) => [
      key.id,
      key.prefix,
      key.state,
      key.client,
      key.scopes.join(' '),
      `until ${key.expiresAt}`,
      key.lastUsedAt ? `last used ${key.lastUsedAt}` : 'never used'
    ])
    for (const line of tableOf(rows, '')) out(line)
  }
})

async function organisationsWithKeys({ db, actor }: AccountContext): Promise<string[]> {
  return db.withRead(actor, async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`select distinct organisation_id as id from gateway.api_key order by organisation_id`)
    return [...rows].map(({ id }) => id)
  })
}
