import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const pnpm = 'pnpm@10.34.9'

/** Installs exactly what the lockfile names unless that has been done; gives an exit code. */
export async function installIfNeeded(root) {
  const lockfile = readFileSync(join(root, 'pnpm-lock.yaml'))
  const stamp = join(root, 'node_modules', '.siku-installed')
  const wanted = createHash('sha256').update(lockfile).digest('hex')
  if (isInstalled(root, { lockfile, stamp, wanted })) return 0
  console.error('Installing dependencies (needed once, and again after they change) …')
  const code = await runInstall(root)
  if (code === 0) writeFileSync(stamp, wanted)
  else console.error(`The installation failed (exit code ${code}). Is the package registry reachable? Run the command again to retry.`)
  return code
}

function isInstalled(root, { lockfile, stamp, wanted }) {
  if (existsSync(stamp)) return readFileSync(stamp, 'utf8') === wanted
  const installedLockfile = join(root, 'node_modules', '.pnpm', 'lock.yaml')
  return existsSync(installedLockfile) && readFileSync(installedLockfile).equals(lockfile)
}

function runInstall(root) {
  const hasTerminal = process.stdin.isTTY && process.stdout.isTTY
  const { NODE_ENV: _ignored, ...env } = process.env
  // -y: npx must not ask, and some machines answer no for good (yes=false in ~/.npmrc).
  const child = spawn('npx', ['-y', pnpm, 'install', '--frozen-lockfile'], {
    cwd: root,
    env: hasTerminal ? env : { ...env, CI: '1' },
    stdio: [hasTerminal ? 'inherit' : 'ignore', 2, 2],
    shell: process.platform === 'win32',
    detached: process.platform !== 'win32'
  })
  // npx does not hand signals on; its whole group is ended instead.
  const stop = (signal) => {
    if (process.platform === 'win32' || !child.pid) child.kill()
    else process.kill(-child.pid, signal)
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  return new Promise((resolve) => {
    child.once('error', () => resolve(127))
    child.once('exit', (code) => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      resolve(code ?? 1)
    })
  })
}
