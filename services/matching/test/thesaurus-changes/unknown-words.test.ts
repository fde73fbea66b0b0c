import t from 'tap'
import { countingIds } from '@siku/testing'
import { demand, matchRows, technology } from '../support.ts'
import { countUnknownTerms } from '../../src/thesaurus-changes/count-unknown-terms.ts'
import { matchingService } from '../review/service.ts'

const ids = countingIds(9)
type Suggestions = {
  countedAt: string | null
  ageSeconds: number | null
  recordsCounted: number
  data: { term: string; written: string; language: string; records: number; samples: { id: string; reference: string }[] }[]
}
type Untranslated = { data: { id: string; language: string; detected: string | null; translations: object[] }[]; next: string | null }
type Pipeline = { published: { library: string; needsTranslation: number }[] }

t.test('words that many records say and no concept covers come up, with the records that say them', async (t) => {
  const saying = (words: string) =>
    demand(ids(), { text: { title: 'Drip irrigation', summary: words, description: words, sourceLanguage: 'en' } })
  const documents = [saying('A zorbium lantern.'), saying('Zorbium lanterns for clinics'), saying('zorbium'), saying('One quaxifier.')]
  const { call, worker, clock, settle } = await matchingService(t, [...documents, technology(ids())])
  t.match(
    await call('GET', '/v1/thesaurus/suggestions', { who: 'auditor' }),
    { body: { countedAt: null, ageSeconds: null, recordsCounted: 0, data: [] } },
    'nothing was counted yet'
  )
  t.equal(await countUnknownTerms(worker.context), documents.length + 1)
  const { status, body } = await call<Suggestions>('GET', '/v1/thesaurus/suggestions?lang=en', { who: 'matchOfficer' })
  t.equal(status, 200)
  const [first] = body.data.filter(({ written }) => /zorb/i.test(written))
  t.match(first, { language: 'en', records: 3 })
  t.same(
    first?.samples.map(({ id }) => id).toSorted(),
    documents
      .slice(0, 3)
      .map(({ id }) => id)
      .toSorted()
  )
  t.notOk(
    body.data.some(({ term }) => term.startsWith('quax')),
    'what one record alone says is not frequent'
  )
  t.notOk(
    body.data.some(({ term }) => term.startsWith('drip')),
    'what a concept covers is known'
  )
  const limited = await call<Suggestions>('GET', '/v1/thesaurus/suggestions?limit=1', { who: 'auditor' })
  t.equal(limited.body.data.length, 1)
  t.match(await call('GET', '/v1/thesaurus/suggestions?lang=de', { who: 'auditor' }), { status: 400 })
  t.match(await call('GET', '/v1/thesaurus/suggestions?limit=0', { who: 'auditor' }), { status: 400 })
  for (const who of ['memberOfA', 'missionOfficer', 'operator'] as const)
    t.match(await call('GET', '/v1/thesaurus/suggestions', { who }), { status: 403 })

  t.comment('what is asked is what was counted last, and says when')
  await settle([saying('Zorbium again.')])
  clock.advance({ hours: 1 })
  const asked = async () => (await call<Suggestions>('GET', '/v1/thesaurus/suggestions?lang=en', { who: 'auditor' })).body
  const zorbium = ({ data }: Suggestions) => data.find(({ written }) => /zorb/i.test(written))?.records
  const hourOld = await asked()
  t.match(hourOld, { ageSeconds: 3600, recordsCounted: documents.length + 1 })
  t.equal(zorbium(hourOld), 3)
  t.equal(await countUnknownTerms(worker.context), documents.length + 2, 'many changes for so few records: counted anew at once')
  t.equal(await countUnknownTerms(worker.context), undefined, 'and not again for nothing')
  const fresh = await asked()
  t.match(fresh, { ageSeconds: 0, recordsCounted: documents.length + 2 })
  t.equal(zorbium(fresh), 4)
  clock.advance({ days: 1 })
  t.equal(await countUnknownTerms(worker.context), documents.length + 2, 'a day later in any case')
})

const kazakh = {
  sourceLanguage: 'kk',
  title: 'Құдық суын тұщыландыру: reverse osmosis',
  summary: 'Біздің аудандағы құдықтардағы су жазда тұзды болады, brackish desalination керек.',
  description: 'Ауыз суды тұщыландыру үшін арзан технология іздейміз. Reverse osmosis.'
}
const translation = {
  language: 'ru',
  title: 'Опреснение солоноватой воды',
  summary: 'Нужен обратный осмос для опреснения солоноватых подземных вод.',
  description: 'Обратный осмос.'
}

t.test('a text in a language that is not read waits for a translation, is shown to staff, and matches nothing until then', async (t) => {
  const [parked, tagged, wrongTag] = [ids(), ids(), ids()]
  const offer = technology(ids())
  const service = await matchingService(t, [
    offer,
    demand(parked, { text: { ...kazakh } }),
    demand(tagged, { text: { ...kazakh, sourceLanguage: 'ru' } }),
    demand(wrongTag, { text: { sourceLanguage: 'kk' } })
  ])
  const { call, db, settle } = service
  const matched = async () => [
    ...new Set((await matchRows(db)).filter(({ state }) => state !== 'withdrawn').map(({ demandId }) => demandId))
  ]
  t.same(await matched(), [wrongTag], 'an English text with a wrong tag is read all the same')
  const list = async () => (await call<Untranslated>('GET', '/v1/pipeline/needs-translation', { who: 'intake' })).body.data
  t.match(await list(), [
    { id: parked, state: 'needs-translation', language: 'kk', translations: [] },
    { id: tagged, language: 'ru' }
  ])
  const counts = async () => (await call<Pipeline>('GET', '/v1/pipeline', { who: 'operator' })).body.published
  t.match(await counts(), [{ library: 'cooperation-demand', needsTranslation: 2 }, { needsTranslation: 0 }])
  const page = await call<Untranslated>('GET', '/v1/pipeline/needs-translation?limit=1', { who: 'auditor' })
  const rest = await call<Untranslated>('GET', `/v1/pipeline/needs-translation?limit=1&cursor=${page.body.next}`, { who: 'auditor' })
  t.same(
    [...page.body.data, ...rest.body.data].map(({ id }) => id),
    [parked, tagged]
  )

  const again = (status: 'machine' | 'reviewed', version: number) =>
    demand(parked, { version, revision: version, text: { ...kazakh, translations: [{ ...translation, status }] } })
  await settle([again('machine', 2)])
  t.same(await matched(), [wrongTag], 'a machine’s translation is nobody’s word')
  t.match((await list()).find(({ id }) => id === parked)?.translations, [{ language: 'ru', status: 'machine' }])
  await settle([again('reviewed', 3)])
  t.same((await matched()).toSorted(), [parked, wrongTag].toSorted(), 'a reviewed one is read in its place')
  t.same(
    (await list()).map(({ id }) => id),
    [tagged]
  )

  const row = (await matchRows(db)).find(({ demandId }) => demandId === parked)
  type Match = { evidence: { demand: { field: string; text: string }[] }[] }
  const match = await call<Match>('GET', `/v1/matches/${row?.id}`, { who: 'matchOfficer' })
  const spans = match.body.evidence.flatMap((pair) => pair.demand)
  t.ok(
    spans.length > 0 && spans.every(({ field, text }) => /^\/translations\/0\/(title|summary|description)$/.test(field) && text.length > 2)
  )

  t.match(await call('GET', '/v1/pipeline/needs-translation?library=nowhere', { who: 'intake' }), { status: 400 })
  for (const who of ['memberOfA', 'missionOfficer', 'operator'] as const)
    t.match(await call('GET', '/v1/pipeline/needs-translation', { who }), { status: 403 }, who)
})
