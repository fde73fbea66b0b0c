import { listWeights, type RefitReport } from '@siku/matching'
import { defineCommand, jsonOption, tableOf } from './command.ts'
import { commandLine, openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Lists the weights of the score: shipped, made by a refit, in force',
  options: { json: jsonOption },
  run: async ({ values, opened, out }) => {
    const here = await openDatabase({ opened })
    const weights = await listWeights(here.connect('matching'), commandLine())
    if (values.json) return out(JSON.stringify({ weights }))
    const rows = weights.map(({ version, state, madeFrom, report, storedAt }) => [
      version,
      state,
      madeFrom ?? '',
      storedAt,
      resultOf(report)
    ])
    if (!weights.some(({ state }) => state === 'current')) out('The weights that came with the software are in force.')
    for (const line of tableOf(rows, '')) out(line)
  }
})

export const resultOf = (report: RefitReport | null): string => {
  if (!report) return ''
  const { all, worse, learnedFrom } = report
  const change = `loss on ${all.samples} newer decisions ${all.before.toFixed(3)} before, ${all.after.toFixed(3)} after`
  return `from ${learnedFrom} decisions; ${change}${worse.length > 0 ? `; worse for ${worse.join(', ')}` : ''}`
}
