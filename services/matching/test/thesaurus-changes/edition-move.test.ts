import { contentHash, publishEdition, writeAnnotations } from '@siku/db'
import { annotateDocument } from '@siku/service-kit'
import { countingIds } from '@siku/testing'
import { compileEdition, type OverlayChange, type Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import t from 'tap'
import { rematchAll } from '../../src/match/rematch.ts'
import { keepWeights } from '../../src/runs/keep-weights.ts'
import type { Replay } from '../../src/runs/run-schemas.ts'
import { matchingService } from '../review/service.ts'
import { demand, indexer, matcherActor, technology, thesaurus, weights } from '../support.ts'

type Place = Awaited<ReturnType<typeof matchingService>>
type Stored = { id: string; demandId: string; technologyId: string; edition: string; revision: number; reasons: string; score: string }

const ids = countingIds(9)
const about = ['brackish-desalination', 'reverse-osmosis', 'saline-groundwater']
const label: OverlayChange = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }

const rowsOf = ({ owner }: Place): Promise<Stored[]> =>
  owner.withRead(matcherActor, async (tx) => [
    ...(await tx.execute<Stored>(sql`
      select id, demand_id as "demandId", technology_id as "technologyId", thesaurus_edition as edition, revision,
        (explanation - 'thesaurusEdition')::text as reasons, score_millionths || ' ' || band || ' ' || features::text as score
      from matching.match order by id`))
  ])

const countRuns = async ({ owner }: Place): Promise<number> =>
  owner.withRead(matcherActor, async (tx) => (await tx.execute(sql`select id from matching.list_run`)).length)

/** What the index workers of both libraries do for an edition, and the move of the lists to it with all that it owes. */
async function moveTo(place: Place, edition: Thesaurus, number: number, changes: OverlayChange[]): Promise<void> {
  const { owner, worker } = place
  await owner.withTx(indexer, async (tx) => {
    const publishedAt = '2027-03-01T00:00:00.000Z'
    await publishEdition(tx, { number, edition: edition.edition, base: thesaurus.edition, changes, publishedBy: 'x', publishedAt })
    type Row = { id: string; library: 'cooperation-demand'; version: number; text: Parameters<typeof annotateDocument>[1] }
    const rows = await tx.execute<Row>(sql`select id, library, version, text from published.document`)
    const read = [...rows].map(({ text, ...row }) => ({ ...row, annotation: annotateDocument(edition, text) }))
    await writeAnnotations(
      tx,
      read.map((row) => ({ ...row, edition: edition.edition, hash: contentHash(row.annotation) }))
    )
  })
  while ((await worker.drain()) > 0);
}

t.test('a move of the lists to another edition rewrites the matches whose score or reasons changed, and no others', async (t) => {
  const saying = demand(ids(), {
    about: ['brackish-desalination'],
    text: {
      sourceLanguage: 'en',
      title: 'Brackish water desalination for wells',
      summary: 'Brackish water desalination with a hyperfiltration sieve.',
      description: 'Brackish desalination.'
    }
  })
  const others = Array.from({ length: 5 }, (_, at) => demand(ids(), { about: at % 2 ? about : about.slice(0, 2) }))
  const offers = Array.from({ length: 6 }, (_, at) => technology(ids(), { about: at % 2 ? about : about.slice(0, 2) }))
  const place = await matchingService(t, [saying, ...others, ...offers])
  await keepWeights(place.db, weights)
  const before = await rowsOf(place)
  const runsBefore = await countRuns(place)
  t.ok(before.length > 20, `${before.length} matches`)

  const first = compileEdition(thesaurus, { number: 1, changes: [label] })
  await moveTo(place, first, 1, [label])
  t.equal(place.worker.context.scorer.edition, first.edition, 'the lists have moved on')
  const after = await rowsOf(place)
  const isOther = (row: Stored) => {
    const was = before.find(({ id }) => id === row.id)
    return was?.reasons !== row.reasons || was.score !== row.score
  }
  const isRewritten = (row: Stored) => row.revision !== before.find(({ id }) => id === row.id)?.revision
  const rewritten = after.filter(isRewritten)
  t.same(
    rewritten.map(({ id }) => id),
    after.filter(isOther).map(({ id }) => id),
    'what is written is what differs'
  )
  t.ok(
    rewritten.length > 0 && rewritten.every(({ demandId }) => demandId === saying.id),
    `${rewritten.length} of ${after.length} rewritten`
  )
  t.comment(`${rewritten.length} of ${after.length} matches were rewritten`)
  t.ok(after.every((row) => row.edition === (isRewritten(row) ? first.edition : thesaurus.edition)))
  t.ok((await countRuns(place)) - runsBefore <= 1 + offers.length, 'no list of a record without a change leaves a run')

  await t.test('a full run in the new edition writes nothing more', async (t) => {
    const total = await rematchAll(place.worker.context, { cause: 'test' })
    t.match(total, { demands: others.length + 1, added: 0, changed: 0, withdrawn: 0 })
    t.same(await rowsOf(place), after)
  })

  await t.test('lists of either edition are had again byte for byte', async (t) => {
    type Runs = { data: { id: string; recordId: string; thesaurusEdition: string }[] }
    const untouched = after.find((row) => !isRewritten(row))
    for (const [row, edition] of [
      [rewritten[0], first.edition],
      [untouched, thesaurus.edition]
    ] as const) {
      const path = `/v1/matches/${row?.id ?? ''}`
      const runs = (await place.call<Runs>('GET', `${path}/runs`, { who: 'auditor' })).body.data
      const run = runs.find(({ recordId, thesaurusEdition }) => recordId === row?.demandId && thesaurusEdition === edition)
      const { body } = await place.call<Replay>('GET', `${path}/replay?run=${run?.id ?? ''}`, { who: 'auditor' })
      t.match(body, { equal: true, run: { thesaurusEdition: edition } })
      t.ok(body.recorded.length > 0)
    }
  })

  await t.test('reasons alone are enough: what is stored otherwise is written again by the next move, decided ones excepted', async (t) => {
    const [lost, decided] = after.filter((row) => !isRewritten(row))
    await place.owner.withTx(matcherActor, (tx) =>
      tx.execute(sql`update matching.match set explanation = jsonb_set(explanation, '{pairs}', '[]')
        where id in (${lost?.id ?? ''}::uuid, ${decided?.id ?? ''}::uuid)`)
    )
    await place.owner.withTx(matcherActor, (tx) =>
      tx.execute(sql`update matching.match set state = 'approved', decided_by = 'x' where id = ${decided?.id ?? ''}::uuid`)
    )
    const more: OverlayChange[] = [label, { ...label, label: 'sieve of the second kind' }]
    await moveTo(place, compileEdition(thesaurus, { number: 2, changes: more }), 2, more)
    const now = await rowsOf(place)
    const differing = now.filter((row) => row.revision !== after.find(({ id }) => id === row.id)?.revision)
    t.same(
      differing.map(({ id, reasons }) => ({ id, reasons })),
      [{ id: lost?.id, reasons: lost?.reasons }]
    )
  })
})
