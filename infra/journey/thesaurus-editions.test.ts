import { readWeights } from '@siku/matcher'
import { readExpectedMatches } from '@siku/matching'
import { annotateDocument, followThesaurus, systemNow } from '@siku/service-kit'
import t from 'tap'
import { label, others, place } from './editions/place.ts'
import { publishChange } from './editions/publish-change.ts'
import { annotationsOf, matchesOf, readAgain, storedPairs, type Stored } from './editions/read-stored.ts'
import { startProcesses } from './editions/start-processes.ts'

/** A label comes at run time: exactly the records it concerns are read again, lists move on together, and the two find each other. */
t.test('a label that came at run time makes a demand find a technology, and nothing else is read again', async (t) => {
  const { database, owner, demand, technology } = await place(t)
  const first = startProcesses(t, database)
  await first.settle()
  const shipped = first.thesaurus.edition
  t.same(await matchesOf(owner, demand.id), [], 'before, it finds nothing')
  const before = await annotationsOf(owner, shipped)
  t.equal(before.length, others + 22)

  await publishChange(t, first, label)
  await first.settle()
  const { newestThesaurus, inForce } = await followThesaurus(first.db, first.thesaurus).refresh()
  t.equal(inForce, 1)
  const found = await matchesOf(owner, demand.id)
  t.ok(
    found.some(({ technologyId }) => technologyId === technology.id),
    'now it finds the technology'
  )
  t.ok(found.every(({ edition }) => edition === newestThesaurus.edition))

  const carries = ({ annotation }: Stored) => (annotation as { concepts: { id: string }[] }).concepts.some(({ id }) => id === label.concept)
  const concerned = [...before.filter(carries).map(({ id }) => id), demand.id].toSorted()
  t.same(await readAgain(owner), concerned, 'those that say the label or carry its concept')
  t.ok(concerned.length < before.length / 4, `${concerned.length} of ${before.length}`)
  t.comment(`${concerned.length} of ${before.length} records were read again`)

  const after = await annotationsOf(owner, newestThesaurus.edition)
  t.equal(after.length, before.length)
  t.same(
    after.filter(
      ({ text, annotation }) => JSON.stringify(sorted(annotateDocument(newestThesaurus, text))) !== JSON.stringify(sorted(annotation))
    ),
    [],
    'every record says what reading it with the new edition says, read again or not'
  )
  t.same(await annotationsOf(owner, shipped), [], 'what lists have left is cleared away')

  const expected = await readExpectedMatches(first.db, { thesaurus: newestThesaurus, weights: readWeights(), now: systemNow() })
  const stored = await storedPairs(owner)
  t.same(
    stored,
    expected.map(({ demandId, technologyId, contentHash }) => `${demandId} ${technologyId} ${contentHash}`).toSorted(),
    'the match set is that of brute force'
  )

  t.comment('processes that are started again have the overlay, and further changes build on it')
  const again = startProcesses(t, database)
  t.equal(await again.worker.drain(), 0)
  t.equal(again.worker.context.scorer.edition, newestThesaurus.edition)
  await publishChange(t, again, { ...label, kind: 'remove-label' })
  await again.settle()
  await first.settle()
  t.equal(first.worker.context.scorer.edition, again.worker.context.scorer.edition, 'both processes work with the same edition')
  t.notOk(
    (await matchesOf(owner, demand.id)).some(({ state }) => state !== 'withdrawn'),
    'without the label the match is gone'
  )
})

/** The database orders the fields of an object its own way. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, field]) => [name, sorted(field)])
  )
}
