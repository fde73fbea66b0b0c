import { featureNames, renderExplanation } from '@siku/matcher'
import { testActors } from '@siku/testing'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { turnOffEmbedding } from '../../src/embedding/embed-worker.ts'
import { checkSample } from '../../src/match/reconcile.ts'
import { rematchAll } from '../../src/match/rematch.ts'
import { demand, log, matcherActor, publish, technology, thesaurus } from '../support.ts'
import {
  assertConverged,
  editAtRandom,
  idOf,
  marked,
  meaningful,
  owed,
  place,
  rowsOf,
  untilQuiet,
  valueIn,
  vectors,
  type Row
} from './support.ts'

t.test('a match does not wait for its vectors; when they arrive it is scored again, and says that the texts are similar', async (t) => {
  const here = await place(t)
  await here.embedding.drain()
  await publish(here.owner, [demand(idOf('d', 1), marked('salt')), technology(idOf('t', 1), marked('salt'))])
  await here.matchAll()
  const [before] = await rowsOf(here)
  t.ok(before, 'the concepts alone propose it')
  t.equal(valueIn(before as Row, 'embedding-missing'), 1)
  t.not(before?.explanation.against?.feature, 'embedding', 'what is not known speaks against nothing')
  t.match(await owed(here), { open: 2, parked: 0 })

  await here.settle()
  const [after] = await rowsOf(here)
  t.equal(valueIn(after as Row, 'embedding-missing'), 0)
  t.equal(valueIn(after as Row, 'embedding'), 1)
  t.ok((after?.score ?? 0) > (before?.score ?? 0), 'and it scores higher')
  const explanation = (after as Row).explanation
  const { reasons } = renderExplanation(explanation, 'en', thesaurus)
  t.ok(
    reasons.some((reason) => /^Similar in meaning, .*\d %|^Similar in meaning, .*\d%/.test(reason)),
    'with its share'
  )
  const sum = explanation.contributions.reduce((total, line) => total + line.contributionMillionths, 0)
  t.equal(sum, explanation.logOddsMillionths)
  t.match(await owed(here), { open: 0, parked: 0 })
  await assertConverged(t, here)
})

t.test('without an embedder nothing is owed, and every pair scores as if there were no such feature', async (t) => {
  const here = await place(t)
  await publish(here.owner, [demand(idOf('d', 1)), technology(idOf('t', 1))])
  await here.matchAll()
  t.match(await owed(here), { open: 0 })
  const [row] = await rowsOf(here)
  const about = (row?.explanation.contributions ?? []).filter(({ feature }) => feature === 'embedding' || feature === 'embedding-missing')
  t.equal(
    about.reduce((sum, { contributionMillionths }) => sum + contributionMillionths, 0),
    0
  )
  t.same(
    (row?.explanation.contributions ?? []).map(({ feature }) => feature),
    ['bias', ...featureNames]
  )
})

t.test('texts that share no concept and mean the same find each other', async (t) => {
  const here = await place(t, { weights: meaningful })
  await here.embedding.drain()
  await publish(here.owner, [
    demand(idOf('d', 1), marked('wind', { about: ['low-crop-yield'] })),
    demand(idOf('d', 2), marked('rail', { about: ['low-crop-yield'] })),
    technology(idOf('t', 1), marked('wind', { about: ['reverse-osmosis'] }))
  ])
  await here.matchAll()
  t.same(await rowsOf(here), [], 'not by their concepts')
  await here.settle()
  t.same(
    (await rowsOf(here)).map(({ demandId, technologyId }) => [demandId, technologyId]),
    [[idOf('d', 1), idOf('t', 1)]]
  )
  await assertConverged(t, here)
  const again = await rematchAll(here.matcher.context, { cause: 'test' })
  t.match(again, { added: 0, changed: 0, withdrawn: 0 }, 'a full run writes nothing')
})

t.test('an embedder that is slow, fails or is gone holds nothing up; what it missed is made when it is back', async (t) => {
  const here = await place(t, { embedder: { timeoutMs: 300 }, worker: { leaseMs: 200 } })
  await here.embedding.drain()
  for (const kind of ['error-500', 'hang', 'not-json'] as const) {
    const number = ['error-500', 'hang', 'not-json'].indexOf(kind) + 1
    await publish(here.owner, [demand(idOf('d', number), marked('salt')), technology(idOf('t', number), marked('salt'))])
    await here.matchAll()
    here.server.inject({ kind, on: (texts) => texts.some((text) => text.includes('«salt»')) })
    await here.embedding.drain()
    t.match(here.embedding.state(), { status: 'away' }, kind)
    t.equal((await rowsOf(here)).length, number * number, 'every pair is proposed all the same')
    t.match(await owed(here), { open: number * 2, parked: 0 }, 'and nothing is set aside')
  }
  t.equal(here.server.struck(), 3)
  here.server.inject({ kind: 'slow', ms: 100, times: 2 })
  await untilQuiet(here)
  t.match(here.embedding.state(), { status: 'answers', fault: null })
  t.ok((await rowsOf(here)).every((row) => valueIn(row, 'embedding-missing') === 0))
  await assertConverged(t, here)
})

t.test('a text the embedder will not take is set aside alone', async (t) => {
  const here = await place(t)
  await here.embedding.drain()
  await publish(here.owner, [
    demand(idOf('d', 1), marked('salt')),
    technology(idOf('t', 1), marked('salt')),
    technology(idOf('t', 2), marked('silk'))
  ])
  here.server.inject({ kind: 'refuse-400', times: 2, on: (texts) => texts.some((text) => text.includes('«silk»')) })
  await here.settle()
  t.match(await owed(here), { open: 0, parked: 1 })
  t.same(
    (await vectors(here)).map(({ id }) => id),
    [idOf('t', 1), idOf('d', 1)].sort()
  )
  t.match(here.embedding.state(), { status: 'answers' })
  await publish(here.owner, [technology(idOf('t', 2), marked('silk', { version: 2, revision: 2 }))])
  await here.settle()
  t.match(await owed(here), { open: 0, parked: 0 }, 'its next version is tried again')
})

t.test('with another model everything is embedded anew, and vectors of two models are never compared', async (t) => {
  const here = await place(t, { worker: { batchSize: 1 } })
  await here.embedding.drain()
  await publish(here.owner, [demand(idOf('d', 1), marked('salt')), technology(idOf('t', 1), marked('salt'))])
  await here.settle()
  here.server.change('double-2', 20)
  await here.embedding.drain()
  await here.matchAll()
  const halfway = await vectors(here)
  t.same(
    halfway.filter(({ isCurrent }) => isCurrent).map(({ model }) => model),
    ['double-2'],
    'one side has the new one'
  )
  t.equal(valueIn((await rowsOf(here))[0] as Row, 'embedding-missing'), 1, 'until both have it, nothing is known')
  await assertConverged(t, here)
  await here.settle()
  t.equal(valueIn((await rowsOf(here))[0] as Row, 'embedding-missing'), 0)
  t.equal((await vectors(here)).filter(({ isCurrent }) => isCurrent).length, 2)
  for (const timer of here.embedding.timers) await timer.run(new AbortController().signal)
  t.ok(
    (await vectors(here)).every(({ isCurrent }) => isCurrent),
    'and the former ones are forgotten'
  )
  await assertConverged(t, here)
})

t.test('a model that changes in the middle of a batch is noticed by what it answers', async (t) => {
  const here = await place(t, { worker: { recheckMs: 60_000, leaseMs: 200 } })
  await here.embedding.drain()
  await publish(here.owner, [demand(idOf('d', 1), marked('salt')), technology(idOf('t', 1), marked('salt'))])
  await here.matchAll()
  here.server.inject({ kind: 'wrong-dimension', on: (texts) => texts.some((text) => text.includes('«salt»')) })
  await here.embedding.drain()
  t.same(await vectors(here), [], 'a vector of another length is not kept')
  here.server.change('double-2')
  await untilQuiet(here)
  t.same([...new Set((await vectors(here)).filter(({ isCurrent }) => isCurrent).map(({ model }) => model))], ['double-2'])
  await assertConverged(t, here)
})

t.test(
  'a worker that is set up without an embedder turns vectors off, and one with it turns them on again without asking for a text twice',
  async (t) => {
    const here = await place(t)
    await here.embedding.drain()
    await publish(here.owner, [demand(idOf('d', 1), marked('salt')), technology(idOf('t', 1), marked('salt'))])
    await here.settle()
    await turnOffEmbedding({ db: here.db, log, now: here.clock.now })
    await here.matchAll()
    t.equal(valueIn((await rowsOf(here))[0] as Row, 'embedding-missing'), 1)
    await assertConverged(t, here)
    const asked = here.server.asked().length
    await here.settle()
    t.equal(valueIn((await rowsOf(here))[0] as Row, 'embedding-missing'), 0)
    t.notOk(
      here.server
        .asked()
        .slice(asked)
        .some(({ texts }) => texts.some((text) => text.includes('«salt»')))
    )
    await assertConverged(t, here)
  }
)

t.test('a new version with the same text keeps its vector, and a record that is not offered any more loses it', async (t) => {
  const here = await place(t)
  await here.embedding.drain()
  const id = idOf('t', 1)
  await publish(here.owner, [demand(idOf('d', 1), marked('salt')), technology(id, marked('salt'))])
  await here.settle()
  const asked = () => here.server.asked().filter(({ texts }) => texts.some((text) => text.includes('«salt»'))).length
  const before = asked()
  await publish(here.owner, [technology(id, marked('salt', { version: 2, revision: 2 }))])
  await here.settle()
  t.equal(asked(), before)
  t.match(
    (await vectors(here)).find((vector) => vector.id === id),
    { version: 2 }
  )
  t.equal(valueIn((await rowsOf(here))[0] as Row, 'embedding-missing'), 0)

  await publish(here.owner, [technology(id, marked('salt', { version: 2, revision: 3, openForInterest: false }))])
  await here.settle()
  t.same(
    (await vectors(here)).map((vector) => vector.id),
    [idOf('d', 1)]
  )
  t.same(await rowsOf(here), [])
  await publish(here.owner, [technology(id, marked('salt', { version: 2, revision: 4 }))])
  await here.matchAll()
  t.equal((await rowsOf(here)).length, 1, 'opened again it is matched at once')
  await here.settle()
  await assertConverged(t, here)
})

t.test('whatever the order in which records change and vectors arrive, the match set is that of brute force', async (t) => {
  for (const seed of [3, 17]) {
    const here = await place(t, { weights: meaningful, worker: { batchSize: 2, leaseMs: 200 } })
    await editAtRandom(here, { seed, edits: 36 })
    await untilQuiet(here)
    await assertConverged(t, here, `seed ${seed}`)
    t.same((await checkSample(here.matcher.context, 20)).drifted, [])
  }
})

t.test('nobody but services reads a vector, and the demand side of another organisation none of its own either', async (t) => {
  const here = await place(t)
  await here.embedding.drain()
  await publish(here.owner, [demand(idOf('d', 1), marked('salt')), technology(idOf('t', 1), marked('salt'))])
  await here.settle()
  const countAs = (actor: Parameters<typeof here.db.withRead>[0]) =>
    here.db.withRead(actor, async (tx) => {
      const [row] = await tx.execute<{ count: number }>(sql`
        select (select count(*) from matching.vector)::int + (select count(*) from matching.embedding_space)::int as count`)
      return row?.count
    })
  t.equal(await countAs(matcherActor), 3)
  const { anonymous, memberOfA, memberOfB, missionOfficer, reviewer, matchOfficer, commissionAdmin, operator } = testActors
  for (const actor of [anonymous, memberOfA, memberOfB, missionOfficer, reviewer, matchOfficer, commissionAdmin, operator])
    t.equal(await countAs(actor), 0, actor.id)
})
