import { rematchAll } from '@siku/matching'
import { defineCommand, jsonOption } from './command.ts'
import { matchWorker } from './match-worker.ts'
import { openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Matches every demand anew, without a budget of candidates, and writes what differs',
  more: 'A second run writes nothing. What people decided stays decided. Siku does this by itself every night.',
  options: { json: jsonOption },
  run: async ({ values, opened, log, out }) => {
    const here = await openDatabase({ opened })
    const result = await rematchAll((await matchWorker({ log }, here)).context, { cause: 'command-line' })
    const written = result.added + result.changed + result.withdrawn
    if (values.json) return out(JSON.stringify({ ...result, written }))
    out(
      `${result.demands} demands, ${result.scored} pairs scored; ${written} rows written (${result.added} added, ${result.changed} changed, ${result.withdrawn} withdrawn).`
    )
  }
})
