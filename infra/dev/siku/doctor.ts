import { defineCommand, jsonOption } from './command.ts'
import { examine } from './doctor/examine.ts'
import { describeReport } from './doctor/describe-report.ts'

export const command = defineCommand({
  summary: 'Says how everything stands, what is wrong, and what to do',
  more: 'Versions, ports, data folder, migrations, connections, roles, and the count and oldest age at every stage. It changes nothing. Exit code 1 where something is wrong.',
  options: { json: jsonOption },
  run: async ({ values, opened, log, out }) => {
    const report = await examine({ opened, log })
    if (values.json) out(JSON.stringify(report))
    else for (const line of describeReport(report)) out(line)
    return report.healthy ? 0 : 1
  }
})
