import { loadThesaurus, warmUp } from '@siku/thesaurus'

/** Prints what it takes to load the thesaurus, and to make it ready for every language. */
let before = process.cpuUsage()
let resident = process.memoryUsage.rss()

function say(what: string): void {
  const { user, system } = process.cpuUsage(before)
  const now = process.memoryUsage.rss()
  process.stdout.write(
    `  ${what}: ${Math.round((user + system) / 1_000)} ms of processor time, ${Math.round((now - resident) / 1e6)} MB more memory\n`
  )
  before = process.cpuUsage()
  resident = now
}

const thesaurus = loadThesaurus()
say('loaded')
await warmUp(thesaurus)
say('warm in seven languages')
