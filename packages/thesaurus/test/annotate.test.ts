import t from 'tap'
import { annotate, detectLanguage, loadThesaurus, normalForms, type Annotation } from '../src/index.ts'

const thesaurus = loadThesaurus()

function read(language: string, text: string): Annotation {
  return annotate(thesaurus, { language, fields: [{ field: 'title', text, weight: 1 }] })
}

const conceptsIn = (language: string, text: string) => read(language, text).concepts.map(({ id }) => id)

/** The words of the original text that the spans of a concept point at, cut by code points. */
function evidence(annotation: Annotation, id: string, text: string): string[] {
  const points = [...text]
  return (annotation.concepts.find((concept) => concept.id === id)?.spans ?? []).map(({ start, end }) => points.slice(start, end).join(''))
}

t.test('the same need is found in all seven languages', async (t) => {
  const needs = {
    zh: '我们需要太阳能水泵',
    en: 'We need solar water pumps',
    fr: 'Nous cherchons des pompes solaires',
    ru: 'Нужны солнечные насосы',
    ar: 'نحتاج إلى مضخات شمسية',
    es: 'Buscamos bombas solares',
    pt: 'Procuramos bombas solares'
  }
  for (const [language, text] of Object.entries(needs))
    t.ok(conceptsIn(language, text).includes('solar-water-pump'), `${language}: ${text}`)
})

t.test('Arabic clitics and the article do not hide a word', async (t) => {
  for (const form of ['مضخة شمسية', 'المضخات الشمسية', 'وبالمضخات الشمسية', 'للمضخات الشمسية', 'كالمضخة الشمسية', 'فالمضخة الشمسية']) {
    t.ok(conceptsIn('ar', `نريد ${form} في القرية`).includes('solar-water-pump'), form)
  }
})

t.test('Arabic spelling variants, vowel marks and tatweel mean the same word', async (t) => {
  for (const form of ['تحلية المياه', 'تَحْلِيَة المِيَاه', 'تحليه الميـــاه']) t.ok(conceptsIn('ar', form).includes('desalination'), form)
})

t.test('an Arabic broken plural is found through the consonants it shares with the singular', async (t) => {
  t.ok(conceptsIn('ar', 'مصانع ذكية').includes('smart-factory'))
})

t.test('a root letter is not taken for a particle', async (t) => {
  t.notOk(conceptsIn('ar', 'مشروع كبير').includes('well-drilling'), 'كبير is big, not "like a well"')
})

t.test('Russian and Latin inflection is seen through', async (t) => {
  for (const form of ['тепловая сеть', 'тепловых сетей', 'в тепловых сетях'])
    t.ok(conceptsIn('ru', form).includes('district-heating'), form)
  t.ok(conceptsIn('pt', 'resíduos agrícolas').includes('crop-residue'))
  t.ok(conceptsIn('es', 'un residuo agrícola').includes('crop-residue'))
  t.ok(conceptsIn('fr', 'les réseaux de chaleur').includes('district-heating'))
})

t.test('й is a letter of its own, and ё may be written е', async (t) => {
  t.same(normalForms('зелёный', 'ru'), normalForms('зеленый', 'ru'))
  t.not(normalForms('майка', 'ru')[0], normalForms('маика', 'ru')[0])
  t.ok(conceptsIn('ru', 'чай').includes('tea'))
  t.ok(conceptsIn('ru', 'чай'.normalize('NFD')).includes('tea'), 'also when sent decomposed')
})

t.test('derivation alone is half a guess: generations are hardly generators', async (t) => {
  const weight = (text: string) => read('en', text).concepts.find(({ id }) => id === 'diesel-generator')?.weight ?? 0
  t.ok(weight('We need a diesel generator') > 0.9)
  t.ok(weight('The government plans for generations of leaders') < 0.25)
  t.equal(
    read('en', 'the rates of growth').concepts.some(({ id }) => id === 'rodent-damage'),
    false,
    'rates are no rats'
  )
})

t.test('words of a label may have others between them, within a clause and at a discount', async (t) => {
  const weight = (text: string) => read('en', text).concepts.find(({ id }) => id === 'brackish-desalination')?.weight ?? 0
  const plain = weight('brackish water desalination')
  const apart = weight('brackish coastal water desalination')
  t.ok(apart > 0)
  t.ok(apart < plain)
  t.equal(weight('the water is brackish. Desalination is expensive'), 0, 'a full stop ends the reach')
})

t.test('traditional Chinese is read like simplified Chinese, and spans stay in the original', async (t) => {
  const text = '採用反滲透技術進行苦鹹水淡化'
  const annotation = read('zh', text)
  t.same(evidence(annotation, 'brackish-desalination', text), ['苦鹹水淡化'])
  t.ok(annotation.concepts.some(({ id }) => id === 'reverse-osmosis'))
})

t.test('the longest Chinese label wins and the one inside counts half', async (t) => {
  const weights = new Map(read('zh', '太阳能水泵').concepts.map(({ id, weight }) => [id, weight]))
  t.ok((weights.get('solar-water-pump') ?? 0) > (weights.get('pump') ?? 0))
  t.equal(read('zh', '反渗透').concepts[0]?.id, 'reverse-osmosis')
})

t.test('hyphens, spaces, width and capitals are spelling, not meaning', async (t) => {
  for (const form of ['micro-irrigation', 'micro irrigation', 'Micro‑Irrigation', 'ｍｉｃｒｏ－ｉｒｒｉｇａｔｉｏｎ']) {
    t.ok(conceptsIn('en', form).includes('drip-irrigation'), form)
  }
  t.ok(conceptsIn('en', 'ＰＭ２．５ monitoring').includes('pm25'))
})

t.test('an acronym in capitals is not the word in small letters', async (t) => {
  t.ok(conceptsIn('en', 'IGBT modules').includes('power-semiconductor'))
  t.notOk(conceptsIn('en', 'we can do it').some((id) => id === 'fruit-vegetable-processing'))
})

t.test('text without accents or in capitals is still understood', async (t) => {
  t.ok(conceptsIn('es', 'RESIDUOS AGRICOLAS').includes('crop-residue'))
  t.ok(conceptsIn('fr', 'reseaux de chaleur').includes('district-heating'))
})

t.test('a negation in a label is part of it', async (t) => {
  t.notOk(conceptsIn('en', 'electricity tariffs').includes('lack-electricity-access'))
})

t.test('ambiguous labels keep all senses, weighted by the company they keep', async (t) => {
  const share = (text: string) => {
    const weights = new Map(read('fr', text).concepts.map(({ id, weight }) => [id, weight]))
    return (weights.get('blood-pressure-monitor') ?? 0) - (weights.get('soil-moisture-sensor') ?? 0)
  }
  t.ok(share('tensiomètre pour l’hôpital, hypertension') > 0)
  t.ok(share('tensiomètre pour le goutte à goutte et l’irrigation') < 0)
})

t.test('spans are code points of the field as sent, also behind emoji, bidirectional marks and HTML', async (t) => {
  const text = '😀\u202E𠀀 <b>drip&nbsp;irrigation</b> e\u0301tude \u200Fdrip irrigation'
  const annotation = read('en', text)
  const found = evidence(annotation, 'drip-irrigation', text)
  t.equal(found.at(-1), 'drip irrigation')
  for (const piece of found) t.ok(conceptsIn('en', piece).includes('drip-irrigation'), `"${piece}" re-matches`)
})

t.test('what no concept covers is kept as terms of its language, model numbers as terms of none', async (t) => {
  const { terms } = read('ru', 'Требуется фиолетовый аппарат XJ-200')
  t.ok(terms.some(({ term, language }) => term === 'XJ200' && language === 'zxx'))
  t.ok(terms.some(({ term, language }) => term === normalForms('фиолетовый', 'ru')[0] && language === 'ru'))
})

t.test('a wrong language tag does not blind the annotator', async (t) => {
  t.ok(conceptsIn('zh', 'Nous cherchons des pompes solaires pour nos villages isolés du désert').includes('solar-water-pump'))
  t.ok(conceptsIn('de', 'нужны солнечные насосы').includes('solar-water-pump'))
})

t.test('languages are told apart, also those that the product does not speak', async (t) => {
  t.equal(detectLanguage('我们需要水泵').language, 'zh')
  t.equal(detectLanguage('نحتاج إلى مضخات').language, 'ar')
  const ukrainian = detectLanguage('Нам потрібні сонячні насоси для сільських громад у степу')
  t.equal(ukrainian.code, 'uk')
  t.equal(ukrainian.language, null)
  t.equal(detectLanguage('12 kW').reliable, false)
  t.equal(detectLanguage('').code, null)
})

t.test('no text makes the annotator fail', async (t) => {
  const hostile = [
    '',
    ' ',
    '\0',
    '\uD800',
    'a\uDC00b',
    '\u202E\u2066\u2069',
    '😀'.repeat(500),
    '<'.repeat(3000),
    '&'.repeat(3000),
    '<b '.repeat(2000),
    '水'.repeat(20_000),
    'a'.repeat(20_000),
    'pump '.repeat(4_000),
    '1,2.3'.repeat(4_000),
    '\u0301'.repeat(5_000),
    'ب'.repeat(5_000)
  ]
  for (const language of ['zh', 'ar', 'xx', '']) {
    for (const text of hostile) t.doesNotThrow(() => read(language, text), `${language} ${JSON.stringify(text.slice(0, 10))}`)
  }
  t.same(annotate(thesaurus, { language: 'en', fields: [] }).concepts, [])
})

t.test('every span of a long mixed text lies inside it and re-matches its concept', async (t) => {
  const words = [
    'solar',
    'pump',
    '苦咸水',
    '淡化',
    'насос',
    'вода',
    'مضخة',
    'شمسية',
    'bomba',
    'réseau',
    'de',
    'chaleur',
    '😀',
    '𠀀',
    '.',
    ',',
    '500 kW'
  ]
  let seed = 7
  const next = (below: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below
  for (let round = 0; round < 60; round++) {
    const text = Array.from({ length: 30 }, () => words[next(words.length)]).join(next(2) ? ' ' : '')
    const language = ['en', 'zh', 'ru', 'ar', 'fr'][next(5)] ?? 'en'
    const annotation = read(language, text)
    const length = [...text].length
    for (const { id, spans } of annotation.concepts) {
      for (const { start, end } of spans) {
        t.ok(start >= 0 && start < end && end <= length, `${id} ${start}-${end} of ${length}`)
        const piece = [...text].slice(start, end).join('')
        t.ok(conceptsIn(language, piece).includes(id), `"${piece}" says ${id} by itself`)
      }
    }
  }
})
