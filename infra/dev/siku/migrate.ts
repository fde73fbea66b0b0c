import { prepareInstallation } from '../installation/prepare-installation.ts'
import { dataDir } from '../installation/data-dir.ts'
import { defineCommand } from './command.ts'

export const command = defineCommand({
  summary: 'Brings the database up to date and gives each login its password; what is there already is left alone',
  more: 'Works on DATABASE_URL, else on the installation of the data folder, which it makes if there is none.',
  options: {},
  run: async ({ opened, out, say }) => {
    const { migrated } = await prepareInstallation(opened, dataDir(), (line) =>
      line.startsWith('  migration ') ? out(line.trim()) : say(line)
    )
    out(migrated === 0 ? 'The schema is up to date; nothing was applied.' : `${migrated} migrations applied; the schema is up to date.`)
  }
})
