import { BackupError } from '../backup/errors.ts'
import { takeBackup } from '../backup/take-backup.ts'
import { defineCommand, jsonOption } from './command.ts'
import { sikuVersion } from './doctor/examine-machine.ts'
import { openDatabase } from './open-database.ts'

const megabyte = 1024 * 1024

export const command = defineCommand({
  summary: 'Copies the embedded installation while it works',
  more:
    'Nobody has to wait meanwhile. The copy holds everything that was acknowledged before the instant it names, and its own list of files with\n' +
    'their hashes. It also holds the secret of the installation and everything confidential: keep it as safe as the installation itself.\n' +
    'For a server of your own (DATABASE_URL) use what backs that server up, such as pg_basebackup.',
  options: {
    to: { type: 'string', value: 'FOLDER', description: 'Folder to make; it must not be there yet, or be empty', required: true },
    json: jsonOption
  },
  run: async ({ values, opened, out }) => {
    const { to = '' } = values
    const { dataDir, clusterDir, secret, owner, urls } = await openDatabase({ opened })
    if (clusterDir === undefined)
      throw new BackupError(
        'SIKU_BACKUP_NOT_EMBEDDED',
        'DATABASE_URL names a server of your own, whose files are not here to be copied; back it up with pg_basebackup or what you use there.'
      )
    const { takenAt, counts, files } = await takeBackup({
      dataDir,
      clusterDir,
      secret,
      owner,
      ownerUrl: urls.owner,
      siku: sikuVersion(),
      to
    })
    const bytes = files.reduce((sum, { size }) => sum + size, 0)
    if (values.json) return out(JSON.stringify({ to, takenAt, counts, files: files.length, bytes }))
    out(`${files.length} files, ${Math.ceil(bytes / megabyte)} MB, in ${to}. It holds everything that was acknowledged before ${takenAt}:`)
    for (const { library, records, published } of counts) out(`  ${library}: ${records} records, ${published} published`)
    out(`Back with: npm run siku -- restore --from ${to}`)
  }
})
