import { sql } from 'drizzle-orm'
import t from 'tap'
import { matchingService, type Answer, type Who } from '../review/service.ts'
import { matcherActor } from '../support.ts'

type Change = {
  id: string
  state: string
  revision: number
  edition: number | null
  proposed: { by: string }
  reviewed: { by: string } | null
}
type Refusal = { status: number; code: string; errors: { pointer: string; detail: string }[] }
type Service = Awaited<ReturnType<typeof matchingService>>

const label = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }
const wholeConcept = {
  id: 'wave-driven-desalination',
  kind: 'method',
  field: 'water',
  broader: ['desalination'],
  relations: [{ kind: 'addresses', target: 'saline-groundwater' }],
  labels: {
    zh: ['波浪能直驱淡化'],
    en: ['wave-driven desalination'],
    fr: ['dessalement houlomoteur'],
    ru: ['волновое опреснение'],
    es: ['desalación undimotriz']
  }
}

const propose = <T = Change>({ call }: Service, body: object, who: Who = 'matchOfficer') =>
  call<T>('POST', '/v1/thesaurus/changes', { who, body })
const review = ({ call }: Service, { id, revision }: Change, who: Who, step: 'approve' | 'reject' = 'approve') =>
  call<Change & Refusal>('POST', `/v1/thesaurus/changes/${id}/${step}`, {
    who,
    headers: { 'if-match': `"r${revision}"` },
    ...(step === 'reject' ? { body: { reason: 'not what people say' } } : {})
  })

t.test('a change is proposed by one, approved by another, and comes with the next edition', async (t) => {
  const service = await matchingService(t)
  const { call } = service
  const proposed = await propose(service, { ...label, note: 'said by the mission in Nairobi' })
  t.match(proposed, {
    status: 201,
    headers: { etag: '"r1"' },
    body: { state: 'proposed', reviewed: null, change: { ...label, note: /Nairobi/ } }
  })
  t.match(await call('GET', '/v1/thesaurus/edition'), { body: { number: 0, changes: 0, approved: 0, waiting: [] } })
  t.match(
    await call('POST', '/v1/thesaurus/editions', { who: 'seniorReviewer' }),
    { status: 200, body: { number: 0 } },
    'nothing is approved yet'
  )

  t.match(await review(service, proposed.body, 'matchOfficer'), { status: 403 }, 'a match officer does not review')
  const own = await propose(service, { ...label, label: 'sieve of hyperfiltration' }, 'reviewer')
  t.match(await review(service, own.body, 'reviewer'), { status: 403, body: { code: 'SIKU_MATCHING_OWN_PROPOSAL' } })
  t.match(await review(service, own.body, 'secondReviewer', 'reject'), {
    status: 200,
    body: { state: 'rejected', reason: 'not what people say' }
  })

  const approved = await review(service, proposed.body, 'reviewer')
  t.match(approved, { status: 200, headers: { etag: '"r2"' }, body: { state: 'approved', revision: 2 } })
  t.match(await review(service, approved.body, 'secondReviewer'), { status: 409 })
  t.match(await review(service, proposed.body, 'secondReviewer'), { status: 412 })
  t.match(await call('POST', `/v1/thesaurus/changes/${proposed.body.id}/approve`, { who: 'reviewer' }), { status: 428 })

  const edition = await call<{ number: number; edition: string; inForce: { edition: string } }>('POST', '/v1/thesaurus/editions', {
    who: 'seniorReviewer'
  })
  t.match(edition, { status: 201, body: { number: 1, changes: 1, approved: 0, inForce: { number: 0 } } })
  t.match(edition.body.edition, /^\d+\.1-[0-9a-f]{12}$/)
  t.not(edition.body.inForce.edition, edition.body.edition)
  t.match(await call('GET', `/v1/thesaurus/changes/${proposed.body.id}`, { who: 'auditor' }), { body: { state: 'published', edition: 1 } })
  const list = await call<{ data: Change[]; next: string | null }>('GET', '/v1/thesaurus/changes?limit=1', { who: 'auditor' })
  t.same([list.body.data[0]?.id, typeof list.body.next], [proposed.body.id, 'string'])
  const rest = await call<{ data: Change[] }>('GET', `/v1/thesaurus/changes?limit=1&cursor=${list.body.next}`, { who: 'auditor' })
  t.equal(rest.body.data[0]?.id, own.body.id)
  t.match(await call('GET', '/v1/thesaurus/changes?state=rejected&cursor=x', { who: 'auditor' }), { status: 400 })
})

t.test('with no record anywhere the lists move on at once, and the API shows what the edition brought', async (t) => {
  const service = await matchingService(t)
  const { call, worker } = service
  const proposed = await propose(service, { kind: 'add-concept', newConcept: wholeConcept })
  await review(service, proposed.body, 'reviewer')
  await call('POST', '/v1/thesaurus/editions', { who: 'commissionAdmin' })
  const path = `/v1/thesaurus/concepts/${wholeConcept.id}`
  t.match(await call('GET', path), { status: 404 }, 'lists have not moved on')
  await worker.drain()
  t.match(await call('GET', `${path}?lang=fr`), {
    status: 200,
    body: { label: 'dessalement houlomoteur', broader: [{ id: 'desalination' }], edition: worker.context.scorer.edition }
  })
  t.match(await call('GET', '/v1/thesaurus/edition'), { body: { number: 1, inForce: { number: 1 }, waiting: [] } })

  const retired = await propose(service, { kind: 'retire-concept', concept: 'desalination' })
  await review(service, retired.body, 'reviewer')
  await call('POST', '/v1/thesaurus/editions', { who: 'commissionAdmin' })
  await worker.drain()
  t.match(await call('GET', '/v1/thesaurus/concepts/desalination'), { status: 404 })
  const view = await call<{ broader: { id: string }[] }>('GET', path)
  t.notOk(
    view.body.broader.some(({ id }) => id === 'desalination'),
    'what stood below it moved up'
  )
  t.match(await call('GET', '/v1/thesaurus/edition'), { body: { number: 2, changes: 2 } })
})

t.test('what the files would be refused for is refused with its place and what would be right', async (t) => {
  const service = await matchingService(t)
  const refused = async (body: object, pointer: string, detail: RegExp) => {
    const answer = await propose<Refusal>(service, body)
    t.equal(answer.status, 422, JSON.stringify(answer.body))
    t.match(answer.body.errors[0], { pointer, detail }, JSON.stringify(body).slice(0, 80))
  }
  const concept = (part: object) => ({ kind: 'add-concept', newConcept: { ...wholeConcept, ...part } })
  await refused(concept({ id: 'desalination' }), '/newConcept/id', /stands already in water\.tsv:\d+\. .*another id/)
  await refused(concept({ field: 'alchemy' }), '/newConcept/field', /does not exist\. Use one of .*water/)
  await refused(concept({ broader: ['no-such-thing'] }), '/newConcept/broader', /does not exist\. Name an existing/)
  await refused(concept({ relations: [{ kind: 'addresses', target: 'no-such-thing' }] }), '/newConcept/relations', /does not exist/)
  const { zh: _zh, ...withoutChinese } = wholeConcept.labels
  await refused(concept({ labels: withoutChinese }), '/newConcept/labels', /lacks labels \(zh\)\. Give labels in zh, en/)
  await refused(
    concept({ labels: { ...wholeConcept.labels, en: ['nanofiltration'] } }),
    '/newConcept/labels',
    /without being declared\. .*senses/
  )
  await refused({ ...label, label: 'nanofiltration' }, '/label', /without being declared\. .*senses/)
  await refused({ ...label, label: 'reverse osmosis' }, '/label', /already/)
  await refused({ ...label, concept: 'no-such-thing' }, '/concept', /does not exist/)
  for (const unreadable of ['---', ' ', '😀']) await refused({ ...label, label: unreadable }, '/label', /no letter and no digit/)
  await refused({ ...label, label: 'of the' }, '/label', /function words/)
  await refused({ ...label, label: 'sieve|mesh' }, '/label', /each label by itself/)
  await refused(concept({ labels: { zh: [], en: [], fr: [], ru: [], es: [] } }), '/newConcept/labels', /lacks labels \(zh, en\)/)
  await refused(concept({ labels: { ...wholeConcept.labels, en: ['the'] } }), '/newConcept/labels', /function words/)
  await refused({ kind: 'remove-label', concept: 'reverse-osmosis', language: 'en', label: 'mill' }, '/label', /no label/)
  const relation = { kind: 'add-relation', concept: 'desalination', relation: 'broader' }
  await refused({ ...relation, target: 'reverse-osmosis' }, '/target', /circle: .*desalination/)
  await refused({ ...relation, target: 'no-such-thing' }, '/target', /does not exist/)
  await refused({ ...relation, target: 'desalination' }, '/target', /itself/)
  await refused({ ...relation, kind: 'remove-relation', target: 'drip-irrigation' }, '/target', /no such relation/)
  await refused({ kind: 'add-label', concept: 'reverse-osmosis' }, '/language', /needed/)
  await refused({ ...label, target: 'desalination' }, '/target', /leave it out/)
  for (const body of [
    { kind: 'rename' },
    { ...label, language: 'de' },
    { ...label, label: 'x'.repeat(121) },
    { ...label, label: 'a\u0000b' },
    concept({ id: 'Wave Driven' }),
    { ...label, state: 'approved' }
  ])
    t.match(await propose<Refusal>(service, body), { status: 400, body: { errors: [{ pointer: /^\// }] } })
  const declared = await propose(service, { ...label, label: 'nanofiltration', treatment: 'senses' })
  t.equal(declared.status, 201, 'a shared label that is declared may be proposed')
})

t.test('what was approved and does not hold any more is named, blamed on no other proposal, and can be rejected', async (t) => {
  const service = await matchingService(t)
  const { call, owner } = service
  const outdated = await propose(service, label)
  const approved = await review(service, outdated.body, 'reviewer')
  // As after an upgrade that ships the label.
  await owner.withTx(matcherActor, (tx) =>
    tx.execute(sql`update matching.thesaurus_change set change = change || '{"label": "reverse osmosis"}'::jsonb`)
  )
  const publish = () => call<Refusal>('POST', '/v1/thesaurus/editions', { who: 'seniorReviewer' })
  const refusal = { status: 409, body: { code: 'SIKU_MATCHING_CHANGE_OUTDATED', detail: new RegExp(outdated.body.id) } }
  t.match(await publish(), refusal)
  const other = await propose(service, { ...label, label: 'zorbium lantern' })
  t.equal(other.status, 201)
  t.match(await review(service, other.body, 'reviewer'), { status: 200 })
  t.match(await publish(), refusal, 'and no other one')
  t.match(await review(service, approved.body, 'matchOfficer', 'reject'), { status: 403 })
  t.match(await review(service, approved.body, 'secondReviewer', 'reject'), { status: 200, body: { state: 'rejected', revision: 3 } })
  t.match(await publish(), { status: 201, body: { number: 1, changes: 1, approved: 0 } })
  const published = (await call<Change>('GET', `/v1/thesaurus/changes/${other.body.id}`, { who: 'auditor' })).body
  t.match(await review(service, published, 'secondReviewer', 'reject'), { status: 409 }, 'what an edition has brought stays')
})

t.test('two proposals that do not go together are not both approved, however close they come', async (t) => {
  const service = await matchingService(t)
  const one = await propose(service, { ...label, label: 'zorbium lantern' })
  const other = await propose(service, { ...label, concept: 'nanofiltration', label: 'zorbium lantern' })
  const answers: Answer<Change & Refusal>[] = await Promise.all([
    review(service, one.body, 'reviewer'),
    review(service, other.body, 'secondReviewer')
  ])
  t.same(answers.map(({ status }) => status).toSorted(), [200, 422])
})

t.test('who is not of the staff sees nothing of it, and each role does its own part', async (t) => {
  const service = await matchingService(t)
  const { call } = service
  const { body } = await propose(service, label)
  for (const who of ['memberOfA', 'adminOfA', 'missionOfficer', 'institutionEditorOfA', 'operator'] as const) {
    t.match(await propose(service, label, who), { status: 403 }, who)
    t.match(await call('GET', '/v1/thesaurus/changes', { who }), { status: 403 }, who)
    t.match(await call('GET', `/v1/thesaurus/changes/${body.id}`, { who }), { status: 403 }, who)
    t.match(await review(service, body, who), { status: 403 }, who)
    t.match(await call('POST', '/v1/thesaurus/editions', { who }), { status: 403 }, who)
    t.match(await call('GET', '/v1/thesaurus/edition', { who }), { status: 200 }, 'which edition there is, anybody may know')
  }
  t.match(await call('GET', '/v1/thesaurus/changes'), { status: 401 })
  t.match(await propose(service, label, 'auditor'), { status: 403 })
  t.match(await call('POST', '/v1/thesaurus/editions', { who: 'reviewer' }), { status: 403 })
  t.match(await call('GET', '/v1/thesaurus/changes/0e000000-0000-4000-8000-000000000001', { who: 'auditor' }), { status: 404 })
})

t.test('a proposal sent twice with one key is one proposal', async (t) => {
  const service = await matchingService(t)
  const headers = { 'idempotency-key': 'twice' }
  const send = () => service.call<Change>('POST', '/v1/thesaurus/changes', { who: 'intake', body: label, headers })
  const [first, second] = [await send(), await send()]
  t.same([first.status, second.status, second.body.id], [201, 201, first.body.id])
})
