import type { Change } from '@siku/contracts'
import type { Cases } from '../conformance.ts'
import { must } from './bench.ts'
import { outside, person, staff } from './people.ts'

type Feed = { data: Change[]; next: string }

export const changeFeedCases: Cases = (t, bench) => {
  const { call, publish, publishCleared, moved, edit, author, stranger, settle, fixture, step } = bench
  const feed = async (actor: Parameters<typeof call>[0]['actor'], cursor = '', limit = 200) =>
    must(await call({ actor, path: `/changes?limit=${limit}${cursor && `&cursor=${cursor}`}` }), 200) as unknown as Feed
  const end = async () => {
    await settle()
    return (await feed(staff.auditor)).next
  }

  t.test('changes come in the order of their places, each page after the one before, and a cursor of the end waits there', async (t) => {
    let cursor = await end()
    const records = [await publishCleared(), await publishCleared(), await publishCleared()]
    t.same((await feed(stranger, cursor)).data, [], 'nothing before it has its place')
    await settle()
    const lines: Change[] = []
    for (;;) {
      const { data, next } = await feed(stranger, cursor, 2)
      cursor = next
      if (data.length === 0) break
      lines.push(...data)
    }
    t.same(lines.map((line) => line.id).toSorted(), records.map((record) => record.id).toSorted())
    const places = lines.map((line) => line.position)
    t.same(
      places,
      [...new Set(places)].toSorted((a, b) => a - b)
    )
    t.match(lines[0], { kind: 'record', library: bench.library.name, version: 1, title: fixture.draft.title })
    t.equal((await feed(stranger, cursor)).next, cursor)
  })

  t.test('a record that leaves what a reader may see comes as a tombstone with its id alone, and comes back as a record', async (t) => {
    const record = await publishCleared()
    let cursor = await end()
    const next = async (actor = stranger) => {
      await settle()
      return (await feed(actor, cursor)).data.filter((line) => line.id === record.id)
    }
    const paused = await moved(author, record, 'pause')
    for (const actor of [stranger, outside.anonymous, author, staff.reviewer]) {
      t.match(await next(actor), [{ kind: 'tombstone', reference: null, title: null, sourceLanguage: null, version: 0, revision: 0 }])
    }
    cursor = await end()
    const resumed = await moved(author, paused, 'resume')
    t.match(await next(), [{ kind: 'record', title: record['title'] }])
    cursor = await end()
    const narrowed = must(await edit(author, resumed, { visibility: 'staff' }), 200)
    await moved(staff.reviewer, await moved(author, narrowed, 'submit'), 'approve')
    t.match(await next(), [{ kind: 'tombstone', title: null }], 'visible no more')
    t.match(await next(staff.reviewer), [{ kind: 'record' }])
  })

  t.test('drafts, reviews and records that only staff ever saw leave no trace in the feed of others', async (t) => {
    const cursor = await end()
    const shown = await publishCleared()
    await settle()
    const afterShown = (await feed(stranger, cursor)).next
    await bench.submit()
    const hidden = await publish({ visibility: 'staff' })
    await moved(author, await moved(author, hidden, 'pause'), 'withdraw')
    const edited = must(await edit(author, shown, { title: '下一版' }), 200)
    const submitted = await moved(author, edited, 'submit')
    await moved(staff.reviewer, submitted, 'take')
    await settle()
    t.same((await feed(stranger, afterShown)).data, [])
    t.same((await feed(outside.anonymous, afterShown)).data, [])
    t.ok((await feed(staff.reviewer, afterShown)).data.every((line) => line.id === hidden.id))
  })

  t.test('an organisation that is shut out later gets a tombstone, the others the new record', async (t) => {
    const shut = person({ roles: [fixture.role] })
    const record = await publishCleared({ visibility: 'network' })
    const cursor = await end()
    const edited = must(await edit(author, record, { excludedOrganisations: [String(shut.organisationId)] }), 200)
    const published = await moved(staff.reviewer, await moved(author, edited, 'submit'), 'approve')
    if (bench.isControlled) await bench.assess(published, 'free')
    await settle()
    const kindFor = async (actor: typeof shut) => (await feed(actor, cursor)).data.find((line) => line.id === record.id)?.kind
    t.equal(await kindFor(shut), 'tombstone')
    t.equal(await kindFor(stranger), 'record')
    t.equal((await call({ actor: shut, path: `/${record.id}` })).status, 404)
  })

  t.test('a cursor that was not given here is refused', async (t) => {
    for (const cursor of ['x', Buffer.from('["a",-1]').toString('base64url'), Buffer.from('null').toString('base64url')]) {
      t.match((await call({ actor: stranger, path: `/changes?cursor=${cursor}` })).body, {
        status: 400,
        code: 'SIKU_LIBRARY_CURSOR_UNKNOWN'
      })
    }
    const list = must(await call({ actor: staff.reviewer, path: '?limit=1' }), 200)
    t.equal((await call({ actor: stranger, path: `/changes?cursor=${String(list['next'])}` })).status, 400, 'nor one of the list')
    t.equal((await step(stranger, { id: 'changes', revision: 1 }, 'submit')).status, 404)
  })
}
