import { spawn } from 'node:child_process'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

const sameKeyPressMs = 400

/** Arguments for node that run a TypeScript file from source; the process ends when its parent does. */
export function typescriptArguments(file, args = []) {
  return [
    '--import',
    import.meta.resolve('tsx'),
    '--import',
    new URL('follow-parent.mjs', import.meta.url).href,
    '--conditions=siku-src',
    file,
    ...args
  ]
}

// All services in one process make so much that is soon forgotten that collecting it a little at a time takes a tenth of a processor.
const roomForTheYoung = ['--max-semi-space-size=64']

/** Runs a TypeScript file to its end, hands signals on, and returns its exit code. */
export function runTypeScript(file, args = []) {
  const child = spawn(process.execPath, [...roomForTheYoung, ...typescriptArguments(file, args)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SIKU_PARENT_PID: String(process.pid) },
    // Its own group: a terminal's Ctrl-C would otherwise reach it twice, and a second one means "at once".
    detached: process.platform !== 'win32'
  })
  const stopForwarding = forwardSignals(child)
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      stopForwarding()
      resolve(code ?? signalCodes[signal] ?? 1)
    })
  })
}

const signalCodes = { SIGHUP: 129, SIGINT: 130, SIGQUIT: 131, SIGKILL: 137, SIGTERM: 143 }

function forwardSignals(child) {
  let lastMs = -Infinity
  const forward = (signal) => {
    // npm and the terminal both send the same key press.
    const nowMs = performance.now()
    if (nowMs - lastMs < sameKeyPressMs) return
    lastMs = nowMs
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return () => signals.forEach((signal) => process.off(signal, forward))
}
