import t from 'tap'
import type { Actor } from '@siku/contracts'
import { countingIds, testActors, testOrganisations } from '@siku/testing'
import { sql } from 'drizzle-orm'
import type { Match, MatchSummary } from '../../src/review/schemas.ts'
import { wakeDeferred } from '../../src/match/wake-deferred.ts'
import { countRows, demand, matcherActor, technology } from '../support.ts'
import { matchingService, type Who } from './service.ts'

const ids = countingIds(4)

async function oneMatch(t: { teardown: (end: () => unknown) => void }, sketch: Parameters<typeof technology>[1] = {}) {
  const [need, offer] = [demand(ids()), technology(ids(), sketch)]
  const service = await matchingService(t, [need, offer])
  const { body } = await service.call<{ data: MatchSummary[] }>('GET', '/v1/matches', { who: 'matchOfficer' })
  const id = body.data[0]?.id ?? ''
  const decide = (
    step: string,
    {
      who = 'matchOfficer',
      revision = 1,
      ...rest
    }: { who?: Who | Actor; revision?: number; body?: object; headers?: Record<string, string> } = {}
  ) =>
    service.call<Match>('POST', `/v1/matches/${id}/${step}`, { who, ...rest, headers: { 'if-match': `"r${revision}"`, ...rest.headers } })
  const audit = async () => [
    ...(await service.owner.withRead(matcherActor, (tx) =>
      tx.execute<{ action: string; actor_id: string; detail: object; request_id: string }>(sql`
    select action, actor_id, detail, request_id from audit.entry where record_id = ${id}::uuid order by id`)
    ))
  ]
  return { ...service, need, offer, id, decide, audit }
}

t.test('a match is taken, approved, and every step leaves its audit row and the list as it was shown', async (t) => {
  const { decide, audit, id, need, offer, owner } = await oneMatch(t)
  t.match(await decide('take'), {
    status: 200,
    headers: { etag: '"r2"' },
    body: { state: 'in-review', takenBy: testActors.matchOfficer.id, unreviewed: true }
  })
  t.match(await decide('approve', { who: 'reviewer', revision: 2, body: { note: 'fits' } }), {
    status: 200,
    body: {
      state: 'approved',
      unreviewed: false,
      revision: 3,
      decision: { by: testActors.reviewer.id, note: 'fits', code: null, until: null }
    }
  })
  t.match(await audit(), [
    {
      action: 'match.take',
      actor_id: testActors.matchOfficer.id,
      detail: { demandId: need.id, technologyId: offer.id, from: 'proposed', to: 'in-review' }
    },
    { action: 'match.approve', actor_id: testActors.reviewer.id, detail: { from: 'in-review', to: 'approved' }, request_id: 'test-request' }
  ])
  const rows = await owner.withRead(matcherActor, (tx) =>
    tx.execute<{ event: string; note: string | null; shown: object[] }>(
      sql`select event, note, shown from matching.decision order by at, id`
    )
  )
  t.match(
    [...rows],
    [
      { event: 'take', note: null, shown: [{ match: id, technology: offer.id, version: 1, state: 'proposed' }] },
      { event: 'approve', note: 'fits', shown: [{ match: id, state: 'in-review' }] }
    ]
  )
})

t.test('a rejection needs a reason, and a decided match is not decided again', async (t) => {
  const { decide, audit } = await oneMatch(t)
  t.match(await decide('reject', { body: {} }), { status: 400, body: { errors: [{ pointer: '/code' }] } })
  t.match(await decide('reject', { body: { code: 'because' } }), { status: 400, body: { errors: [{ pointer: '/code' }] } })
  t.match(await decide('reject', { body: { code: 'budget', state: 'approved' } }), { status: 400 }, 'nothing else may be set')
  t.match(await decide('reject', { body: { code: 'budget', note: 'no funds' } }), {
    status: 200,
    body: { state: 'rejected', decision: { code: 'budget' } }
  })
  t.match(await decide('approve', { revision: 2, body: {} }), { status: 409, body: { code: 'SIKU_MATCHING_STATE', detail: /is rejected/ } })
  t.match(await decide('take', { revision: 2 }), { status: 409 })
  t.equal((await audit()).length, 1, 'what was refused left nothing')
  t.match((await audit())[0], { detail: { code: 'budget' } })
})

t.test('If-Match guards against deciding on what has changed', async (t) => {
  const { call, decide, id } = await oneMatch(t)
  t.match(await call('POST', `/v1/matches/${id}/take`, { who: 'matchOfficer' }), { status: 428 })
  t.match(await decide('take', { revision: 7 }), { status: 412, body: { detail: /it is now "r1"/ } })
  const both = await Promise.all([decide('approve', { body: {} }), decide('reject', { who: 'reviewer', body: { code: 'timing' } })])
  t.same(both.map(({ status }) => String(status)).toSorted(), ['200', '412'], 'of two at once exactly one wins')
})

t.test('a repeat under the same Idempotency-Key answers as the first time and does nothing twice', async (t) => {
  const { decide, audit, db } = await oneMatch(t)
  const headers = { 'idempotency-key': 'key-1' }
  t.match(await decide('reject', { headers, body: { code: 'budget' } }), { status: 200, body: { revision: 2 } })
  t.match(await decide('reject', { headers, body: { code: 'budget' } }), { status: 200, body: { revision: 2, state: 'rejected' } })
  t.match(await decide('reject', { headers, body: { code: 'timing' } }), { status: 422 })
  t.equal((await audit()).length, 1)
  t.equal(await countRows(db, 'decision'), 1)
})

t.test('deferring names a day ahead, and on that day the clock proposes it again', async (t) => {
  const { decide, audit, clock, worker, db, call, id } = await oneMatch(t)
  t.match(await decide('defer', { body: { until: '2027-03-01' } }), {
    status: 400,
    body: { code: 'SIKU_MATCHING_DAY_NOT_AHEAD', errors: [{ pointer: '/until' }] }
  })
  t.match(await decide('defer', { body: { until: 'soon' } }), { status: 400 })
  t.match(await decide('defer', { body: { until: '2027-03-05' } }), {
    status: 200,
    body: { state: 'deferred', decision: { until: '2027-03-05' } }
  })
  t.equal(await wakeDeferred(worker.context), 0)
  clock.set('2027-03-04T16:30:00.000Z')
  t.equal(await wakeDeferred(worker.context), 1, 'it is the fifth of March in Beijing')
  t.match((await call<Match>('GET', `/v1/matches/${id}`, { who: 'matchOfficer' })).body, { state: 'proposed', revision: 3 })
  t.match(
    (await audit()).map(({ action, actor_id }) => [action, actor_id]),
    [
      ['match.defer', testActors.matchOfficer.id],
      ['match.due', 'service:clock']
    ]
  )
  t.equal(await countRows(db, 'decision'), 2)
})

t.test('only deciders decide, and nobody on a record of their own organisation', async (t) => {
  const { decide, audit, need } = await oneMatch(t)
  for (const who of ['memberOfA', 'missionOfficer', 'auditor', 'operator', 'districtOfficer', 'compliance', 'intake'] as const) {
    t.match(await decide('take', { who }), { status: 403 }, who)
    t.match(await decide('approve', { who, body: {} }), { status: 403 }, who)
  }
  const { a, mission } = testOrganisations
  t.equal(need.ownerKey, mission.key)
  for (const { key, id } of [a, mission]) {
    const who = { ...testActors.reviewer, organisationKey: key, organisationId: id }
    t.match(await decide('take', { who }), { status: 403, body: { code: 'SIKU_MATCHING_OWN_ORGANISATION' } })
    t.match(await decide('approve', { who, body: {} }), { status: 403 })
  }
  t.equal((await audit()).length, 0)
})

t.test('an uncleared technology cannot be approved, nor a closed one; rejecting stays possible', async (t) => {
  const { decide, publishClosed } = await (async () => {
    const made = await oneMatch(t, { controlState: 'unassessed' })
    return {
      ...made,
      publishClosed: () =>
        made.owner.withTx(matcherActor, (tx) =>
          tx.execute(sql`update published.document set open_for_interest = false where id = ${made.need.id}::uuid`)
        )
    }
  })()
  t.match(await decide('approve', { body: {} }), { status: 409, body: { code: 'SIKU_MATCHING_ASSESS_FIRST', detail: /assess it first/ } })
  t.match(await decide('take'), { status: 200 })
  await publishClosed()
  t.match(await decide('reject', { revision: 2, body: { code: 'export-control' } }), { status: 200 })

  const other = await oneMatch(t)
  await other.owner.withTx(matcherActor, (tx) =>
    tx.execute(sql`update published.document set open_for_interest = false where id = ${other.need.id}::uuid`)
  )
  t.match(await other.decide('approve', { body: {} }), {
    status: 409,
    body: { code: 'SIKU_MATCHING_RECORD_CLOSED', detail: /The demand is no longer open/ }
  })
})

t.test('a match that nobody proposed is absent to a decider', async (t) => {
  const { call } = await oneMatch(t)
  t.match(await call('POST', `/v1/matches/${ids()}/take`, { who: 'matchOfficer', headers: { 'if-match': '"r1"' } }), { status: 404 })
  t.match(await call('POST', '/v1/matches/abc/take', { who: 'matchOfficer', headers: { 'if-match': '"r1"' } }), { status: 400 })
})
