import { workSummary } from '@siku/db'
import { indexDocuments } from '@siku/library-kit'
import { createDossierWorker } from '@siku/matching'
import { systemNow } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'
import { setTimeout as delay } from 'node:timers/promises'
import { libraries } from '../installation/migrations.ts'
import { CommandError, usageError, type Call } from './command.ts'
import { matchWorker } from './match-worker.ts'
import { commandLine, type Here } from './open-database.ts'

const sayEveryMs = 2000
const pollMs = 200

/**
 * Waits until nothing derived is owed. Where the installation is embedded this process works on it meanwhile, whether another does or not:
 * any number may. Elsewhere the workers of the installation do it.
 */
export async function finishWork({ log, say }: Pick<Call, 'log' | 'say'>, here: Here, timeoutMs: number): Promise<void> {
  const drain = here.origin === 'given' ? async () => 0 : await drainOf({ log }, here)
  const db = here.connect('matching')
  const started = performance.now()
  let saidAt = started
  for (;;) {
    const done = await drain()
    // Vectors come when an embedder has the time; nothing waits for them.
    const lines = (await db.withRead(commandLine(), workSummary)).filter(({ kind }) => kind !== 'embed')
    const open = lines.reduce((sum, line) => sum + line.open, 0)
    if (open === 0) return refuseParked(lines.reduce((sum, line) => sum + line.parked, 0))
    const now = performance.now()
    if (now - started > timeoutMs)
      throw new CommandError(
        'SIKU_COMMAND_STILL_OWED',
        `${open} pieces of work are still owed after ${Math.round(timeoutMs / 1000)} s; \`npm run siku -- doctor\` shows where they wait.`
      )
    if (now - saidAt > sayEveryMs) {
      saidAt = now
      say(`  ${open} pieces of work still owed`)
    }
    if (done === 0) await delay(pollMs)
  }
}

/** One round of what the workers of all libraries and of matching do; gives how many pieces of work were taken up. */
async function drainOf({ log }: Pick<Call, 'log'>, here: Here): Promise<() => Promise<number>> {
  const thesaurus = loadThesaurus()
  const worker = await matchWorker({ log }, here, thesaurus)
  const dossiers = createDossierWorker({ context: worker.context, log })
  return async () => {
    let taken = 0
    for (const library of libraries)
      taken += await indexDocuments({ db: here.connect(library.name), library, thesaurus, log, now: systemNow })
    taken += await worker.drain()
    return taken + (await dossiers.drain())
  }
}

function refuseParked(parked: number): void {
  if (parked > 0)
    throw new CommandError(
      'SIKU_COMMAND_PARKED',
      `${parked} pieces of work were set aside after failing; \`npm run siku -- parked list\` says why.`
    )
}

/** Seconds of an option as milliseconds. */
export function timeoutOf(text: string | undefined, defaultMs: number): number {
  if (text === undefined) return defaultMs
  const seconds = Number(text)
  if (Number.isFinite(seconds) && seconds > 0) return seconds * 1000
  throw usageError(`--timeout takes a number of seconds above 0; '${text}' is none.`)
}
