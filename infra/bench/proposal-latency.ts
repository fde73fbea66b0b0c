import { serviceActor } from '@siku/contracts'
import { createLogger, openedThings, systemNow } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { setTimeout as delay } from 'node:timers/promises'
import { openInstallation } from '../dev/installation/open-installation.ts'
import { loadSample } from '../dev/sample/load-sample.ts'
import { serviceCaller } from '../dev/seed/call-service.ts'
import { postRecord, step, submitRecord, type Posted } from '../dev/seed/post-record.ts'
import { memberOf, staff } from '../dev/seed/sample-actors.ts'
import { stories } from '../dev/sample/stories.ts'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { cores, percentile, say } from './rounds.ts'
import type { BenchScene } from './scene.ts'

const perSecond = 100
const goalMs = 250
const limitMs = 1000
const actor = serviceActor('service:match', 'bench')

/** P7: from published to match proposed, with the drafts submitted beforehand and the approvals at a fixed rate. */
export async function benchProposalLatency({ urls, secret }: BenchScene, postings: number): Promise<void> {
  const log = createLogger({ name: 'bench', level: 'error' })
  const opened = openedThings(log)
  try {
    const installation = await openInstallation(opened, { urls, secret, log, port: 0 })
    const { call, close } = serviceCaller({ services: installation.services, sign: installation.keyRing.sign })
    opened.use('caller', { close })
    const reviewer = staff('reviewer', ['reviewer'], installation.keyOf)
    const { demand, technology } = story(installation.keyOf)
    await postRecord(call, { library: 'cooperation-demand', draft: demand.draft, author: demand.author, reviewer })
    const waiting: Posted[] = []
    for (let index = 0; index < postings; index += 20) {
      const batch = Array.from({ length: Math.min(20, postings - index) }, (_, at) => index + at)
      waiting.push(
        ...(await Promise.all(
          batch.map((number) =>
            submitRecord(call, {
              library: 'technology-reserve',
              author: technology.author,
              reviewer,
              draft: { ...technology.draft, title: `${technology.draft.title} ${number}` }
            })
          )
        ))
      )
    }
    await waitUntilQuiet(installation.matching.db, { timeoutMs: 60_000 })

    const published = new Map<string, number>()
    const approvals: Promise<void>[] = []
    for (const record of waiting) {
      approvals.push(
        step(call, { library: 'technology-reserve', actor: reviewer, record, name: 'approve' }).then(
          () => void published.set(record.id, Date.now())
        )
      )
      await delay(1000 / perSecond)
    }
    await Promise.all(approvals)
    await waitUntilQuiet(installation.matching.db, { timeoutMs: 120_000 })
    const proposed = await installation.matching.db.withRead(actor, (tx) =>
      tx.execute<{ id: string; at: number }>(sql`
      select technology_id as id, (extract(epoch from min(proposed_at)) * 1000)::float as at from matching.match group by technology_id`)
    )
    const waits = [...proposed].flatMap(({ id, at }) => (published.has(id) ? [Math.max(0, at - (published.get(id) ?? 0))] : []))
    report(waits, published.size)
  } finally {
    await opened.close()
  }
}

function report(waits: number[], published: number): void {
  const p99 = percentile(waits, 0.99)
  say(`\nP7 published → match proposed, embedded, ${perSecond}/s (${cores()}, everything in one process with the load)`)
  say(
    `  ${waits.length} of ${published} proposed; p50 ${percentile(waits, 0.5).toFixed(0)} ms, p95 ${percentile(waits, 0.95).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`
  )
  say('  floor: relay poll up to 150 ms + queue + one index batch + queue + one match run')
  say(`  P7: limit p99 ≤ ${limitMs} ms ${p99 <= limitMs ? 'met' : 'NOT met'}; goal ≤ ${goalMs} ms ${p99 <= goalMs ? 'met' : 'not met'}`)
}

function story(keyOf: (organisationId: string) => string) {
  const sample = loadSample(systemNow())
  const [first] = stories
  const demand = sample.demands.find(({ key }) => key === first?.demand)
  const technology = sample.technologies.find(({ key }) => key === first?.technology)
  const owner = (key: string | undefined) => sample.organisations.find((organisation) => organisation.key === key)
  const [asks, offers] = [owner(demand?.organisation), owner(technology?.organisation)]
  if (!demand || !technology || !asks || !offers) throw new Error('the sample has lost its first story')
  return {
    demand: { draft: demand.draft, author: memberOf(asks, keyOf) },
    technology: { draft: technology.draft, author: memberOf(offers, keyOf) }
  }
}
