import { type Cases } from '../conformance.ts'
import { must } from './bench.ts'
import { colleagueOf, outside, staff } from './people.ts'

const kazakh = {
  sourceLanguage: 'kk',
  title: 'Құдық суын тұщыландыру',
  summary: 'Біздің аудандағы құдықтардағы су жазда тұзды болады, арзан технология керек.',
  description: 'Ауыз суды тұщыландыру үшін арзан технология іздейміз. Ауданда көптеген ауылдар бар, су тапшы.',
  keywords: []
}
const translation = { language: 'ru', title: 'Опреснение воды', summary: 'Нужна дешёвая технология опреснения.', method: 'machine' }

export const translationCases: Cases = (t, bench) => {
  const { call, create, edit, publishCleared, publishNext, working, author, stranger } = bench
  const seen = async (actor: typeof author, id: string, which = '') => must(await call({ actor, path: `/${id}${which}` }), 200)

  t.test('a text in a language that is not read says so to its owner and to staff, with what to do; to nobody else', async (t) => {
    const record = await publishCleared(kazakh)
    for (const actor of [author, colleagueOf(author), staff.reviewer]) {
      const { reading, turn } = await seen(actor, record.id)
      t.match(reading, { state: 'needs-translation', language: 'kk', advice: /\(kk\).* matched with nothing.*Add one into zh, en, fr/ })
      t.match(turn, { side: 'owner', does: /translation/ })
    }
    for (const actor of [stranger, outside.anonymous]) {
      const other = await seen(actor, record.id)
      t.notOk('reading' in other)
      t.match(other.turn, { side: 'nobody' })
    }
    const versions = await call({ actor: author, path: `/${record.id}/versions` })
    t.match(versions.body.data, [{ version: 1, published: true, needsTranslation: true }])

    const machine = must(await edit(author, record, { translations: [{ ...translation, status: 'machine' }] }), 200)
    t.match((await seen(author, record.id, '?version=working')).reading, {
      state: 'needs-translation',
      advice: /into ru counts once a person has checked it/
    })
    const checked = must(await edit(author, machine, { translations: [{ ...translation, status: 'reviewed' }] }), 200)
    t.match((await working(checked)).reading, { state: 'translation', language: 'ru', advice: null })
    const published = await publishNext(checked)
    const { reading, turn } = await seen(author, published.id)
    t.match(reading, { state: 'translation', language: 'ru', advice: null })
    t.match(turn, { side: 'nobody' })
    const history = await call({ actor: staff.auditor, path: `/${record.id}/versions` })
    t.match(history.body.data, [
      { version: 2, needsTranslation: false },
      { version: 1, needsTranslation: true }
    ])
  })

  t.test('a wrong tag is told from a wrong language, and a text that is read needs nothing', async (t) => {
    const tagged = await create({ ...kazakh, sourceLanguage: 'ru' })
    t.match((await seen(author, tagged.id)).reading, {
      state: 'needs-translation',
      language: null,
      advice: /tagged ru, but its words are in another.*correct sourceLanguage/
    })
    const plain = await create()
    t.match((await seen(author, plain.id)).reading, { state: 'original', language: bench.fixture.draft['sourceLanguage'], advice: null })
  })
}
