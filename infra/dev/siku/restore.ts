import { libraryNames, serviceActor } from '@siku/contracts'
import { oweReindex } from '@siku/db'
import { rematchAll } from '@siku/matching'
import { BackupError } from '../backup/errors.ts'
import type { LibraryCount } from '../backup/manifest.ts'
import { restoreFiles } from '../backup/restore-files.ts'
import { countRecords } from '../backup/take-backup.ts'
import { dataDir } from '../installation/data-dir.ts'
import { prepareInstallation } from '../installation/prepare-installation.ts'
import { defineCommand, usageError, type Call } from './command.ts'
import { matchWorker } from './match-worker.ts'
import { openDatabase, type Here } from './open-database.ts'
import { reconcileEngine } from './reconcile/reconcile-engine.ts'

const actor = serviceActor('service:index', 'command-line')

export const command = defineCommand({
  summary: 'Makes an installation from a backup',
  more:
    'Refused are a folder that is not empty, a file that is not what it was, and a backup of a newer Siku. Afterwards everything is owed to the\n' +
    'index again, the matches are held against what is published, and `npm start` goes on from there.',
  options: {
    from: { type: 'string', value: 'FOLDER', description: 'Folder that `backup --to` made', required: true },
    into: { type: 'string', value: 'FOLDER', description: 'Data folder to make; SIKU_DATA_DIR, else .data, unless given' }
  },
  run: async ({ values, opened, log, out, say }) => {
    if (process.env.DATABASE_URL) throw usageError('A backup is restored as an embedded installation; take DATABASE_URL away.')
    const { from = '', into = dataDir() } = values
    const manifest = await restoreFiles({ from, into, givenSecret: process.env.SIKU_SECRET || undefined })
    say(`${manifest.files.length} files are as they were; PostgreSQL makes them whole …`)
    // Everything from here on works on the new folder.
    process.env.SIKU_DATA_DIR = into
    await prepareInstallation(opened, into, say)
    const here = await openDatabase({ opened })
    const counts = await countRecords(here.owner)
    assertComplete(manifest.counts, counts)
    await releaseClaims(here)
    const owed = await oweEverything(here)
    const matched = await rematchAll((await matchWorker({ log }, here)).context, { cause: 'restore' })
    await askEngine({ opened, log, say }, here)
    out(`Restored into ${into} as of ${manifest.takenAt}:`)
    for (const { library, records, published } of counts) out(`  ${library}: ${records} records, ${published} published`)
    out(
      `${owed} records are owed to the index again, ${matched.added + matched.changed + matched.withdrawn} rows of matches were mended. \`npm start\` goes on${values.into === undefined ? '' : ` with SIKU_DATA_DIR=${into}`}.`
    )
  }
})

function assertComplete(wanted: readonly LibraryCount[], found: readonly LibraryCount[]): void {
  for (const { library, records } of wanted) {
    const there = found.find((line) => line.library === library)?.records ?? 0
    if (there < records)
      throw new BackupError(
        'SIKU_BACKUP_INCOMPLETE',
        `The restored database has ${there} records in ${library}, the backup counted ${records}; do not use it, and restore another.`
      )
  }
}

/** Whoever had claimed work when the backup was taken is not at work on this copy; nobody has to wait until such claims run out. */
async function releaseClaims({ owner }: Here): Promise<void> {
  await owner`update work.item set lease_until = null where lease_until is not null`
  await owner`update work.timer set lease_until = 'epoch' where lease_until > now()`
}

async function oweEverything(here: Here): Promise<number> {
  let owed = 0
  for (const library of libraryNames) owed += await here.connect(library).withTx(actor, (tx) => oweReindex(tx, library, 'restore'))
  return owed
}

/** An index outside of the data folder is newer than what was restored: it must forget what is not there any more. */
async function askEngine({ opened, log, say }: Pick<Call, 'opened' | 'log' | 'say'>, here: Here): Promise<void> {
  const { MEILI_URL: url } = process.env
  if (!url) return
  const { drifts } = await reconcileEngine({ opened, log }, here, { libraries: libraryNames, url })
  say(`Meilisearch was brought back to the restored rows (${drifts.length} documents differed).`)
}
