import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, openSync } from 'node:fs'
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { spawnBound } from './bound-process.ts'
import type { ClusterPlace } from './cluster-place.ts'
import { EmbeddedError } from './errors.ts'
import type { Identity } from './identity.ts'
import { utf8Locale } from './utf8-locale.ts'

export type InitialiseOptions = { place: ClusterPlace; identity: Identity; password: string; test: boolean; logPath: string }

/** Creates the cluster when there is none; an interrupted attempt leaves nothing that looks like one. */
export async function initialiseCluster(options: InitialiseOptions): Promise<void> {
  const { place, identity, logPath } = options
  if (existsSync(join(place.clusterDir, 'PG_VERSION'))) return checkVersion(place.clusterDir)
  const unfinished = `${place.clusterDir}.${randomBytes(4).toString('hex')}`
  const passwordFile = `${unfinished}.password`
  const output = openSync(logPath, 'a')
  try {
    await writeFile(passwordFile, options.password, { mode: 0o600 })
    if (identity.kind === 'user') await chown(passwordFile, identity.uid, identity.gid)
    const args = initdbArguments(unfinished, passwordFile, options.test)
    const initdb = await spawnBound(place.binaries.initdb, args, { identity, cwd: place.home, env: serverEnvironment(), output })
    const { code } = await initdb.exited
    if (code !== 0) throw await initialisationFailed(logPath)
    await rename(unfinished, place.clusterDir)
  } finally {
    closeSync(output)
    await rm(passwordFile, { force: true })
    await rm(unfinished, { recursive: true, force: true })
  }
}

function initdbArguments(clusterDir: string, passwordFile: string, test: boolean): string[] {
  const args = ['-D', clusterDir, '-U', 'postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8']
  // Sorting and case by ICU everywhere alike; the C library's part must still be UTF-8, or trigrams of non-Latin text are empty.
  args.push('--locale-provider=icu', '--icu-locale=und')
  if (process.platform !== 'win32') args.push(`--locale=${utf8Locale()}`)
  args.push('--lc-messages=C')
  if (test) args.push('--no-sync')
  return args
}

/** What the server's programs may see of our environment: no PG*, LC_* or TZ that would change how they behave. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'HOME']
  const environment = Object.fromEntries(kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])))
  return process.platform === 'win32' ? environment : { ...environment, LC_ALL: utf8Locale() }
}

async function checkVersion(clusterDir: string): Promise<void> {
  const version = (await readFile(join(clusterDir, 'PG_VERSION'), 'utf8')).trim()
  if (version === '18') return
  throw new EmbeddedError(
    'SIKU_EMBEDDED_WRONG_VERSION',
    `The data in ${clusterDir} was written by PostgreSQL ${version}, the installed programs are version 18; take a backup with the old version and restore it`
  )
}

async function initialisationFailed(logPath: string): Promise<EmbeddedError> {
  const tail = (await readFile(logPath, 'utf8')).trim().split('\n').slice(-12).join('\n')
  return new EmbeddedError('SIKU_EMBEDDED_INITIALISATION_FAILED', `PostgreSQL's data folder could not be created:\n${tail}`)
}
