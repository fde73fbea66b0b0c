import { openQueue } from '@siku/service-kit'
import { setTimeout as delay } from 'node:timers/promises'
import { request } from 'undici'
import type { Call } from '../command.ts'
import type { Here } from '../open-database.ts'
import type { Finding, Report } from './report.ts'

const answerWithinMs = 3000
type Services = Pick<Report, 'queue' | 'search'>

/** Queue and search engine: neither holds anything that cannot be made again, and without either work goes on, more slowly. */
export async function examineServices({ opened, log }: Pick<Call, 'opened' | 'log'>, { urls }: Here): Promise<Services> {
  const { REDIS_URL: redis, MEILI_URL: meili, MEILI_KEY: key } = process.env
  const queue = openQueue(redis ? { REDIS_URL: redis } : { SIKU_QUEUE_DATABASE_URL: urls.queue }, log)
  const pinged = queue ? within(opened.use('queue', queue).ping()) : Promise.resolve(false)
  return {
    queue: { backend: redis ? 'redis' : 'postgresql', answers: await pinged },
    search: meili ? await askMeilisearch(meili, key) : { backend: 'embedded', answers: true, version: null }
  }
}

const within = (work: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    work.then(
      () => true,
      () => false
    ),
    delay(answerWithinMs, false, { ref: false })
  ])

async function askMeilisearch(url: string, key: string | undefined): Promise<Services['search']> {
  const timeouts = {
    headersTimeout: answerWithinMs,
    bodyTimeout: answerWithinMs,
    ...(key ? { headers: { authorization: `Bearer ${key}` } } : {})
  }
  try {
    const answer = await request(new URL('version', url.endsWith('/') ? url : `${url}/`), timeouts)
    const body = (await answer.body.json()) as { pkgVersion?: string }
    return { backend: 'meilisearch', answers: answer.statusCode === 200, version: body.pkgVersion ?? null }
  } catch {
    return { backend: 'meilisearch', answers: false, version: null }
  }
}

export function serviceFindings({ queue, search }: Services): Finding[] {
  const findings: Finding[] = []
  if (queue && !queue.answers) {
    const remedy = queue.backend === 'redis' ? 'Check REDIS_URL and that Redis runs.' : 'npm run siku -- migrate'
    findings.push({
      about: 'queue',
      wrong: `The queue (${queue.backend}) does not answer; workers look for work every 5 s meanwhile.`,
      remedy
    })
  }
  if (search && !search.answers)
    findings.push({
      about: 'search',
      wrong: 'Meilisearch does not answer, or not to this key.',
      remedy: 'Check MEILI_URL, MEILI_KEY and that it runs; what it missed is indexed afterwards.'
    })
  return findings
}
