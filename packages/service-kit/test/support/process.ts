// Two files and not the package: three processes start here, and each would load all of it.
import { createLogger } from '../../src/logger.ts'
import { runProcess } from '../../src/run.ts'

const mode = process.argv[2]
const say = (text: string) => process.stdout.write(`${text}\n`)

await runProcess({
  log: createLogger({ name: 'test', level: 'silent' }),
  followParent: mode === 'follow',
  open: async (opened) => {
    const alive = setInterval(() => undefined, 1000)
    opened.use('first', { close: () => (clearInterval(alive), say('closed the first thing')) })
    opened.use('later', { close: async () => say('closed the later thing') })
    if (mode === 'fail') throw new Error('cannot go on')
    say('open')
  }
})
