import type { Cases } from '../conformance.ts'
import { must, type Shown } from './bench.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

export const privateWorkCases: Cases = (t, bench) => {
  const { call, edit, moved, publishCleared, upload, confirmed, publishNext, settle, author, stranger, clock, fixture } = bench
  const readers = [stranger, outside.anonymous, person({ country: 'KE', roles: ['mission-officer'] }), outside.operator]

  /** All that a reader is told of a record, byte for byte, and where it stands among others. */
  const toldOf = async (actor: typeof author, record: Shown, since: string) => {
    const one = await call({ actor, path: `/${record.id}` })
    const list = await call({ actor, path: '?limit=200' })
    const later = await call({ actor, path: `?limit=200&updatedSince=${since}` })
    const feed = await call({ actor, path: '/changes?limit=200' })
    const files = await call({ actor, path: `/${record.id}/files` })
    const ids = (lines: Shown[]) => lines.map(({ id }) => id)
    return {
      etag: one.headers['etag'],
      body: one.bytes.toString(),
      listed: JSON.stringify(list.body.data.find(({ id }: Shown) => id === record.id)),
      order: ids(list.body.data),
      later: ids(later.body.data),
      feed: JSON.stringify(feed.body.data.filter(({ id }: Shown) => id === record.id)),
      next: feed.body.next,
      files: files.bytes.toString()
    }
  }

  t.test('whatever the owner works on in private, readers are told the same to the byte, in the same order', async (t) => {
    const shown = await publishCleared()
    clock.advance({ minutes: 1 })
    const newer = await publishCleared()
    clock.advance({ minutes: 1 })
    const since = clock.now().toISOString()
    clock.advance({ minutes: 1 })
    await settle()
    const before = await Promise.all(readers.map((actor) => toldOf(actor, shown, since)))
    for (const { order, later } of before) {
      t.ok(order.indexOf(newer.id) < order.indexOf(shown.id), 'the newer one stands first')
      t.notOk(later.includes(shown.id))
    }
    const unchanged = async (what: string) => {
      clock.advance({ minutes: 1 })
      await settle()
      for (const [index, actor] of readers.entries()) t.same(await toldOf(actor, shown, since), before[index], what)
    }
    let next = must(await edit(author, shown, { summary: '见 www.example.cn' }), 200)
    await unchanged('an edit')
    t.equal((await upload(shown.id, { actor: colleagueOf(author) })).status, 201)
    await unchanged('a file')
    next = await confirmed(next)
    await unchanged('a confirmation')
    for (const [actor, step, body] of [
      [author, 'submit'],
      [author, 'recall'],
      [author, 'submit'],
      [staff.reviewer, 'take'],
      [staff.reviewer, 'return', { reasons: [{ code: 'other', text: '再改' }] }]
    ] as const) {
      next = await moved(actor, next, step, body)
      await unchanged(step)
    }
    const own = await call({ actor: author, path: `/${shown.id}` })
    t.equal(own.headers['etag'], `"r${next.revision}"`, 'its owner gets the revision that writes are guarded by')
    const published = await publishNext(next)
    await settle()
    for (const [index, actor] of readers.entries()) {
      const told = await toldOf(actor, published, since)
      t.not(told.etag, before[index]?.etag, 'what is published moves it')
      t.equal(told.order[0], shown.id)
      t.ok(told.later.includes(shown.id))
      t.not(told.next, before[index]?.next)
      t.match(JSON.parse(told.body), { summary: '见 www.example.cn', version: 2 })
    }
  })

  t.test('readers count what they see change: how many steps were taken in private is not to be read off', async (t) => {
    const revisions = async (record: Shown) =>
      Promise.all(readers.map(async (actor) => Number(must(await call({ actor, path: `/${record.id}` }), 200).revision)))
    const owner = person({ name: '计数院', roles: [fixture.role] })
    const shown = await publishCleared({}, owner)
    const first = await revisions(shown)
    let next = must(await edit(owner, shown, { title: '一' }), 200)
    for (const title of ['二', '三', '四']) next = must(await edit(owner, next, { title }), 200)
    await publishNext(next, owner)
    const second = await revisions(shown)
    const moves = bench.isControlled ? 2 : 1
    t.same(
      second,
      first.map((revision) => revision + moves),
      'one for the publication, one for the clearance'
    )
  })
}
