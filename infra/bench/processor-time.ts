import { readdirSync, readFileSync } from 'node:fs'

/** Milliseconds of processor time that were used so far: of this process, and of others it waits for. Others load the machine too. */
export type ProcessorClock = () => number

export const ownProcessorMs: ProcessorClock = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

/** This process and a database server with all its backends, those that have ended among them; without /proc this process alone. */
export function withServer(serverPid: number): ProcessorClock {
  return () => ownProcessorMs() + serverMs(serverPid)
}

// The kernel shows programs hundredths of a second, whatever its own ticks are.
const msPerTick = 10

function serverMs(serverPid: number): number {
  const server = timesOf(serverPid)
  if (!server) return 0
  const backends = processIds().flatMap((pid) => timesOf(pid) ?? [])
  const running = backends.filter(({ parent }) => parent === serverPid).reduce((sum, { own }) => sum + own, 0)
  return (server.own + server.ended + running) * msPerTick
}

type Times = { parent: number; own: number; ended: number }

/** From /proc/PID/stat, in ticks: its parent, what it used, what children that have ended used. */
function timesOf(pid: number): Times | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number)
    const [parent, user, system, endedUser, endedSystem] = [fields[1], fields[11], fields[12], fields[13], fields[14]]
    return { parent: parent ?? 0, own: (user ?? 0) + (system ?? 0), ended: (endedUser ?? 0) + (endedSystem ?? 0) }
  } catch {
    return undefined
  }
}

function processIds(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger)
  } catch {
    return []
  }
}
