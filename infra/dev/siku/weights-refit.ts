import { refit } from '@siku/matching'
import { defineCommand, jsonOption, tableOf } from './command.ts'
import { refusedAsSentence } from './refused-as-sentence.ts'
import { commandLine, openDatabase } from './open-database.ts'
import { resultOf } from './weights-list.ts'

export const command = defineCommand({
  summary: 'Fits the weights of the score to what people decided',
  more:
    'Learns from the older three quarters of the decisions that speak of relevance, and measures on the newer ones, in all and for each\n' +
    'language. Nothing changes until `weights promote` is called.',
  options: { json: jsonOption },
  run: async ({ values, opened, out }) => {
    const here = await openDatabase({ opened })
    const { version, report } = await refusedAsSentence(() => refit(here.connect('matching'), commandLine()))
    if (values.json) return out(JSON.stringify({ version, ...report }))
    out(`${version}: ${resultOf(report)}`)
    const rows = Object.entries(report.byLanguage).map(([language, { samples, before, after }]) => [
      language,
      `${samples} decisions`,
      before.toFixed(3),
      after.toFixed(3)
    ])
    for (const line of tableOf([['', '', 'before', 'after'], ...rows])) out(line)
    const { unmeasured = [] } = report
    if (unmeasured.length > 0)
      out(
        `Too few of the newer decisions were in ${unmeasured.join(', ')} to say anything of these; look at their lists after a promotion.`
      )
    out(
      report.worse.length > 0
        ? 'It is worse somewhere, so it cannot be promoted; more decisions may help.'
        : `To put it in force: npm run siku -- weights promote ${version}`
    )
  }
})
