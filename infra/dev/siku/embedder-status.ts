import { embedderDir, embedderPackage, installedVersion } from '../embedder/install-embedder.ts'
import { answers, findRunningEmbedder } from '../embedder/start-embedder.ts'
import { dataDir } from '../installation/data-dir.ts'
import { defineCommand, jsonOption, tableOf } from './command.ts'

export const command = defineCommand({
  summary: 'Says whether the embedder of this machine is installed and runs',
  more: 'Exit code 1 where it does not run.',
  options: { json: jsonOption },
  run: async ({ values, out }) => {
    const folder = embedderDir(dataDir())
    const installed = installedVersion(folder) ?? null
    const running = await findRunningEmbedder(dataDir())
    const isAnswering = running !== undefined && (await answers(running.url))
    const state = {
      package: embedderPackage.name,
      wanted: embedderPackage.version,
      installed,
      folder,
      url: running?.url ?? null,
      answers: isAnswering
    }
    if (values.json) out(JSON.stringify(state))
    else
      for (const line of tableOf(
        [
          ['package', `${embedderPackage.name} ${installed ?? `${embedderPackage.version}, not installed yet`}`],
          ['folder', folder],
          [
            'runs',
            running ? `at ${running.url}${isAnswering ? '' : ', does not answer'}` : 'no; `npm run siku -- embedder start` starts it'
          ]
        ],
        ''
      ))
        out(line)
    return isAnswering ? 0 : 1
  }
})
