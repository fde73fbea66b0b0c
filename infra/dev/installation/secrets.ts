import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The one secret of an installation, kept in its data folder, readable by its owner only; everything else is derived. */
export function readSecret(dataDir: string): string {
  const given = process.env.SIKU_SECRET
  if (given) return given
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const file = join(dataDir, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(48).toString('base64url'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

/** The database password of a role, derived so that none has to be kept. */
export const passwordsFrom =
  (secret: string) =>
  (role: string): string =>
    createHmac('sha256', secret).update(`siku/database-role/${role}`).digest('base64url')
