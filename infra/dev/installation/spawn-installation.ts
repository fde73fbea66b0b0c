import { serviceNames, type ServiceName } from '@siku/contracts'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import { freePort, typescriptArguments } from '../embedded/index.ts'
import { root } from '../embedded/run-typescript.mjs'
import { processSettings, type Environment, type ProcessSettingsOptions } from './process-settings.ts'

export type Half = 'api' | 'worker' | 'all'
export type ProcessName = `${ServiceName}/${Half}`
export type SpawnOptions = Omit<ProcessSettingsOptions, 'ports'> & {
  /** Which processes to run; every service as one process unless told. */
  processes?: readonly ProcessName[]
  /** Where each process writes what it logs. */
  logDir: string
  /** Starts a process again that ended by itself, as a container engine would. */
  supervise?: boolean
}

/** Seven processes and as many workers that read the vocabulary at once, on a machine that does other things too. */
const readyWithinMs = 180_000
const stopWithinMs = 25_000
const restartAfterMs = 500

/** Runs the services as processes of their own, as in production, each from its own main file and settings. */
export async function spawnInstallation(options: SpawnOptions) {
  const { processes = serviceNames.map((service): ProcessName => `${service}/all`), logDir, supervise = false } = options
  mkdirSync(logDir, { recursive: true })
  const ports = Object.fromEntries(await Promise.all(serviceNames.map(async (service) => [service, await freePort()]))) as Record<
    ServiceName,
    number
  >
  const settings = processSettings({ ...options, ports })
  const running = new Map<ProcessName, ChildProcess>()

  const start = (name: ProcessName): ChildProcess => {
    const [service, half] = name.split('/') as [ServiceName, Half]
    const child = startProcess(
      service,
      { ...settings[service], ...(service === 'gateway' ? {} : { SIKU_ROLE: half }), ...(half === 'worker' ? { SIKU_PORT: '0' } : {}) },
      join(logDir, `${name.replace('/', '-')}.log`)
    )
    running.set(name, child)
    child.once('exit', () => {
      if (!supervise || running.get(name) !== child) return
      setTimeout(() => running.get(name) === child && start(name), restartAfterMs)
    })
    return child
  }
  const stop = async (name: ProcessName, signal: NodeJS.Signals = 'SIGTERM') => {
    const child = running.get(name)
    running.delete(name)
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill(signal)
    if (signal === 'SIGTERM') await Promise.race([gone, delay(stopWithinMs).then(() => child.kill('SIGKILL'))])
    await gone
  }
  const address = (service: ServiceName) => `http://127.0.0.1:${ports[service]}`

  // The gateway goes first: the others read its keys when the first token comes.
  for (const name of processes) start(name)
  const waitUntilReady = async () => {
    for (const name of processes) if (!name.endsWith('/worker')) await untilReady(address(name.split('/')[0] as ServiceName))
  }
  return {
    ports,
    running,
    start,
    stop,
    waitUntilReady,
    processes,
    services: Object.fromEntries(serviceNames.map((service) => [service, address(service)])) as Record<ServiceName, string>,
    close: async () => void (await Promise.all([...running.keys()].map((name) => stop(name))))
  }
}

export type SpawnedInstallation = Awaited<ReturnType<typeof spawnInstallation>>

function startProcess(service: ServiceName, settings: Environment, logPath: string): ChildProcess {
  const child = spawn(process.execPath, typescriptArguments(join(root, 'services', service, 'src', 'main.ts')), {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...settings, SIKU_PARENT_PID: String(process.pid) }
  })
  const log = createWriteStream(logPath, { flags: 'a' })
  child.stdout.pipe(log, { end: false })
  child.stderr.pipe(log, { end: false })
  return child
}

async function untilReady(address: string): Promise<void> {
  const giveUpAt = performance.now() + readyWithinMs
  for (;;) {
    const status = await request(`${address}/health/ready`).then(
      async (answer) => (await answer.body.dump(), answer.statusCode),
      () => 0
    )
    if (status === 200) return
    if (performance.now() > giveUpAt) throw new Error(`${address} is not ready after ${readyWithinMs} ms; its log says why`)
    await delay(100)
  }
}
