import t from 'tap'
import { annotate, findUnit, loadThesaurus, unitSymbol, type QuantityAnnotation } from '../src/index.ts'

const thesaurus = loadThesaurus()

const quantitiesIn = (language: string, text: string): QuantityAnnotation[] =>
  annotate(thesaurus, { language, fields: [{ field: 'description', text, weight: 1 }] }).quantities

function short(quantities: readonly QuantityAnnotation[]): string[] {
  return quantities.map(({ operator, value, valueMax, unit }) => `${operator}${value}${valueMax === null ? '' : `..${valueMax}`} ${unit}`)
}

t.test('a demand for at least 500 kW is read in every language', async (t) => {
  const texts = {
    zh: ['功率不低于500千瓦', '５００ｋＷ以上', '至少500 kW'],
    en: ['at least 500 kW', '≥ 500 kW', '500 kW or more', 'minimum 500 kilowatts'],
    fr: ['au moins 500 kW', '500 kW au minimum'],
    ru: ['не менее 500 кВт', '500 кВт и более'],
    ar: ['لا تقل عن ٥٠٠ كيلوواط', '500 كيلوواط على الأقل'],
    es: ['al menos 500 kW', '500 kW como mínimo'],
    pt: ['pelo menos 500 kW', 'não menos de 500 kW']
  }
  for (const [language, list] of Object.entries(texts))
    for (const text of list) t.same(short(quantitiesIn(language, text)), ['>=500 kW'], text)
})

t.test('limits from above and rough figures keep their direction', async (t) => {
  t.same(short(quantitiesIn('en', 'up to 3.5 MW')), ['<=3.5 MW'])
  t.same(short(quantitiesIn('zh', '不超过30℃，约5吨')), ['<=30 Cel', '~5 t'])
  t.same(short(quantitiesIn('ru', 'не более 20 мг/л')), ['<=20 mg/L'])
  t.same(short(quantitiesIn('es', 'menos de 10 %')), ['<10 %'])
})

t.test('each language groups thousands in its own way', async (t) => {
  t.same(short(quantitiesIn('en', '1,200 kW')), ['=1200 kW'])
  t.same(short(quantitiesIn('zh', '1,200千瓦')), ['=1200 kW'])
  t.same(short(quantitiesIn('fr', '1 200,5 kW')), ['=1200.5 kW'])
  t.same(short(quantitiesIn('ru', '1 200,5 кВт')), ['=1200.5 kW'])
  t.same(short(quantitiesIn('es', '1.200 kW y 1,5 t')), ['=1200 kW', '=1.5 t'])
  t.same(short(quantitiesIn('pt', '1.200.000 m³')), ['=1200000 m3'])
  t.same(short(quantitiesIn('ar', '١٬٢٠٠٫٥ كيلوواط')), ['=1200.5 kW'])
  t.same(short(quantitiesIn('en', '0.125 mm')), ['=0.125 mm'])
})

t.test('a range has two ends and one unit', async (t) => {
  for (const [language, text] of [
    ['en', '200–1,200 kW'],
    ['en', '200 to 1,200 kW'],
    ['en', '200 kW - 1.2 MW'],
    ['zh', '200～1200千瓦'],
    ['zh', '200至1200kW'],
    ['ru', 'от 200 до 1200 кВт'],
    ['fr', 'de 200 à 1 200 kW'],
    ['es', 'de 200 a 1.200 kW'],
    ['ar', 'من 200 إلى 1200 كيلوواط']
  ] as const) {
    const [only, ...others] = quantitiesIn(language, text)
    t.same(others, [], text)
    const factor = findUnit(only?.unit ?? '')?.factor ?? 0
    t.same([(only?.value ?? 0) * factor, (only?.valueMax ?? 0) * factor], [200_000, 1_200_000], text)
    t.equal(only?.operator, '=', text)
  }
})

t.test('large-number words and rates belong to the figure', async (t) => {
  t.same(short(quantitiesIn('zh', '2万吨，3亿立方米')), ['=20000 t', '=300000000 m3'])
  t.same(short(quantitiesIn('en', '1.5 million m3 per year')), ['=1500000 m3/a'])
  t.same(short(quantitiesIn('fr', '2 millions de m³ par an')), ['=2000000 m3/a'])
  t.same(short(quantitiesIn('ru', '5 тыс. тонн в сутки')), ['=5000 t/d'])
  t.same(short(quantitiesIn('ar', '650 طناً يومياً')), ['=650 t/d'])
  t.same(short(quantitiesIn('es', '500 litros por hora')), ['=500 L/h'])
})

t.test('numbers in names and numbers without a unit are no quantities', async (t) => {
  t.same(quantitiesIn('en', 'model XJ-200 kW-class, COVID-19, 25 villages, in 2024'), [])
  t.same(short(quantitiesIn('en', '5 men carried 10 m of pipe')), ['=10 m'])
})

t.test('spans are code points of the original, comparison words included', async (t) => {
  const text = '😀 需要不低于１,０００千瓦'
  const [only] = quantitiesIn('zh', text)
  t.equal([...text].slice(only?.span.start, only?.span.end).join(''), '不低于１,０００千瓦')
})

t.test('units are UCUM codes with a dimension, quotients included', async (t) => {
  t.equal(findUnit('m3/d')?.dimension, 'volume/time')
  t.equal(findUnit('kW.h')?.factor, 3_600_000)
  t.equal(findUnit('parsec'), undefined)
  t.equal(unitSymbol('m3/d'), 'm³/d')
  t.equal(unitSymbol('har'), 'ha')
})
