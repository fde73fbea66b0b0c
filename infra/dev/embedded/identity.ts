import { readFileSync } from 'node:fs'
import { EmbeddedError } from './errors.ts'
import { works } from './processes.ts'

/**
 * Whom a server runs as. PostgreSQL refuses root, so root either maps itself to an ordinary user in a user namespace
 * (files stay root's, and a folder of mode 700 stays reachable) or steps down to a system user.
 */
export type Identity = { kind: 'self' } | { kind: 'mapped' } | { kind: 'user'; name: string; uid: number; gid: number }

const mapping = ['unshare', '--user', '--map-user=1000', '--map-group=1000']

export function serverIdentity(): Identity {
  if (process.getuid?.() !== 0) return { kind: 'self' }
  if (process.platform === 'linux' && works([...mapping, 'true'])) return { kind: 'mapped' }
  return systemUser()
}

export function systemUser(passwd = readFileSync('/etc/passwd', 'utf8')): Identity {
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const entry = passwd.split('\n').find((line) => line.startsWith(`${name}:`))
    const [, , uid, gid] = entry?.split(':') ?? []
    if (Number(uid) > 0 && Number(gid) > 0) return { kind: 'user', name, uid: Number(uid), gid: Number(gid) }
  }
  throw new EmbeddedError(
    'SIKU_EMBEDDED_NO_UNPRIVILEGED_USER',
    'PostgreSQL refuses to run as root and neither user namespaces nor a user postgres or nobody are here; run as an ordinary user or set DATABASE_URL'
  )
}

export type Launch = { prefix: string[]; uid?: number; gid?: number; bound: boolean }

/** How to start a program under an identity; `bound` says whether the kernel ends it when its parent dies. */
export function launchUnder(identity: Identity, wantsBound = true): Launch {
  const bound = wantsBound && process.platform === 'linux' && works(['setpriv', '--pdeathsig', 'INT', 'true'])
  const binding = bound ? ['setpriv', '--pdeathsig', 'INT'] : []
  if (identity.kind === 'self') return { prefix: binding, bound }
  if (identity.kind === 'mapped') return { prefix: [...mapping, ...binding], bound }
  if (!bound) return { prefix: [], uid: identity.uid, gid: identity.gid, bound }
  return { prefix: ['setpriv', `--reuid=${identity.uid}`, `--regid=${identity.gid}`, '--clear-groups', '--pdeathsig', 'INT'], bound }
}
