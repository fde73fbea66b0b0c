import t from 'tap'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import { demand, matcherActor, technology } from './support.ts'
import { keepWeights } from '../src/runs/keep-weights.ts'
import type { Replay } from '../src/runs/run-schemas.ts'
import { readWeights } from '@siku/matcher'
import { matchingService } from './review/service.ts'

const ids = countingIds(5)
const about = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater']
type Page = { data: { id: string; cause: string; length: number }[]; next: string | null }

t.test('a list is had again byte for byte from what was kept with it', async (t) => {
  const need = demand(ids())
  const offers = [technology(ids()), technology(ids(), { about: [...about, 'desalination'] }), technology(ids(), { about: about.slice(1) })]
  const place = await matchingService(t, [need, ...offers])
  const [row] = await place.db.withRead(matcherActor, (tx) => tx.execute<{ id: string }>(sql`select id from matching.match limit 1`))
  const url = `/v1/matches/${row?.id ?? ''}`

  await t.test('not without the weights of that day', async (t) => {
    t.match(await place.call('GET', `${url}/replay`, { who: 'auditor' }), { status: 409, body: { code: 'SIKU_MATCHING_WEIGHTS_UNKNOWN' } })
  })
  await keepWeights(place.db, readWeights())
  await keepWeights(place.db, readWeights())

  const runs = await place.call<Page>('GET', `${url}/runs`, { who: 'auditor' })
  t.ok(runs.body.data.length > 0)
  for (const run of runs.body.data) {
    const { body, status } = await place.call<Replay>('GET', `${url}/replay?run=${run.id}`, { who: 'auditor' })
    t.equal(status, 200)
    t.equal(body.equal, true)
    t.same(body.replayed, body.recorded)
    t.equal(body.recorded.length, run.length)
  }
  t.ok(Math.max(...runs.body.data.map(({ length }) => length)) >= 3, 'a list with an order to it')

  await t.test('pages of one run each tell the same runs', async (t) => {
    const seen: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const page: { body: Page } = await place.call<Page>('GET', `${url}/runs?limit=1${next ? `&cursor=${next}` : ''}`, { who: 'auditor' })
      seen.push(...page.body.data.map(({ id }) => id))
      next = page.body.next
    }
    t.same(
      seen,
      runs.body.data.map(({ id }) => id)
    )
  })

  await t.test('someone of another organisation, and the owner, may not', async (t) => {
    for (const who of ['memberOfA', 'memberOfB'] as const) t.not((await place.call('GET', `${url}/replay`, { who })).status, 200)
  })

  await t.test('control: a score that was tampered with is told', async (t) => {
    await place.owner.withTx(matcherActor, (tx) =>
      tx.execute(sql`update matching.list_run set items = jsonb_set(items, '{0,scoreMillionths}', '999999')`)
    )
    const { body } = await place.call<Replay>('GET', `${url}/replay`, { who: 'auditor' })
    t.equal(body.equal, false)
  })
})
