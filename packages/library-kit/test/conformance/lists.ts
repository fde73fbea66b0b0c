import type { Cases } from '../conformance.ts'
import { must, type Shown } from './bench.ts'
import { colleagueOf, outside, person, staff } from './people.ts'

type Page = { data: Shown[]; next: string | null }

export const listCases: Cases = (t, bench) => {
  const { call, create, edit, publishCleared, submit, fixture, clock, stranger } = bench
  const page = async (actor: Parameters<typeof call>[0]['actor'], query: string) =>
    must(await call({ actor, path: `?${query}` }), 200) as unknown as Page
  const someone = (name: string) => person({ name, roles: [fixture.role] })

  t.test('pages hold every record once, newest change first, also while others are written', async (t) => {
    const owner = someone('翻页院')
    const ids: string[] = []
    for (let n = 0; n < 7; n++) {
      // Some share an instant, so that the id decides.
      if (n % 3 === 0) clock.advance({ ms: 1 })
      ids.push((await create({}, owner)).id)
    }
    const seen: Shown[] = []
    let cursor = ''
    do {
      const { data, next } = await page(owner, `view=own&limit=2${cursor && `&cursor=${cursor}`}`)
      t.ok(data.length <= 2)
      seen.push(...data)
      cursor = next ?? ''
      clock.advance({ ms: 1 })
      await Promise.all([create({}, owner), create({}, colleagueOf(owner))])
    } while (cursor && seen.length < 50)
    t.same(seen.map((record) => record.id).toSorted(), ids.toSorted())
    const order = seen.map((record) => `${String(record['updatedAt'])} ${record.id}`)
    t.same(order, order.toSorted().toReversed())
  })

  t.test('a cursor is good for the list it came from and for no other', async (t) => {
    const owner = someone('游标院')
    await create({}, owner)
    await create({}, owner)
    const { next } = await page(owner, 'view=own&limit=1')
    t.ok(next)
    for (const query of ['limit=1', 'view=own&limit=1&openForInterest=true', 'view=own&limit=1&state=new']) {
      const { body } = await call({ actor: owner, path: `?${query}&cursor=${next}` })
      t.match(body, { status: 400, code: 'SIKU_LIBRARY_CURSOR_UNKNOWN' }, query)
    }
    for (const cursor of [
      'x',
      '%00',
      'W10',
      Buffer.from('["x","y","z"]').toString('base64url'),
      `${next}x`,
      Buffer.from('{').toString('base64url')
    ]) {
      t.equal((await call({ actor: owner, path: `?view=own&cursor=${cursor}` })).status, 400, cursor)
    }
    t.equal((await page(owner, `view=own&limit=50&cursor=${next}`)).data.length, 1, 'another page size is the same list')
  })

  t.test('filters narrow, each by its own fact', async (t) => {
    const owner = someone('筛选院')
    const { country } = fixture.draft
    const sector = { scheme: 'beijing-high-precision', edition: '2017', code: 'new-materials', isPrimary: true }
    const meant = await publishCleared({ targetCountries: ['LA'], classification: [sector], sourceLanguage: 'fr-FR' }, owner)
    const other = await publishCleared(
      { targetCountries: ['KE'], classification: [{ ...sector, code: 'health' }], sourceLanguage: 'fro', openForInterest: false },
      owner
    )
    const own = await submit({ targetCountries: ['LA'] }, owner)
    const ids = async (query: string, actor = owner) =>
      (await page(actor, `${query}&limit=200`)).data
        .map((record) => record.id)
        .filter((id) => [meant.id, other.id, own.id].includes(id))
        .toSorted()
    const expected: [string, Shown[]][] = [
      ['view=own', [meant, other, own]],
      ['view=published', [meant, other]],
      ['view=own&targetCountry=LA', [meant, own]],
      ['targetCountry=LA', [meant]],
      ['sector=new-materials', [meant]],
      ['sector=new', []],
      ['language=fr', [meant]],
      ['openForInterest=false', [other]],
      ['openForInterest=true', [meant]],
      ['view=own&state=published', [meant, other]],
      ['view=own&workingState=submitted', [own]],
      [`country=${country}`, [meant, other]],
      ['country=ZZ', []],
      [`recordType=${String(fixture.draft['recordType'])}`, [meant, other]],
      ['updatedSince=2099-01-01T00:00:00Z', []],
      [`controlState=${String(meant['controlState'])}`, [meant, other]]
    ]
    for (const [query, records] of expected) t.same(await ids(query), records.map((record) => record.id).toSorted(), query)
    t.same(await ids('view=desk&workingState=submitted&targetCountry=LA', staff.intake), [own.id])
    t.same(await ids('targetCountry=LA', stranger), [meant.id])
    t.same(await ids('targetCountry=LA', outside.anonymous), [meant.id])
    for (const query of [
      'state=live',
      'limit=0',
      'limit=201',
      'limit=x',
      'country=china',
      'sort=title',
      'view=all',
      'updatedSince=yesterday'
    ]) {
      t.match(
        (await call({ actor: owner, path: `?${query}` })).body,
        { status: 400, errors: [{ pointer: `/query/${query.split('=')[0]}` }] },
        query
      )
    }
  })

  t.test('what is being worked on cannot be asked out of a published record', async (t) => {
    const owner = someone('试探院')
    const record = await publishCleared({}, owner)
    must(await edit(owner, record, { targetCountries: ['LA'], title: '正在修改' }), 200)
    t.equal((await call({ actor: stranger, path: '?workingState=draft' })).status, 403)
    t.notOk(
      (await page(stranger, 'targetCountry=LA&limit=200')).data.some((line) => line.id === record.id),
      'filters look at what is published'
    )
    t.ok(
      (await page(owner, 'view=own&targetCountry=LA')).data.some((line) => line['title'] === '正在修改'),
      'and for the owner at what is newest'
    )
  })

  t.test('the desk view is for staff, the own view for organisations', async (t) => {
    t.equal((await call({ actor: stranger, path: '?view=desk' })).status, 403)
    t.equal((await call({ actor: outside.operator, path: '?view=desk' })).status, 403)
    t.equal((await call({ actor: outside.anonymous, path: '?view=own' })).status, 403)
    t.equal((await call({ actor: staff.auditor, path: '?view=desk' })).status, 200)
    const owner = someone('本院')
    const record = await create({}, owner)
    t.same(
      (await page(colleagueOf(owner), 'view=own')).data.map((line) => line.id),
      [record.id]
    )
  })
}
