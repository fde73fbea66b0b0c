import type { Actor } from '@siku/contracts'
import { answerOf, createSikuClient, ifMatch, items, SikuProblemError, type components } from '@siku/client'
import { connectDatabase } from '@siku/db'
import { contactRoleOf, createLibraryService, roleOf } from '@siku/library-kit'
import { createLogger, newId } from '@siku/service-kit'
import { library } from '@siku/technology-reserve'
import { testActors, testClock, testDatabase, type Teardown } from '@siku/testing'
import t from 'tap'

/** The real technology reserve on a real port; the name of a person stands for their token. */
async function listening(t: Teardown): Promise<string> {
  const database = await testDatabase(t)
  const open = (role: string) => {
    const db = connectDatabase({ url: database.urlFor(role), applicationName: 'client test', poolSize: 2 })
    t.teardown(() => db.close())
    return db
  }
  const app = await createLibraryService({
    library,
    db: open(roleOf(library.schemaName)),
    contacts: open(contactRoleOf(library.schemaName)),
    keyOf: (id) => id,
    log: createLogger({ name: 'test', level: 'silent' }),
    now: testClock().now,
    newId,
    verifyToken: async (token) => (testActors as Record<string, Actor>)[token] ?? testActors.anonymous,
    strictResponses: true
  })
  t.teardown(() => app.close())
  return app.listen({ host: '127.0.0.1', port: 0 })
}

type DraftBody = components['schemas']['TechnologyReserveDraft']

const draft: DraftBody = {
  recordType: 'TO',
  sourceLanguage: 'zh-Hans',
  title: '低压反渗透苦咸水淡化装置',
  summary: '用于村镇饮水的小型苦咸水淡化设备。',
  description: '装置采用低压反渗透膜，适合盐度上升的浅层地下水。',
  country: 'CN',
  visibility: 'network',
  details: { problemSolved: '井水变咸。', stage: 'on-market', iprStatus: 'granted', cooperationModes: ['supply'] }
}

async function refusalOf(call: Promise<unknown>): Promise<SikuProblemError> {
  const outcome = await call.catch((error: unknown) => error)
  if (outcome instanceof SikuProblemError) return outcome
  throw new Error(`not refused with a problem: ${String(outcome)}`)
}

t.test('The generated client speaks to a real library', async (t) => {
  const baseUrl = await listening(t)
  const siku = createSikuClient({ baseUrl, token: () => 'memberOfA' })

  const sent = { body: draft, headers: { 'idempotency-key': 'first' } }
  const { value: created, etag } = await answerOf(siku.POST('/v1/technologies', sent))
  t.equal(created.title, draft.title)
  t.equal((await answerOf(siku.POST('/v1/technologies', sent))).value.id, created.id, 'a repeat under the same key is the same record')

  const params = { path: { id: created.id } }
  const edited = await answerOf(siku.PATCH('/v1/technologies/{id}', { params, body: { title: '苦咸水淡化' }, headers: ifMatch(etag) }))
  t.equal(edited.value.title, '苦咸水淡化')
  t.match(
    await refusalOf(siku.PATCH('/v1/technologies/{id}', { params, body: { title: '淡化' }, headers: ifMatch(etag) })),
    { status: 412 },
    'what somebody changed since is not overwritten'
  )
  const wrong = siku.PATCH('/v1/technologies/{id}', { params, body: { title: '' }, headers: ifMatch(edited.etag) })
  t.match(await refusalOf(wrong), { status: 400, errors: [{ pointer: '/title' }] }, 'a refusal points at the field')

  await siku.POST('/v1/technologies', { body: { ...draft, title: '第二项' } })
  const titles: string[] = []
  for await (const { title } of items((cursor) => siku.GET('/v1/technologies', { params: { query: { view: 'own', cursor, limit: 1 } } })))
    titles.push(title)
  t.same(new Set(titles), new Set(['苦咸水淡化', '第二项']), 'a list is read to its end')
  t.match(
    await refusalOf(createSikuClient({ baseUrl, token: () => 'memberOfB' }).GET('/v1/technologies/{id}', { params })),
    { status: 404 },
    'and another organisation finds nothing'
  )
})
