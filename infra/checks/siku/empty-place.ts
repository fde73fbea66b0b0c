import type { Teardown } from '@siku/testing'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeDataFolder } from '../../dev/embedded/index.ts'

/** A folder without an installation, which commands of this process then work on; it goes with the test. */
export function emptyPlace(t: Teardown): { folder: string; dataDir: string } {
  const folder = mkdtempSync(join(tmpdir(), 'siku-command-'))
  const dataDir = join(folder, 'data')
  process.env.SIKU_DATA_DIR = dataDir
  delete process.env.DATABASE_URL
  delete process.env.SIKU_SECRET
  t.teardown(async () => {
    await removeDataFolder(dataDir)
    await removeDataFolder(folder)
  })
  return { folder, dataDir }
}
