import { parkedWork } from '@siku/db'
import { limitOf } from './audit-list.ts'
import { defineCommand, jsonOption, tableOf } from './command.ts'
import { commandLine, openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Shows derived work that was set aside after failing, oldest first, with what went wrong',
  options: { limit: { type: 'string', value: 'N', description: 'Longest list; 50 unless given' }, json: jsonOption },
  run: async ({ values, opened, out }) => {
    const limit = limitOf(values.limit)
    const here = await openDatabase({ opened })
    const parked = await here.connect('matching').withRead(commandLine(), (tx) => parkedWork(tx, limit))
    if (values.json) return out(JSON.stringify({ parked }))
    if (parked.length === 0) return out('Nothing is parked.')
    const rows = parked.map(({ kind, library, recordId, attempts, error, owedAt }) => [
      kind,
      library,
      recordId,
      `${attempts} attempts`,
      `owed ${new Date(owedAt).toISOString()}`,
      messageOf(error)
    ])
    for (const line of tableOf(rows, '')) out(line)
    out('When the cause is mended: npm run siku -- parked redrive')
  }
})

const messageOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : 'no reason was kept'
