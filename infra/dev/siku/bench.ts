import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root, runTypeScript } from '../embedded/run-typescript.mjs'
import { CommandError, defineCommand } from './command.ts'

const file = 'infra/bench/main.ts'

export const command = defineCommand({
  summary: 'Measures speed beside a reference, the same as `npm run bench`, on data made for it',
  passesOn: true,
  options: {},
  run: async ({ positionals }) => {
    if (!existsSync(join(root, file)))
      throw new CommandError('SIKU_COMMAND_NO_BENCH', `This copy of Siku has no bench (${file} is not there).`)
    return runTypeScript(file, positionals)
  }
})
