import type { Cases } from '../conformance.ts'
import { ifMatch, must, type Shown } from './bench.ts'
import { person, staff } from './people.ts'

type Leak = { key: string; kind: string; pointer: string; start: number; end: number; excerpt: string; confirmed: boolean }

export const leakCases: Cases = (t, bench) => {
  const { call, create, edit, moved, step, fixture, publishCleared, stranger, draft, upload, working, publishNext } = bench
  const owner = person({ name: '北京清源水务科技有限公司', roles: [fixture.role] })
  const check = async (record: Shown) =>
    (await call({ actor: owner, path: `/${record.id}/leaks` })).body as { leaks: Leak[]; open: number; revision: number }
  const confirm = (record: { id: string; revision: number }, keys: string[]) =>
    call({ actor: owner, method: 'PUT', path: `/${record.id}/leaks`, headers: ifMatch(record), body: { keys } })

  t.test('what tells the owner is found in every text readers get, in four scripts, and shown with its place', async (t) => {
    const told = {
      title: '𠀀清源水务科技的装置',
      summary: 'Write to info@qingyuan.cn or see www.qingyuan.cn/en',
      keywords: ['ZL202110123456.7'],
      description: '联系电话 010-62345678，专利号：202110123456.7。Патент № 2712345. براءة اختراع رقم ٢٠٢٣٤٥',
      translations: [{ language: 'ru', title: 'Установка', summary: 'Звоните +7 (495) 123-45-67', method: 'human', status: 'reviewed' }],
      details: fixture.visibleText.details('由北京清源水务科技有限公司研制')
    }
    const report = await check(await create(told, owner))
    const found = report.leaks.map(({ kind, pointer, excerpt }) => `${pointer} ${kind}: ${excerpt}`)
    const expected = [
      '/title owner name: 清源水务科技',
      '/summary mail address: info@qingyuan.cn',
      '/summary web address: www.qingyuan.cn/en',
      '/keywords/0 patent or certificate number: ZL202110123456.7',
      '/description phone number: 010-62345678',
      '/description patent or certificate number: 专利号：202110123456.7',
      '/description patent or certificate number: Патент № 2712345',
      '/description patent or certificate number: براءة اختراع رقم ٢٠٢٣٤٥',
      '/translations/0/summary phone number: +7 (495) 123-45-67',
      `${fixture.visibleText.pointer} owner name: 北京清源水务科技有限公司`
    ]
    for (const line of expected) t.ok(found.includes(line), `${line} among ${JSON.stringify(found)}`)
    const [name] = report.leaks
    t.match(name, { pointer: '/title', start: 1, end: 7, confirmed: false }, 'places count code points')
    t.equal(report.open, report.leaks.length)
  })

  t.test('a text that tells nothing has no findings', async (t) => {
    t.match(await check(await create({}, owner)), { leaks: [], open: 0 })
  })

  t.test('what is published without the owner’s name is submitted only when every finding is gone or confirmed', async (t) => {
    const record = await create({ title: '清源水务科技的装置', summary: '见 www.example.cn' }, owner)
    const refused = await step(owner, record, 'submit')
    t.match(refused.body, { status: 422, code: 'SIKU_LIBRARY_IDENTITY_LEAK', errors: [{ pointer: '/title' }, { pointer: '/summary' }] })
    const removed = must(await edit(owner, record, { title: '一种装置' }), 200)
    const [leak] = (await check(removed)).leaks
    t.match(refused.body.errors[1].detail, leak?.key, 'the refusal names the key')
    const confirmed = await confirm(removed, [leak?.key ?? ''])
    t.match(confirmed.body, { open: 0, leaks: [{ confirmed: true }], revision: 3 })
    t.match(await moved(owner, { ...removed, revision: 3 }, 'submit'), { workingState: 'submitted' })
  })

  t.test('a confirmation survives an edit elsewhere, also in the next version, and not an edit of its own passage', async (t) => {
    const record = await create({ summary: '见 www.example.cn' }, owner)
    const { leaks } = await check(record)
    must(await confirm(record, [leaks[0]?.key ?? '']), 200)
    const edited = must(
      await edit(owner, { ...record, revision: 2 }, { title: '另一个标题', summary: '前面加了几个字，见 www.example.cn' }),
      200
    )
    t.match(await check(edited), { open: 0, leaks: [{ confirmed: true }] })
    const published = await moved(staff.reviewer, await moved(owner, edited, 'submit'), 'approve')
    const next = must(await edit(owner, published, { description: '又一个说明' }), 200)
    t.match(await check(next), { open: 0, leaks: [{ confirmed: true }] })
    t.match(await check(must(await edit(owner, next, { summary: '见 www.example.com' }), 200)), { open: 1, leaks: [{ confirmed: false }] })
  })

  t.test('keys of no passage are refused with their place, and only the owner’s side may confirm', async (t) => {
    const record = await create({ summary: '见 www.example.cn' }, owner)
    const [leak] = (await check(record)).leaks
    t.match((await confirm(record, [leak?.key ?? '', '0123456789abcdef'])).body, { status: 422, errors: [{ pointer: '/keys/1' }] })
    t.match((await check(record)).open, 1)
    t.equal((await call({ actor: stranger, path: `/${record.id}/leaks` })).status, 404)
    t.equal(
      (await call({ actor: owner, path: `/${(await publishCleared({}, owner)).id}/leaks` })).status,
      409,
      'nothing is being worked on'
    )
  })

  t.test('under its owner’s name, or for staff alone, a record may say who it is from', async (t) => {
    for (const visibility of ['public-named', 'staff']) {
      t.match(await moved(owner, await create({ ...draft(), title: '清源水务科技的装置', visibility }, owner), 'submit'), {
        workingState: 'submitted'
      })
    }
    for (const visibility of ['network', 'demand-side']) {
      t.equal((await step(owner, await create({ title: '清源水务科技的装置', visibility }, owner), 'submit')).status, 422, visibility)
    }
  })

  t.test('a file that may tell the owner is confirmed by the owner, and its name and title are read like any text', async (t) => {
    const record = await create({}, owner)
    const query = { name: 'about_清源水务科技-2026.pdf', title: 'ask info@qingyuan.cn, ZL202110123456.7' }
    const added = (await upload(record.id, { actor: owner, query })).body
    await upload(record.id, { actor: owner, query: { ...query, confidentiality: 'owner' } })
    const report = await check(record)
    const found = report.leaks.map(({ pointer, kind, excerpt }) => `${pointer} ${kind}: ${excerpt}`)
    t.same(found.toSorted(), [
      `/files/${added.id} file: about_清源水务科技-2026.pdf`,
      `/files/${added.id}/name owner name: 清源水务科技`,
      `/files/${added.id}/title mail address: info@qingyuan.cn`,
      `/files/${added.id}/title patent or certificate number: ZL202110123456.7`
    ])
    const current = await working(record, owner)
    t.match((await step(owner, current, 'submit')).body, { status: 422, code: 'SIKU_LIBRARY_IDENTITY_LEAK' })
    const keys = report.leaks.map(({ key }) => key)
    t.equal(
      (await call({ actor: stranger, method: 'PUT', path: `/${record.id}/leaks`, headers: ifMatch(current), body: { keys } })).status,
      404
    )
    const published = await publishNext(current, owner)
    await upload(record.id, { actor: owner, query: { title: 'drawing', name: 'drawing.pdf' } })
    const next = await check(published)
    t.match(next, { open: 1 }, 'what was confirmed stays so in the next version')
    t.match(
      next.leaks.find((leak) => !leak.confirmed),
      { kind: 'file', excerpt: 'drawing.pdf' }
    )
  })
}
