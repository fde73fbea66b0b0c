import { rollBackWeights } from '@siku/matching'
import { defineCommand } from './command.ts'
import { refusedAsSentence } from './refused-as-sentence.ts'
import { commandLine, openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Takes the weights in force back',
  options: {},
  run: async ({ opened, out }) => {
    const here = await openDatabase({ opened })
    const { version, owed } = await refusedAsSentence(() => rollBackWeights(here.connect('matching'), commandLine()))
    out(`${version ?? 'The weights that came with the software'}: in force again; ${owed} records will be matched again.`)
  }
})
