import { readFileSync } from 'node:fs'

/** Megabytes as the system counts them: resident now, and the most that was resident at any time (the same where that is not told). */
export type ProcessMemory = { residentMb: number; peakMb: number; heapMb: number }

const mb = 1_048_576

export function processMemory(): ProcessMemory {
  const { rss, heapUsed } = process.memoryUsage()
  return { residentMb: rss / mb, peakMb: Math.max(rss / mb, peakMb()), heapMb: heapUsed / mb }
}

function peakMb(): number {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? []
    return Number(kilobytes ?? 0) / 1024
  } catch {
    return 0
  }
}
