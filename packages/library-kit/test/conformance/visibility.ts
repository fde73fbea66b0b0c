import {
  maySee,
  serviceActor,
  type Actor,
  type ControlState,
  type PublishedAccess,
  type PublishedDocument,
  type Visibility
} from '@siku/contracts'
import { documentsById } from '@siku/db'
import type { Cases } from '../conformance.ts'
import { must, type Bench, type Shown } from './bench.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

const readersOf = (bench: Bench) => {
  const { role } = bench.fixture
  return {
    anonymous: outside.anonymous,
    pending: person({ roles: [role], verified: false }),
    pendingAbroad: person({ country: 'KE', roles: ['mission-officer'], verified: false }),
    domestic: person({ roles: [role] }),
    operator: outside.operator,
    abroad: person({ country: 'KE', roles: ['mission-officer'] }),
    excludedOrganisation: person({ roles: [role] }),
    excludedCountry: person({ country: 'FR', roles: ['mission-officer'] }),
    owner: bench.author,
    colleague: colleagueOf(bench.author),
    reviewer: staff.reviewer,
    districtOfficer: staff.districtOfficer,
    auditor: staff.auditor
  } satisfies Record<string, Actor>
}
type Reader = keyof ReturnType<typeof readersOf>

const always: Reader[] = ['owner', 'colleague', 'reviewer', 'districtOfficer', 'auditor']

/** Who sees a cleared, published record, said by hand. */
const audience: Record<Visibility, Reader[]> = {
  staff: always,
  network: [...always, 'domestic', 'operator', 'abroad'],
  'demand-side': [...always, 'abroad'],
  'public-anonymous': [...always, 'domestic', 'operator', 'abroad', 'anonymous', 'pending', 'pendingAbroad'],
  'public-named': [...always, 'domestic', 'operator', 'abroad', 'anonymous', 'pending', 'pendingAbroad']
}

export const visibilityCases: Cases = (t, bench) => {
  const { call, publish, publishCleared, moved, assess, author, isControlled, settle, fixture, db, clock } = bench
  const readers = readersOf(bench)
  const names = Object.keys(readers) as Reader[]
  const excluded = { excludedCountries: ['FR'], excludedOrganisations: [String(readers.excludedOrganisation.organisationId)] }

  const accessOf = async (record: Shown): Promise<PublishedDocument> => {
    const [document] = await db.withRead(serviceActor('service:index', 'see'), (tx) => documentsById(tx, [record.id]))
    if (!document) throw new Error(`${record.id} has no public row`)
    return document
  }
  const changesSince = async (actor: Actor, cursor: string) => {
    const { body } = await call({ actor, path: `/changes?limit=200${cursor && `&cursor=${cursor}`}` })
    return body as { data: { id: string; kind: string }[]; next: string }
  }
  const seenBy = async (reader: Reader, record: Shown, cursor: string) => {
    const actor = readers[reader]
    const got = (await call({ actor, path: `/${record.id}` })).status
    const list = await call({ actor, path: `?limit=200&updatedSince=${String(record['updatedAt'])}` })
    const change = (await changesSince(actor, cursor)).data.find((line) => line.id === record.id)
    return { got, listed: list.body.data.some((line: Shown) => line.id === record.id), change: change?.kind }
  }

  t.test('get, list and change feed show a published record to its audience and to nobody else', async (t) => {
    await settle()
    clock.advance({ minutes: 1 })
    const { next } = await changesSince(staff.auditor, '')
    const records: [Visibility, Shown][] = []
    for (const visibility of Object.keys(audience) as Visibility[])
      records.push([visibility, await publishCleared({ visibility, ...excluded })])
    await settle()
    for (const [visibility, record] of records) {
      const access: PublishedAccess = await accessOf(record)
      for (const reader of names) {
        const expected = audience[visibility].includes(reader)
        t.equal(maySee(readers[reader], access), expected, `the table of contracts: ${visibility} to ${reader}`)
        const seen = await seenBy(reader, record, next)
        const { got, listed } = seen
        t.match({ got, listed }, { got: expected ? 200 : 404, listed: expected }, `${visibility} to ${reader}`)
        t.equal(seen.change === 'record', expected, `${visibility} in the feed of ${reader}: ${seen.change}`)
        if (visibility === 'staff' && !expected)
          t.equal(seen.change, undefined, 'what nobody outside could ever see leaves no trace in a feed')
      }
    }
  })

  if (isControlled)
    t.test('export control stands above every visibility', async (t) => {
      const letter = { number: '7', countries: ['KE'], validFrom: '2027-01-01', validUntil: '2029-12-31' }
      const states: [ControlState, Reader[]][] = [
        ['unassessed', []],
        ['undetermined', []],
        ['dual-use', []],
        ['prohibited', []],
        ['restricted', ['abroad', 'pendingAbroad']],
        ['free', ['anonymous', 'pending', 'pendingAbroad', 'domestic', 'operator', 'abroad']]
      ]
      await settle()
      clock.advance({ minutes: 1 })
      const { next } = await changesSince(staff.auditor, '')
      for (const [state, others] of states) {
        const record = await publish({ visibility: 'public-named' })
        const assessed = state === 'unassessed' ? record : await assess(record, state, state === 'restricted' ? { letter } : {})
        await settle()
        const access = await accessOf(assessed)
        for (const reader of names.filter((name) => !name.startsWith('excluded'))) {
          const expected = [...always, ...others].includes(reader)
          t.equal(maySee(readers[reader], access), expected, `the table of contracts: ${state} to ${reader}`)
          const { got, listed, change } = await seenBy(reader, assessed, next)
          t.same(
            { got, listed, shown: change === 'record' },
            { got: expected ? 200 : 404, listed: expected, shown: expected },
            `${state} to ${reader}`
          )
          if (!expected && others.length === 0)
            t.equal(change, undefined, `no hint of a record that was never cleared: ${state} to ${reader}`)
        }
      }
    })

  t.test('paused, withdrawn or archived, it exists for its owner and staff only', async (t) => {
    for (const [event, actor] of [
      ['pause', author],
      ['withdraw', author],
      ['archive', staff.reviewer]
    ] as const) {
      const record = await moved(actor, await publishCleared(), event)
      for (const reader of names) {
        t.equal(
          (await call({ actor: readers[reader], path: `/${record.id}` })).status,
          always.includes(reader) ? 200 : 404,
          `${event} for ${reader}`
        )
      }
    }
  })

  t.test('the owner’s name is shown only under `public-named`', async (t) => {
    const named = await publishCleared({ visibility: 'public-named' })
    const unnamed = await publishCleared()
    for (const reader of ['anonymous', 'domestic', 'abroad'] as const) {
      t.match(must(await call({ actor: readers[reader], path: `/${named.id}` }), 200)['owner'], {
        name: author.organisation?.name,
        organisationId: author.organisationId
      })
      const seen = await call({ actor: readers[reader], path: `/${unnamed.id}` })
      t.same(must(seen, 200)['owner'], { ...author.organisation, name: null, organisationId: null })
      t.notOk(
        seen.bytes.includes(String(author.organisation?.name)) || seen.bytes.includes(String(author.organisationId)),
        'nowhere in the answer'
      )
    }
    for (const reader of always)
      t.match(must(await call({ actor: readers[reader], path: `/${unnamed.id}` }), 200)['owner'], { name: author.organisation?.name })
    const { text } = await accessOf(unnamed)
    t.equal(text.owner.name, null)
    t.equal((await accessOf(named)).text.owner.name, author.organisation?.name)
  })

  t.test('confidential fields are left out and listed in `hidden` for all but the owner and the staff concerned', async (t) => {
    clock.advance({ minutes: 1 })
    const canary = 'CANARY-7f3a'
    const secret = {
      confidentialText: canary,
      details: fixture.confidential?.details ?? fixture.draft.details,
      excludedOrganisations: [String(readers.excludedOrganisation.organisationId)]
    }
    const record = await publishCleared(secret)
    const pointers = [
      '/confidentialText',
      '/excludedOrganisations',
      ...(fixture.confidential ? [fixture.confidential.pointer] : [])
    ].toSorted()
    for (const reader of ['anonymous', 'domestic', 'abroad', 'operator', 'districtOfficer'] as const) {
      const answer = await call({ actor: readers[reader], path: `/${record.id}` })
      t.same(must(answer, 200).hidden.toSorted(), pointers, reader)
      t.notOk(answer.bytes.includes(canary))
      const list = await call({ actor: readers[reader], path: `?limit=200&updatedSince=${String(record['updatedAt'])}` })
      t.ok(list.body.data.some((line: Shown) => line.id === record.id))
      t.notOk(list.bytes.includes(canary), 'nor in a list')
    }
    for (const reader of ['owner', 'colleague', 'reviewer', 'auditor'] as const) {
      const shown = must(await call({ actor: readers[reader], path: `/${record.id}` }), 200)
      t.match(shown, { ...secret, hidden: [] }, reader)
    }
    const { text } = await accessOf(record)
    t.notOk(JSON.stringify(text).includes(canary), 'nor in what index and matcher meet')
  })
}
