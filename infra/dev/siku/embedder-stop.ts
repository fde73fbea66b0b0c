import { findRunningEmbedder, stopEmbedder } from '../embedder/start-embedder.ts'
import { dataDir } from '../installation/data-dir.ts'
import { defineCommand } from './command.ts'

export const command = defineCommand({
  summary: 'Ends the embedder of this machine',
  more: 'Vectors that were made stay, and go on being compared; matching makes no new ones until an embedder answers again.',
  options: {},
  run: async ({ out }) => {
    const running = await findRunningEmbedder(dataDir())
    if (!running) return out('No embedder runs.')
    await stopEmbedder(running)
    out(`The embedder at ${running.url} has ended.`)
  }
})
