import { existsSync, readFileSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { request } from 'undici'
import { root } from '../../embedded/run-typescript.mjs'
import { isPortFree } from '../../embedded/free-port.ts'
import { dataDir } from '../../installation/data-dir.ts'
import { publicUrl } from '../account-context.ts'
import type { Finding, Machine } from './report.ts'

const gigabyte = 1024 ** 3
const freeMinGigabytes = 1
const answerWithinMs = 2000

export const sikuVersion = (): string => (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version

export async function examineMachine(thesaurus: string): Promise<Machine> {
  const path = dataDir()
  const exists = existsSync(path)
  const free = exists ? await statfs(path).then(({ bavail, bsize }) => (bavail * bsize) / gigabyte) : null
  const address = publicUrl()
  return {
    siku: sikuVersion(),
    node: process.versions.node,
    thesaurus,
    dataFolder: { path, exists, freeGigabytes: free === null ? null : Math.round(free * 10) / 10 },
    door: { address, state: await doorState(address) }
  }
}

async function doorState(address: string): Promise<Machine['door']['state']> {
  try {
    const answer = await request(`${address}/health/live`, { headersTimeout: answerWithinMs, bodyTimeout: answerWithinMs })
    const body = await answer.body.text()
    return answer.statusCode === 200 && body.includes('"live"') ? 'answers' : 'taken'
  } catch {
    const { hostname, port } = new URL(address)
    const isLocal = ['127.0.0.1', 'localhost'].includes(hostname)
    return isLocal && !(await isPortFree(Number(port) || 80)) ? 'taken' : 'free'
  }
}

export function machineFindings({ dataFolder, door }: Machine, origin: 'given' | 'running' | 'started'): Finding[] {
  const findings: Finding[] = []
  const { path, freeGigabytes } = dataFolder
  if (freeGigabytes !== null && freeGigabytes < freeMinGigabytes) {
    findings.push({
      about: 'data folder',
      wrong: `Only ${freeGigabytes} GB are free where ${path} lies.`,
      remedy: 'Make room: without it PostgreSQL stops.'
    })
  }
  for (const name of [path, join(path, 'secret'), join(path, 'postgres.password')]) {
    if (process.platform === 'win32' || !existsSync(name) || (statSync(name).mode & 0o077) === 0) continue
    findings.push({ about: 'data folder', wrong: `${name} can be read by others on this machine.`, remedy: `chmod go-rwx '${name}'` })
  }
  if (door.state === 'taken' && origin !== 'given') {
    findings.push({
      about: 'ports',
      wrong: `Another program listens where Siku would, at ${door.address}.`,
      remedy: 'Stop it, or give Siku another port with SIKU_PORT.'
    })
  }
  return findings
}
