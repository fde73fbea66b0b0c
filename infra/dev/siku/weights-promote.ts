import { promoteWeights } from '@siku/matching'
import { defineCommand, usageError } from './command.ts'
import { refusedAsSentence } from './refused-as-sentence.ts'
import { commandLine, openDatabase } from './open-database.ts'

export const command = defineCommand({
  summary: 'Puts weights in force that a refit made',
  follows: '<version>',
  followsMax: 1,
  more: 'Every record is matched again, behind single postings. `weights roll-back` takes it back.',
  options: {},
  run: async ({ positionals: [version], opened, out }) => {
    if (version === undefined) throw usageError("'weights promote' takes a version; `weights list` shows those there are.")
    const here = await openDatabase({ opened })
    const { owed } = await refusedAsSentence(() => promoteWeights(here.connect('matching'), commandLine(), version))
    out(`${version} is in force; ${owed} records will be matched again. Workers that run take it up within a minute.`)
  }
})
