import { anonymous, type Actor } from '@siku/contracts'
import { writeDocument } from '@siku/db'
import { createEmbeddedIndex, SearchUnavailableError, type SearchIndex } from '@siku/search'
import { followPublished, newId, openedThings, systemNow } from '@siku/service-kit'
import { untilTrue } from '@siku/testing'
import t from 'tap'
import { openGateway as openGatewayProcess } from '../src/index.ts'
import { readerLanguage } from '../src/search/reader-language.ts'
import { searchLibraries } from '../src/search/search-libraries.ts'
import {
  browser,
  chineseFirm,
  configWith,
  embassy,
  openGateway,
  staffMember,
  verifiedOrganisation,
  type Fixture,
  type Loose
} from './gateway-fixture.ts'
import { canary, documentOf, idOf, postings, publish, thesaurus } from './published-fixture.ts'

const raise = async (fixture: Fixture, index: SearchIndex = createEmbeddedIndex()) => {
  await publish(fixture, postings)
  const follower = await followPublished({ db: fixture.db, index, edition: thesaurus.edition, log: fixture.ctx.log, pollMs: 20 })
  return { index, follower }
}

t.test('one search over four libraries', async (t) => {
  const index = createEmbeddedIndex()
  const gateway = await openGateway(t, { search: { index, thesaurus, caughtUp: Promise.resolve() } })
  const { follower } = await raise(gateway, index)
  t.teardown(() => follower.close())
  const { app } = gateway
  const visitor = browser(app)
  const search = (query: string, one = visitor, headers: Record<string, string> = {}) => one.get(`/v1/search?${query}`, headers)
  const ids = (answer: { body: Loose }) => answer.body.data.map((hit: { id: string }) => hit.id)
  const intake = await staffMember(gateway, ['intake'])
  const { person: firm } = await verifiedOrganisation(gateway, intake, chineseFirm)
  const { person: mission } = await verifiedOrganisation(gateway, intake, embassy)

  await t.test('a French question finds the Chinese, French and Arabic records of the same concept', async (t) => {
    const answer = await search(`q=${encodeURIComponent('pompe à eau solaire')}&lang=fr`)
    t.equal(answer.status, 200)
    t.ok(answer.body.concepts.includes('solar-water-pump'))
    for (const number of [1, 6, 7]) t.ok(ids(answer).includes(idOf(number)), `record ${number}`)
    const chinese = answer.body.data.find((hit: { id: string }) => hit.id === idOf(1))
    t.equal(chinese.title, postings[0]?.title, 'the original stays as it was written')
    t.equal(chinese.translation, null)
    t.ok(
      chinese.gloss.some(({ concept, label }: { concept: string; label: string }) => concept === 'solar-water-pump' && /[a-z]/.test(label)),
      'concepts by their French labels'
    )
    const [span] = chinese.highlights.filter(({ field }: { field: string }) => field === 'title')
    t.ok(span && [...chinese.title].slice(span.start, span.end).join('').length > 0)
  })

  await t.test('highlights are code points of the original', async (t) => {
    const answer = await search(`q=${encodeURIComponent('太阳能水泵')}&lang=zh`)
    const hit = answer.body.data.find(({ id }: { id: string }) => id === idOf(1))
    const marked = hit.highlights.map(({ field, start, end }: { field: 'title' | 'summary'; start: number; end: number }) =>
      [...hit[field]].slice(start, end).join('')
    )
    t.ok(
      marked.some((text: string) => text.includes('提水') || text.includes('水泵')),
      marked.join('|')
    )
    t.same(hit.gloss, [], 'no gloss in the reader’s own language')
  })

  await t.test('a reviewed translation is shown before a machine’s', async (t) => {
    const answer = await search(`q=${encodeURIComponent('membrane bioreactor')}`, visitor, { 'accept-language': 'en' })
    const hit = answer.body.data.find(({ id }: { id: string }) => id === idOf(8))
    t.match(hit.translation, { title: 'Membrane bioreactor for sewage', status: 'reviewed' })
    t.same(hit.gloss, [])
  })

  await t.test('each reader finds and counts only what the reader may see', async (t) => {
    const q = `q=${encodeURIComponent(canary)}&lang=zh`
    const seenBy = async (one: typeof visitor) => {
      const { body, raw } = await search(q, one)
      const sectors = Object.fromEntries(body.facets.sectors.map(({ value, count }: { value: string; count: number }) => [value, count]))
      return { ids: body.data.map((hit: { id: string }) => hit.id).sort(), total: body.total, sectors, raw }
    }
    const nobody = await seenBy(visitor)
    t.match(nobody, { ids: [], total: 0, sectors: {} })
    t.notOk(nobody.raw.includes(canary), 'not in hits, facets or highlights')

    const kazakh = await seenBy(mission)
    t.same(kazakh.ids, [idOf(4), idOf(5)], 'what the network may see, and what a letter opens to that country')
    t.same([kazakh.total, kazakh.sectors], [2, { health: 1, 'software-services': 1 }])
    t.notOk(kazakh.raw.includes('盐碱地'))
    t.notOk(kazakh.raw.includes('遥感'))

    const chinese = await seenBy(firm)
    t.same(chinese.ids, [idOf(4)], 'uncleared records are for owner and staff, not for every Chinese firm')

    const staff = await seenBy(intake)
    t.same(staff.ids, [idOf(2), idOf(3), idOf(4), idOf(5)])
    t.same(staff.total, 4)
    const flags = Object.fromEntries(
      (await search(q, intake)).body.data.map((hit: { id: string; uncleared: boolean }) => [hit.id, hit.uncleared])
    )
    t.same([flags[idOf(3)], flags[idOf(4)]], [true, false])
  })

  await t.test('an index that proposes too much is not believed', async (t) => {
    const everything: Pick<SearchIndex, 'search'> = { search: (query) => index.search({ ...query, reader: { kind: 'staff' } }) }
    const ask = (actor: Actor) =>
      searchLibraries(
        { ...gateway.ctx, actor },
        { index: everything, thesaurus, caughtUp: Promise.resolve() },
        { text: canary, language: 'zh', filters: {}, limit: 20 }
      )
    t.equal((await ask(gateway.ctx.actor)).data.length, 4, 'the control: a service sees all')
    const found = await ask(anonymous('r'))
    t.same(found.data, [])
    t.equal(found.total, 0)
  })

  await t.test('a record that is withdrawn leaves the answers at once, whatever the index still holds', async (t) => {
    const posting = { id: idOf(20), title: '短暂出现的技术' }
    await publish(gateway, [posting])
    await untilTrue(async () => ids(await search(`q=${encodeURIComponent('短暂')}&lang=zh`)).includes(posting.id))
    await gateway.ownerDb.withTx(gateway.ctx.actor, (tx) =>
      writeDocument(tx, { ...documentOf(posting), revision: 2, state: 'withdrawn', tombstone: true }, 'test')
    )
    t.notOk(ids(await search(`q=${encodeURIComponent('短暂')}&lang=zh`)).includes(posting.id))
  })

  await t.test('filters narrow, facets carry labels in the reader’s language', async (t) => {
    const all = await search('lang=ru')
    t.ok(all.body.total >= 4)
    t.match(
      all.body.facets.library.find(({ value }: { value: string }) => value === 'technology-reserve'),
      { label: 'Резерв технологий' }
    )
    const demands = await search('library=cooperation-demand&lang=en')
    t.same(ids(demands).sort(), [idOf(6), idOf(7)])
    t.same(ids(await search('library=cooperation-demand&library=technology-reserve&country=MA')), [idOf(6)])
  })

  await t.test('pages go on where the last one ended, and a cursor belongs to its query', async (t) => {
    const seen: string[] = []
    let cursor = ''
    for (let page = 0; page < 20; page++) {
      const answer = await search(`lang=en&limit=2${cursor}`)
      seen.push(...ids(answer))
      if (answer.body.next === null) break
      cursor = `&cursor=${answer.body.next}`
    }
    t.equal(new Set(seen).size, seen.length)
    t.equal(seen.length, (await search('lang=en&limit=100')).body.total)
    const { body } = await search('lang=en&limit=1')
    t.match((await search(`lang=fr&limit=1&cursor=${body.next}`)).body, {
      status: 400,
      code: 'SIKU_GATEWAY_CURSOR_UNKNOWN',
      errors: [{ pointer: '/query/cursor' }]
    })
    t.match((await search('cursor=xxxx')).body, { status: 400 })
    t.match((await search('limit=0')).body, { status: 400, errors: [{ pointer: '/query/limit' }] })
    t.match((await search('library=nothing')).body, { status: 400 })
    t.match((await search('unknown=1')).body, { status: 400, errors: [{ pointer: '/query/unknown' }] })
  })

  await t.test('hostile text is searched for and nothing else', async (t) => {
    for (const text of [
      '" OR access.visibility = "staff',
      '*',
      '\u0007',
      '😀'.repeat(100),
      "'; drop table x; --",
      '['.repeat(400),
      'a'.repeat(500)
    ]) {
      t.equal((await search(`q=${encodeURIComponent(text)}`)).status, 200, JSON.stringify(text).slice(0, 30))
    }
    t.match((await search(`q=${encodeURIComponent('a\0b')}`)).body, { status: 400 })
    t.match((await search(`q=${'a'.repeat(501)}`)).body, { status: 400, errors: [{ pointer: '/query/q' }] })
  })
})

t.test('a search that cannot answer says so', async (t) => {
  const failing = {
    search: async () => {
      throw new SearchUnavailableError('searching')
    }
  }
  const gateway = await openGateway(t, { search: { index: failing, thesaurus, caughtUp: Promise.resolve() } })
  const answer = await gateway.app.inject('/v1/search?q=water')
  t.match(
    { status: answer.statusCode, retry: answer.headers['retry-after'], ...answer.json() },
    { status: 503, retry: '2', code: 'SIKU_GATEWAY_SEARCH_UNAVAILABLE' }
  )

  const failed = Promise.reject(new Error('no copy'))
  failed.catch(() => undefined)
  const broken = await openGateway(t, { search: { index: failing, thesaurus, caughtUp: failed } })
  t.equal((await broken.app.inject('/v1/search?q=water')).statusCode, 503)
})

t.test('the gateway opens as a process would: the door first, the copy beside it, everything closed again', async (t) => {
  const fixture = await openGateway(t)
  await publish(fixture, postings)
  const opened = openedThings(fixture.ctx.log)
  const config = configWith({ SIKU_PORT: '0' })
  const { address, keyRing } = await openGatewayProcess(opened, {
    config,
    databaseUrl: fixture.databaseUrl,
    log: fixture.ctx.log,
    now: systemNow,
    newId,
    thesaurus
  })
  const ready = await fetch(`${address}/health/ready`)
  t.match(await ready.json(), {
    status: 'ready',
    dependencies: [
      { name: 'database', status: 'ok' },
      { name: 'search', status: 'ok' }
    ]
  })
  const found = (await (await fetch(`${address}/v1/search?q=${encodeURIComponent('pompe à eau solaire')}&lang=fr`)).json()) as Loose
  t.ok(found.total >= 3)
  t.equal(keyRing.keySet().keys.length, 1)
  t.equal((await fetch(`${address}/metrics`)).status, 401, 'figures are not for the public')
  await opened.close()
  await t.rejects(fetch(`${address}/health/live`))
})

t.test('vocabularies are there for everybody, with labels in seven languages', async (t) => {
  const { app } = await openGateway(t)
  t.ok((await app.inject('/v1/vocabularies')).json().data.length > 20)
  t.match((await app.inject('/v1/vocabularies/library')).json().values['technology-reserve'], { zh: '技术储备库', ar: String })
  t.equal((await app.inject('/v1/vocabularies/nothing')).statusCode, 404)
})

t.test('the reader’s language is the first of the seven that is asked for', async (t) => {
  t.same(
    ['fr-CH, fr;q=0.9, en;q=0.8', 'de, en;q=0.2, ar;q=0.7', 'de', undefined, 'zh-Hant-TW', 'en;q=0, pt', ';;;,,'].map(readerLanguage),
    ['fr', 'ar', 'en', 'en', 'zh', 'pt', 'en']
  )
})
