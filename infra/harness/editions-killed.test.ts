import { library as demands } from '@siku/cooperation-demand'
import { claimWork } from '@siku/db'
import { readWeights } from '@siku/matcher'
import { readExpectedMatches } from '@siku/matching'
import { followThesaurus, systemNow } from '@siku/service-kit'
import t from 'tap'
import { label, others, place, plain, publish } from '../journey/editions/place.ts'
import { publishChange } from '../journey/editions/publish-change.ts'
import { annotationsOf, matchesOf, storedPairs } from '../journey/editions/read-stored.ts'
import { actor, startProcesses } from '../journey/editions/start-processes.ts'

t.test('a process killed between any two steps leaves nothing behind', async (t) => {
  const { database, owner, demand, technology, made } = await place(t)
  const first = startProcesses(t, database)
  await first.settle()
  await publishChange(t, first, label)
  const editionNow = () => followThesaurus(first.db, first.thesaurus).refresh()

  t.comment('killed with a claim in hand')
  const claimed = await claimWork(owner, actor, { kind: 'index', limit: 5, leaseMs: 1 })
  t.equal(claimed.length, 0, 'nothing is owed before the first look')
  const [ofDemands, ofTechnologies] = first.held
  if (!ofDemands || !ofTechnologies) throw new Error('two libraries are held')
  t.equal(await first.indexOnce(ofTechnologies), 200, 'one page of two is carried over')
  const taken = await claimWork(owner, actor, { kind: 'index', limit: 500, leaseMs: 1 })
  t.ok(taken.length > 0, 'and then killed, with what it had owed claimed')

  t.comment('a posting in the middle is matched at once, in the edition that lists are still in')
  const second = startProcesses(t, database)
  t.equal((await editionNow()).inForce, 0)
  const late = plain(made(demands, 3), {
    sourceLanguage: 'en',
    title: 'Reverse osmosis',
    summary: 'Reverse osmosis for sturgeon and yak wool.'
  })
  await publish(owner, [late])
  await second.indexOnce({ library: demands, db: ofDemands.db })
  await second.worker.drain()
  t.ok((await matchesOf(owner, late.id)).some(({ edition }) => edition === first.thesaurus.edition))

  t.comment('killed when all is read again and before lists have moved on')
  await second.index()
  t.equal((await editionNow()).inForce, 0)
  const third = startProcesses(t, database)
  await third.settle()
  t.equal((await editionNow()).inForce, 1)
  t.ok((await matchesOf(owner, demand.id)).some(({ technologyId }) => technologyId === technology.id))
  const { newestThesaurus } = await editionNow()
  t.equal((await annotationsOf(owner, newestThesaurus.edition)).length, others + 23)
  const expected = await readExpectedMatches(third.db, { thesaurus: newestThesaurus, weights: readWeights(), now: systemNow() })
  t.equal((await storedPairs(owner)).length, expected.length)
})
