import { libraryNames, serviceActor, type LibraryName } from '@siku/contracts'
import { oweReindex } from '@siku/db'
import { defineCommand, usageError } from './command.ts'
import { finishWork, timeoutOf } from './finish-work.ts'
import { openDatabase } from './open-database.ts'

const actor = serviceActor('service:index', 'command-line')
const waitMs = 600_000

export const command = defineCommand({
  summary: 'Owes everything published to the index again and waits until it is there and matched',
  follows: '[library]',
  followsMax: 1,
  more: `Libraries: ${libraryNames.join(', ')}; all of them unless one is named. Searches go on meanwhile.`,
  options: {
    'no-wait': { type: 'boolean', description: 'Only owe it' },
    timeout: { type: 'string', value: 'SECONDS', description: 'Longest wait; 600 unless given' }
  },
  run: async ({ values, positionals: [asked], opened, log, out, say }) => {
    const timeoutMs = timeoutOf(values.timeout, waitMs)
    const wanted = asked === undefined ? libraryNames : [libraryOf(asked)]
    const here = await openDatabase({ opened })
    let owed = 0
    for (const library of wanted) owed += await here.connect(library).withTx(actor, (tx) => oweReindex(tx, library, 'command-line'))
    if (values['no-wait']) return out(`${owed} records are owed to the index again.`)
    say(`${owed} records are owed to the index again …`)
    await finishWork({ log, say }, here, timeoutMs)
    out(`${owed} records indexed again.`)
  }
})

export function libraryOf(text: string): LibraryName {
  const found = libraryNames.find((name) => name === text)
  if (!found) throw usageError(`There is no library '${text}'. There are: ${libraryNames.join(', ')}.`)
  return found
}
