import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { languages } from '@siku/contracts'
import { loadThesaurus } from '@siku/thesaurus'
import {
  bestEntries,
  closenessOf,
  dossierMessage,
  institutionSentence,
  isSimilar,
  nearestPlace,
  neededServices,
  precedentSentence,
  readDossierWeights,
  readWeights,
  scoreInstitution,
  scorePrecedent,
  servedAs
} from '../src/index.ts'
import { recordOf } from './support.ts'

const thesaurus = loadThesaurus()
const weights = readWeights()
const chinese = { sourceLanguage: 'zh' }

const need = recordOf(thesaurus, 'cooperation-demand', 'Our wells are salty; solar desalination plants are wanted', {
  text: { seeks: 'technology' }
})
const plant = recordOf(thesaurus, 'technology-reserve', '光伏驱动的反渗透苦咸水淡化装置', { text: chinese })
const demand = { entry: need, country: 'KE', technologies: [plant] }
const resultIn = (countries: string[], words = '光伏苦咸水淡化站示范') =>
  recordOf(thesaurus, 'project-results', words, { id: `${words} ${countries}`, text: { ...chinese, serviceCountries: countries } })
const institution = (text: object, words = '技术转移服务') =>
  recordOf(thesaurus, 'platform-institutions', words, { text: { ...chinese, ...text } })

t.test('a precedent is the same kind of solution; the nearer its country the better, and never the country alone', async (t) => {
  const score = (countries: string[], words?: string) => scorePrecedent(demand, resultIn(countries, words), thesaurus, weights)
  const [here, near, far] = [score(['CN', 'KE']), score(['UG', 'PE']), score(['PE'])]
  t.match(here?.reasons, { place: 'country', countries: ['KE'] })
  t.match(near?.reasons, { place: 'region', countries: ['UG'] })
  t.match(far?.reasons, { place: 'elsewhere', countries: ['PE'] })
  t.ok((here?.scoreMillionths ?? 0) > (near?.scoreMillionths ?? 0) && (near?.scoreMillionths ?? 0) > (far?.scoreMillionths ?? 0))
  t.equal(score(['KE'], '小学营养午餐配送系统'), undefined, 'another kind of thing, though in the same country')
  t.match(here?.reasons.solution, { technologyId: plant.id })
  t.match(here?.reasons.shared[0], { demandSpans: [{ field: 'title' }], otherSpans: [{ field: 'title' }] })
  for (const { scoreMillionths, reasons } of [here, near, far].filter((one) => one !== undefined))
    t.equal(reasons.needMillionths + reasons.solutionMillionths + reasons.placeMillionths, scoreMillionths)
  const alone = scorePrecedent({ ...demand, technologies: [] }, resultIn(['KE']), thesaurus, weights)
  t.equal(alone?.reasons.solution, null, 'a demand without a shortlist is held against its own text')
  t.equal(scorePrecedent({ ...demand, country: null }, resultIn(['KE']), thesaurus, weights)?.reasons.place, 'elsewhere')
})

t.test('closeness is 0 to 1, 1 only for the same matter, and reads across languages', async (t) => {
  const self = closenessOf(plant, plant, thesaurus, weights).value
  t.ok(self > 0.9 && self <= 1)
  t.ok(
    closenessOf(need, plant, thesaurus, weights).value > closenessOf(need, resultIn([], '小学营养午餐配送系统'), thesaurus, weights).value
  )
  t.equal(closenessOf(need, recordOf(thesaurus, 'project-results', ''), thesaurus, weights).value, 0, 'an empty text is near to nothing')
})

t.test('an institution serves the country that asks and offers what such a demand needs', async (t) => {
  const score = (text: object, words?: string) => scoreInstitution(demand, institution(text, words), thesaurus, weights)
  t.equal(score({ serviceCountries: ['PE'], services: ['technology-transfer'] }), undefined, 'another country')
  t.equal(score({ serviceCountries: ['KE'], services: ['recruitment'] }, '招聘'), undefined, 'another service')
  t.match(score({ serviceCountries: ['KE'], services: ['recruitment', 'technology-transfer'] })?.reasons, {
    place: 'country',
    services: ['technology-transfer']
  })
  t.match(score({ targetRegions: ['africa'], services: ['market-entry'] })?.reasons, { place: 'region' })
  const knowing = score({ serviceCountries: ['KE'], services: ['recruitment'] }, '光伏苦咸水淡化装置检测')
  t.match(knowing?.reasons, { services: [] }, 'or its own work is on the matter')
  const more = score({ serviceCountries: ['KE'], services: ['technology-transfer', 'market-entry'], sectors: ['sci-tech-services'] })
  t.ok((more?.scoreMillionths ?? 0) > (score({ serviceCountries: ['KE'], services: ['market-entry'] })?.scoreMillionths ?? 0))
  t.same(more?.reasons.sectors, [], 'the sector of all helpers says nothing')
  t.equal(servedAs(null, need.text), undefined, 'nobody knows which country asks')
})

t.test('what a demand will need follows from what it seeks and how it wants to cooperate', async (t) => {
  const needed = neededServices({ ...need.text, seeks: 'park', cooperationModes: ['joint-venture'], services: ['tax'] })
  t.equal(needed.get('landing-space'), 2)
  t.equal(needed.get('odi-filing'), 3, 'asked for twice over')
  t.equal(needed.get('tax'), 3)
  t.ok(neededServices({ ...need.text, seeks: null }).has('technology-transfer'), 'a technology where it does not say')
})

t.test('countries are alike by M49 subregion or by region of the plan', async (t) => {
  t.ok(isSimilar('KE', 'TZ'))
  t.ok(isSimilar('KE', 'MA'), 'the plan counts Africa as one')
  t.ok(isSimilar('KZ', 'UZ'))
  t.notOk(isSimilar('KZ', 'PE'))
  t.notOk(isSimilar('KZ', 'XX'))
  t.same(nearestPlace('KZ', []), { place: 'elsewhere', countries: [] })
})

t.test('the best six, ties by id', async (t) => {
  const entries = ['c', 'a', 'b', 'g', 'f', 'e', 'd'].map((id) => ({ id, scoreMillionths: id === 'g' ? 2 : 1 }))
  t.same(
    bestEntries([undefined, ...entries]).map(({ id }) => id),
    ['g', 'a', 'b', 'c', 'd', 'e']
  )
})

t.test('reasons and headings are said in every language, with nothing left unfilled', async (t) => {
  const precedent = scorePrecedent(demand, resultIn(['UG']), thesaurus, weights)
  const helper = scoreInstitution(
    demand,
    institution({ serviceCountries: ['KE'], services: ['market-entry'] }, '苦咸水淡化'),
    thesaurus,
    weights
  )
  if (!precedent || !helper) throw new Error('the example is no precedent')
  const said = new Set<string>()
  for (const language of languages) {
    const sentences = [
      precedentSentence(precedent.reasons, language, thesaurus),
      precedentSentence({ ...precedent.reasons, countries: [], shared: [] }, language, thesaurus),
      institutionSentence(helper.reasons, language, thesaurus),
      dossierMessage('count', language, { count: '3' })
    ]
    for (const sentence of sentences) t.notMatch(sentence, /[{}]|undefined/)
    said.add(sentences[0] ?? '')
  }
  t.equal(said.size, languages.length)
  t.match(institutionSentence(helper.reasons, 'en', thesaurus), /Serves: Kenya\. Offers what such a demand needs: Market entry\./)
})

t.test('the weights of dossiers are a file of their own, and one that makes no sense is refused with what would be right', async (t) => {
  const shipped = readDossierWeights()
  t.match(shipped.version, /^\d+\+[0-9a-f]{8}$/)
  const { precedents, institutions } = shipped
  const file = join(t.testdir(), 'dossier.json')
  const refused = (change: object, message: RegExp) => {
    writeFileSync(file, JSON.stringify({ ...shipped, ...change }))
    t.throws(() => readDossierWeights(file), { code: 'SIKU_MATCHER_WEIGHTS_INVALID', message })
  }
  refused({ closeness: { concepts: 0.6, topics: 0.6 } }, /closeness.*sum is 1/)
  refused({ precedents: { ...precedents, nearness: { country: 1, region: 2, elsewhere: 0 } } }, /nearness\.region is 2/)
  refused({ institutions: { ...institutions, servicesHalf: 0 } }, /servicesHalf is 0/)
  refused({ services: {} }, /services\.asked/)
  writeFileSync(file, JSON.stringify({ ...shipped, services: { asked: 3, bySeeking: 2, byMode: 1 } }))
  t.not(readDossierWeights(file).version.slice(-8), shipped.version.slice(-8), 'other numbers, another version')
})
