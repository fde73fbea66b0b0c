import t from 'tap'
import type { Language } from '@siku/contracts'
import { annotate, loadThesaurus } from '../src/index.ts'

const thesaurus = loadThesaurus()
const topicsOf = (language: Language, text: string) =>
  new Map(annotate(thesaurus, { language, fields: [{ field: 'text', text, weight: 1 }] }).topics.map(({ id, weight }) => [id, weight]))

const likeness = (a: Map<string, number>, b: Map<string, number>) =>
  [...a].reduce((sum, [id, weight]) => sum + weight * (b.get(id) ?? 0), 0)

/** Narratives that name the trouble in their own words, each beside an offer in brochure Chinese. */
const stories = {
  salt: '低压反渗透苦咸水淡化装置，处理高矿化度井水，供村镇饮用和灌溉。',
  loan: '为没有征信记录的小商户提供信用评分和小额贷款风控。',
  fire: '电气火灾监控：监测线路过热和漏电，提前断电报警。'
}
const needs: [keyof typeof stories, Language, string][] = [
  ['salt', 'en', 'Every summer the water from our wells tastes of salt and the tomatoes die; people walk far to fetch drinking water.'],
  ['salt', 'ru', 'Вода из скважин к августу становится солёной, пить её нельзя, огороды гибнут.'],
  ['loan', 'es', 'Queremos prestar a vendedores sin historial de crédito ni garantías.'],
  ['fire', 'pt', 'Fios quentes e ligações improvisadas já causaram três incêndios no mercado; queremos saber antes que comece o fogo.']
]

for (const [about, language, text] of needs) {
  t.test(`a story in ${language} about ${about} is nearest to the offer for it`, async (t) => {
    const need = topicsOf(language, text)
    const near = Object.entries(stories).map(([name, offer]) => ({ name, likeness: likeness(need, topicsOf('zh', offer)) }))
    near.sort((a, b) => b.likeness - a.likeness)
    t.equal(near[0]?.name, about, JSON.stringify(near))
    t.ok((near[0]?.likeness ?? 0) > 0.05)
  })
}

t.test('the weights of a text have the length 1, and a text about nothing has no topics', async (t) => {
  const { topics } = annotate(thesaurus, { language: 'en', fields: [{ field: 'text', text: stories.salt + needs[0]?.[2], weight: 1 }] })
  t.ok(topics.length > 5 && topics.length <= 32)
  t.ok(Math.abs(Math.sqrt(topics.reduce((sum, { weight }) => sum + weight * weight, 0)) - 1) < 0.01)
  t.same(annotate(thesaurus, { language: 'en', fields: [{ field: 'text', text: '??? 12 34', weight: 1 }] }).topics, [])
})

t.test('topics are the same at every reading', async (t) => {
  t.same(topicsOf('ru', needs[1]?.[2] ?? ''), topicsOf('ru', needs[1]?.[2] ?? ''))
})
