import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { removeDataFolder, startPostgres } from '../dev/embedded/index.ts'
import { passwordsFrom } from '../dev/installation/secrets.ts'

export type BenchServer = { url: string; secret: string; passwordOf: (role: string) => string; close: () => Promise<void> }

const secret = 'bench-secret-bench-secret-bench-secret-bench'

/** A PostgreSQL of its own with production settings (fsync on); nothing is left of it. */
export async function openBenchServer(): Promise<BenchServer> {
  const folder = mkdtempSync(join(tmpdir(), 'siku-bench-'))
  const server = await startPostgres({ dataDir: folder })
  return {
    url: server.url,
    secret,
    passwordOf: passwordsFrom(secret),
    close: async () => {
      await server.stop()
      await removeDataFolder(folder)
    }
  }
}
