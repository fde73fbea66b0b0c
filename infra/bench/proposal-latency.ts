import { serviceActor } from '@siku/contracts'
import { createLogger, openedThings, systemNow, type Opened } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { openInstallation, type Installation } from '../dev/installation/open-installation.ts'
import { loadSample } from '../dev/sample/load-sample.ts'
import { serviceCaller } from '../dev/seed/call-service.ts'
import { postRecord, submitRecord, type Posted } from '../dev/seed/post-record.ts'
import { memberOf, staff } from '../dev/seed/sample-actors.ts'
import { stories } from '../dev/sample/stories.ts'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { childProcess } from './child-server.ts'
import { cores, percentile, say } from './rounds.ts'
import type { BenchScene } from './scene.ts'
import type { LoadAnswer, ToSend } from './send-at-rate.ts'

const perSecond = 100
const warmUpMax = 100
const atOnce = 20
const goalMs = 250
const limitMs = 1000
const actor = serviceActor('service:match', 'bench')

/**
 * P7: from published to match proposed, with the drafts submitted beforehand and the approvals at a fixed rate. The load comes from a
 * process of its own with tokens signed beforehand, as the gateway would; the first postings warm the programs up and are not counted.
 */
export async function benchProposalLatency({ urls, secret }: BenchScene, postings: number): Promise<void> {
  const log = createLogger({ name: 'bench', level: 'error' })
  const opened = openedThings(log)
  try {
    const installation = await openInstallation(opened, { urls, secret, log, port: 0 })
    const load = opened.use('load', await childProcess('./send-at-rate.ts'))
    const publish = async (waiting: readonly Posted[]): Promise<Record<string, number>> => {
      const answer = (await load.ask({ posts: await toSend(installation, waiting), perSecond })) as LoadAnswer
      if ('failed' in answer) throw new Error(answer.failed)
      await waitUntilQuiet(installation.matching.db, { timeoutMs: 120_000 })
      return answer.answeredAt
    }
    const warmUp = Math.min(warmUpMax, postings)
    const waiting = await submitAll(installation, opened, warmUp + postings)
    await publish(waiting.slice(0, warmUp))
    const published = await publish(waiting.slice(warmUp))
    const proposed = await installation.matching.db.withRead(actor, (tx) =>
      tx.execute<{ id: string; at: number }>(sql`
      select technology_id as id, (extract(epoch from min(proposed_at)) * 1000)::float as at from matching.match group by technology_id`)
    )
    const waits = [...proposed].flatMap(({ id, at }) => (id in published ? [Math.max(0, at - (published[id] ?? 0))] : []))
    report(waits, Object.keys(published).length)
  } finally {
    await opened.close()
  }
}

/** A demand that is published, and technologies it would be matched with that wait for their approval. */
async function submitAll(installation: Installation, opened: Opened, count: number): Promise<Posted[]> {
  const { call, close } = serviceCaller({ services: installation.services, sign: installation.keyRing.sign })
  opened.use('caller', { close })
  const reviewer = reviewerOf(installation)
  const { demand, technology } = story(installation.keyOf)
  await postRecord(call, { library: 'cooperation-demand', draft: demand.draft, author: demand.author, reviewer })
  const waiting: Posted[] = []
  while (waiting.length < count) {
    const numbers = Array.from({ length: Math.min(atOnce, count - waiting.length) }, (_, at) => waiting.length + at)
    const submit = (number: number) =>
      submitRecord(call, {
        library: 'technology-reserve',
        author: technology.author,
        reviewer,
        draft: { ...technology.draft, title: `${technology.draft.title} ${number}` }
      })
    waiting.push(...(await Promise.all(numbers.map(submit))))
  }
  await waitUntilQuiet(installation.matching.db, { timeoutMs: 60_000 })
  return waiting
}

const reviewerOf = ({ keyOf }: Installation) => staff('reviewer', ['reviewer'], keyOf)

async function toSend(installation: Installation, waiting: readonly Posted[]): Promise<ToSend[]> {
  const { services, keyRing } = installation
  const reviewer = reviewerOf(installation)
  return Promise.all(
    waiting.map(async ({ id, revision }) => ({
      id,
      revision,
      url: `${services['technology-reserve']}/v1/technologies/${id}/approve`,
      token: await keyRing.sign(reviewer, 'technology-reserve')
    }))
  )
}

function report(waits: number[], published: number): void {
  const p99 = percentile(waits, 0.99)
  say(`\nP7 published → match proposed, embedded, ${perSecond}/s (${cores()}, everything in one process, the load from another)`)
  say(
    `  ${waits.length} of ${published} proposed; p50 ${percentile(waits, 0.5).toFixed(0)} ms, p95 ${percentile(waits, 0.95).toFixed(0)} ms, p99 ${p99.toFixed(0)} ms`
  )
  say('  floor: relay poll up to 40 ms + one index batch + relay poll up to 40 ms + one match run')
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
