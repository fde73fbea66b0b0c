import type { Cases } from '../conformance.ts'
import { must } from './bench.ts'
import { colleagueOf, staff } from './people.ts'

const declarations = ['nonConfidential', 'rightToDisclose', 'noStateSecret', 'accuracy']
const declared = (over: Record<string, boolean> = {}) => ({
  declarations: { ...Object.fromEntries(declarations.map((name) => [name, true])), ...over }
})

export const reviewCases: Cases = (t, bench) => {
  const { call, step, create, edit, submit, moved, author } = bench

  t.test('a draft is submitted with all four declarations, and not with fewer', async (t) => {
    for (const name of declarations.filter((name) => name !== 'noStateSecret')) {
      const answer = await step(author, await create(declared({ [name]: false })), 'submit')
      t.match(answer.body, { status: 422, code: 'SIKU_LIBRARY_NOT_DECLARED', errors: [{ pointer: `/declarations/${name}` }] })
    }
    const { declarations: _none, ...undeclared } = bench.draft()
    const bare = must(await call({ actor: author, method: 'POST', body: undeclared }), 201)
    t.equal((await step(author, bare, 'submit')).body.errors.length, 4)
    t.match(await submit(declared()), { workingState: 'submitted', turn: { side: 'staff', by: '2027-03-06' } })
  })

  t.test('what may hold a state secret is not taken', async (t) => {
    const record = await create(declared({ noStateSecret: false }))
    t.match((await step(author, record, 'submit')).body, { status: 422, code: 'SIKU_LIBRARY_STATE_SECRET' })
    t.match(must(await call({ actor: author, path: `/${record.id}` }), 200), { workingState: 'draft', revision: 1 })
  })

  t.test('a returned version goes back with coded reasons that its author sees, and notes that only staff see', async (t) => {
    const taken = await moved(staff.reviewer, await submit(), 'take')
    t.match(taken, { workingState: 'in-review', turn: { side: 'staff' } })
    for (const [body, pointer] of [
      [{ reasons: [] }, '/reasons'],
      [{ reasons: [{ code: 'ugly', text: null }] }, '/reasons/0/code']
    ] as const) {
      t.match((await step(staff.reviewer, taken, 'return', body)).body, { status: 400, errors: [{ pointer }] })
    }
    const reasons = [
      { code: 'incomplete', text: '缺少试验条件' },
      { code: 'other', text: null }
    ]
    const returned = await moved(staff.reviewer, taken, 'return', { reasons })
    t.match(returned, {
      workingState: 'draft',
      returnReasons: reasons,
      reviewNotes: [{ code: 'incomplete', by: staff.reviewer.id }, { code: 'other' }]
    })
    const seen = must(await call({ actor: author, path: `/${returned.id}` }), 200)
    t.match(seen, { returnReasons: reasons, turn: { side: 'owner', does: /reasons/ } })
    t.notOk('reviewNotes' in seen || 'screeningState' in seen)
    const again = await moved(author, must(await edit(author, seen, { title: '补充试验条件' }), 200), 'submit')
    t.same(again['returnReasons'], [])
    t.match(await moved(staff.secondReviewer, again, 'approve'), { state: 'published', title: '补充试验条件', version: 1 })
  })

  t.test('whoever wrote a version may not take, return or approve it, whoever else edited it before or after', async (t) => {
    const { commissionAdmin, intake, reviewer } = staff
    const first = await create({}, intake)
    const edited = must(await edit(commissionAdmin, first, { title: '秘书处改写' }), 200)
    const last = must(await edit(intake, edited, { summary: '再次改写' }), 200)
    const submitted = await moved(intake, last, 'submit')
    for (const event of ['take', 'return', 'approve']) {
      const body = event === 'return' ? { reasons: [{ code: 'other', text: null }] } : undefined
      const byAuthor = await step(commissionAdmin, submitted, event, body)
      t.match(byAuthor.body, { status: 403, code: 'SIKU_ACCESS_FORBIDDEN', detail: /another person/ }, `${event} by one who edited it`)
      if (event !== 'approve') t.equal((await step(intake, submitted, event, body)).status, 403, `${event} by one who created it`)
    }
    t.equal((await step(intake, submitted, 'approve')).status, 403, 'intake never approves')
    t.match(await moved(reviewer, submitted, 'approve'), { state: 'published' })
  })

  t.test('who wrote an earlier version may approve a later one that others wrote', async (t) => {
    const { commissionAdmin, reviewer } = staff
    const published = await moved(
      reviewer,
      await moved(author, must(await edit(commissionAdmin, await create(), { title: '一' }), 200), 'submit'),
      'approve'
    )
    const next = await moved(author, must(await edit(author, published, { title: '二' }), 200), 'submit')
    t.match(await moved(commissionAdmin, next, 'approve'), { version: 2, title: '二' })
  })

  t.test('who may review what is a matter of role', async (t) => {
    const submitted = await submit()
    for (const actor of [author, colleagueOf(author), staff.auditor, staff.districtOfficer, staff.matchOfficer, staff.compliance]) {
      for (const event of ['take', 'approve']) t.equal((await step(actor, submitted, event)).status, 403, `${actor.roles.join()} ${event}`)
    }
    t.equal((await step(staff.intake, submitted, 'take')).status, 200)
  })
}
