import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { dockerEnvironment, toEnvFile } from '../../docker/docker-environment.ts'
import { root } from '../embedded/run-typescript.mjs'
import { CommandError, defineCommand } from './command.ts'

const secretBytes = 48

export const command = defineCommand({
  summary: 'Writes the secrets that docker compose needs into .env, which git ignores; it never writes over one',
  more: 'All of them follow from SIKU_SECRET: keep a copy of that one in a safe place. Without it, sealed keys and the marks of owners are lost.',
  options: { file: { type: 'string', value: 'FILE', description: 'Write there instead; beside docker-compose.yml unless given' } },
  run: async ({ values, out }) => {
    const file = values.file === undefined ? join(root, '.env') : resolve(values.file)
    const settings = dockerEnvironment(process.env.SIKU_SECRET || randomBytes(secretBytes).toString('base64url'))
    try {
      writeFileSync(file, toEnvFile(settings), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      throw new CommandError(
        'SIKU_COMMAND_ENV_EXISTS',
        `${file} is there already and stays as it is. Other secrets would lock out the data made with these; move it away if that is what you want.`
      )
    }
    out(`${Object.keys(settings).length} settings written to ${file}, readable by you alone. \`docker compose up\` finds them there.`)
  }
})
