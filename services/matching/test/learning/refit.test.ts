import t from 'tap'
import { declineCodes } from '@siku/contracts'
import { readWeights } from '@siku/matcher'
import { countingIds } from '@siku/testing'
import { sql } from 'drizzle-orm'
import type { Actor } from '@siku/contracts'
import { currentWeights, listWeights, promoteWeights, refit, rollBackWeights } from '../../src/learning/refit.ts'
import { findRelevance } from '../../src/learning/relevance.ts'
import { matchingService } from '../review/service.ts'
import { demand, matcherActor, technology } from '../support.ts'
import { testActors } from '@siku/testing'

const ids = countingIds(9)
const about = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater']
const commandLine: Actor = { ...testActors.auditor, id: 'command-line', roles: ['operator', 'auditor'] }

t.test('a rejection for budget or law says nothing about relevance, one for the fit does', async (t) => {
  t.equal(findRelevance({ event: 'approve', code: null }), true)
  t.equal(findRelevance({ event: 'reject', code: 'not-in-scope' }), false)
  for (const code of ['budget', 'no-reply', 'export-control', 'duplicate'] as const)
    t.equal(findRelevance({ event: 'reject', code }), undefined)
  t.equal(findRelevance({ event: 'defer', code: null }), undefined)
  for (const code of declineCodes) t.doesNotThrow(() => findRelevance({ event: 'reject', code }))
})

t.test('weights are refitted from decisions, promoted by a person, and taken back', async (t) => {
  const needs = Array.from({ length: 6 }, (_, at) => demand(ids(), { about: at % 2 ? about : [...about, 'desalination'] }))
  const offers = Array.from({ length: 6 }, (_, at) =>
    technology(ids(), { about: at % 2 ? about : about.slice(0, 2), text: { stage: at % 2 ? 'on-market' : 'concept' } })
  )
  const place = await matchingService(t, [...needs, ...offers])
  const { db, call } = place
  const lists = await call<{ data: { shortlist: { id: string }[] }[] }>('GET', '/v1/matches/demands', { who: 'matchOfficer' })

  await t.test('what was put before a reader is noted, and no person', async (t) => {
    const [row] = await db.withRead(matcherActor, (tx) =>
      tx.execute<{ lists: number; first: string[] }>(
        sql`select count(*)::int as lists, (array_agg(to_jsonb(matches)))[1] as first from matching.shown where view = 'staff'`
      )
    )
    t.equal(row?.lists, needs.length)
    t.ok(lists.body.data.some(({ shortlist }) => shortlist[0]?.id === row?.first[0]))
  })

  await t.test('too few decisions are refused in words', async (t) => {
    await t.rejects(refit(db, commandLine), { code: 'SIKU_MATCHING_TOO_FEW_DECISIONS', message: /at least 20/ })
  })

  const rows = await db.withRead(matcherActor, (tx) =>
    tx.execute<{ id: string; stage: string; revision: number }>(sql`
      select m.id, d.text ->> 'stage' as stage, m.revision from matching.match m join published.document d on d.id = m.technology_id
      order by m.demand_id, m.technology_id`)
  )
  t.ok(rows.length >= 24, `${rows.length} matches to decide`)
  for (const { id, stage, revision } of rows) {
    const headers = (number: number) => ({ 'if-match': `"r${number}"` })
    const taken = await call<{ revision: number }>('POST', `/v1/matches/${id}/take`, { who: 'matchOfficer', headers: headers(revision) })
    const [step, body] = stage === 'on-market' ? ['approve', {}] : ['reject', { code: 'too-early-stage' }]
    const done = await call('POST', `/v1/matches/${id}/${step}`, { who: 'reviewer', body, headers: headers(taken.body.revision) })
    t.equal(done.status, 200)
  }

  const { version, report } = await refit(db, commandLine)
  t.ok(report.all.after < report.all.before, JSON.stringify(report))
  t.same(report.worse, [])
  t.same(report.unmeasured, [], 'enough of the newer decisions were in the one language there is')
  t.same(Object.keys(report.byLanguage), ['en'])
  t.equal((await currentWeights(db, commandLine)).version, readWeights().version, 'nothing changes until a person promotes it')

  await t.test('control: what was measured against other weights than those in force is not promoted', async (t) => {
    const madeFrom = (from: string) =>
      db.withTx(commandLine, (tx) => tx.execute(sql`update matching.weights set made_from = ${from} where version = ${version}`))
    await madeFrom('1+00000000')
    await t.rejects(promoteWeights(db, commandLine, version), { code: 'SIKU_MATCHING_WEIGHTS_OUTDATED', message: /1\+00000000.*refit/ })
    await madeFrom(readWeights().version)
  })

  const { owed } = await promoteWeights(db, commandLine, version)
  t.equal(owed, needs.length + offers.length)
  t.equal((await currentWeights(db, commandLine)).version, version)
  while ((await place.worker.drain()) > 0);
  t.equal(place.worker.context.scorer.weightsVersion, version, 'the worker that does the owed work takes them up')
  await t.rejects(promoteWeights(db, commandLine, version), { code: 'SIKU_MATCHING_WEIGHTS_CURRENT' })
  await t.rejects(promoteWeights(db, commandLine, 'none'), { code: 'SIKU_MATCHING_WEIGHTS_UNKNOWN' })

  t.same((await rollBackWeights(db, commandLine)).version, null)
  t.equal((await currentWeights(db, commandLine)).version, readWeights().version)
  await t.rejects(rollBackWeights(db, commandLine), { code: 'SIKU_MATCHING_NOTHING_PROMOTED' })

  await t.test('control: weights that are worse for a language are not promoted', async (t) => {
    await db.withTx(commandLine, (tx) =>
      tx.execute(sql`update matching.weights set report = jsonb_set(report, '{worse}', '["ar"]') where version = ${version}`)
    )
    await t.rejects(promoteWeights(db, commandLine, version), { code: 'SIKU_MATCHING_WEIGHTS_WORSE', message: /ar/ })
  })
  await t.test('whoever does not run the system may not', async (t) => {
    await t.rejects(promoteWeights(db, testActors.memberOfA, version))
    t.same(await listWeights(db, testActors.memberOfA), [])
  })
})
