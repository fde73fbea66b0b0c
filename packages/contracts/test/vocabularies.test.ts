import t from 'tap'
import * as codes from '../src/codes.ts'
import { languages, type Language } from '../src/language.ts'
import {
  beltAndRoad,
  countries,
  countryCodes,
  currencyCodes,
  findCountry,
  isCountryCode,
  isCurrencyCode,
  isPartnerCountry,
  isVocabularyName,
  labelOfCode,
  liesInRegion,
  listVocabularies,
  m49Parents,
  minorDigitsOf,
  sdgCodes,
  vocabularies,
  type Vocabulary
} from '../src/vocabularies/index.ts'

const scriptOf: Record<Language, RegExp> = {
  zh: /\p{Script=Han}/u,
  en: /\p{Script=Latin}/u,
  fr: /\p{Script=Latin}/u,
  ru: /\p{Script=Cyrillic}/u,
  ar: /\p{Script=Arabic}/u,
  es: /\p{Script=Latin}/u,
  pt: /\p{Script=Latin}/u
}
const foreignTo: Record<Language, RegExp> = {
  zh: /[\p{Script=Cyrillic}\p{Script=Arabic}]/u,
  en: /[^\p{Script=Latin}\p{Script=Common}]/u,
  fr: /[^\p{Script=Latin}\p{Script=Common}]/u,
  ru: /[\p{Script=Han}\p{Script=Arabic}]/u,
  ar: /[\p{Script=Han}\p{Script=Cyrillic}\u064B-\u0652\u0670]/u,
  es: /[^\p{Script=Latin}\p{Script=Common}]/u,
  pt: /[^\p{Script=Latin}\p{Script=Common}]/u
}

/** What is wrong with the labels of a vocabulary, one line a fault. */
function faultsOf({ name, values }: Vocabulary): string[] {
  return languages.flatMap((language) => {
    const seen = new Map<string, string>()
    return Object.entries(values).flatMap(([code, labels]) => {
      const label: string | undefined = labels[language]
      const at = `${name} ${code} ${language}`
      if (label === undefined || label.trim() === '') return [`${at}: no label`]
      const twin = seen.get(label.toLowerCase())
      seen.set(label.toLowerCase(), code)
      return [
        ...(label !== label.trim() || label !== label.normalize('NFC') ? [`${at}: not trimmed or not NFC`] : []),
        ...(scriptOf[language].test(label) ? [] : [`${at}: not in its script`]),
        ...(foreignTo[language].test(label) ? [`${at}: letters of another script, or Arabic vowel marks`] : []),
        ...(twin === undefined ? [] : [`${at}: same label as ${twin}`])
      ]
    })
  })
}

t.test('every code of every vocabulary has one label of its own in each of the seven languages, in its script', async (t) => {
  t.ok(listVocabularies().length >= 50)
  for (const vocabulary of listVocabularies()) t.strictSame(faultsOf(vocabulary), [], vocabulary.name)
})

t.test('a missing, empty, doubled or misplaced label is found', async (t) => {
  const good = { zh: '是', en: 'Yes', fr: 'Oui', ru: 'Да', ar: 'نعم', es: 'Sí', pt: 'Sim' }
  const { ar: _, ...withoutArabic } = good
  const faults = (values: Record<string, Partial<typeof good>>) =>
    faultsOf({ name: 'broken', edition: '1', source: 'test', values: values as Vocabulary['values'] })
  t.strictSame(faults({ yes: good }), [])
  t.strictSame(faults({ yes: withoutArabic }), ['broken yes ar: no label'])
  t.strictSame(faults({ yes: { ...good, pt: ' ' } }), ['broken yes pt: no label'])
  t.equal(faults({ yes: good, no: { ...good, zh: '否' } }).length, 6)
  t.strictSame(faults({ yes: { ...good, ru: 'Yes' } }), ['broken yes ru: not in its script'])
  t.strictSame(faults({ yes: { ...good, ar: 'نَعم' } }), ['broken yes ar: letters of another script, or Arabic vowel marks'])
})

t.test('every list of codes has its vocabulary, with exactly its codes', async (t) => {
  const { recordTypes, ...lists } = codes
  const keysOf = (values: readonly string[]) => [...values].sort().join(' ')
  const known = new Set(listVocabularies().map(({ values }) => keysOf(Object.keys(values))))
  for (const [list, values] of Object.entries(lists)) t.ok(Array.isArray(values) && known.has(keysOf(values)), list)
  t.strictSame(Object.keys(vocabularies['record-type'].values).sort(), Object.values(recordTypes).flat().sort())
  t.strictSame(Object.keys(vocabularies.sdg.values).sort(), [...sdgCodes].sort())
  t.notOk(known.has(keysOf([...codes.developmentStages, 'invented'])), 'a list with a code nobody labelled is not taken for known')
})

t.test('a vocabulary is registered under its own name, with an edition and a source', async (t) => {
  for (const [name, vocabulary] of Object.entries(vocabularies)) {
    t.equal(vocabulary.name, name)
    t.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/)
    t.ok(vocabulary.edition !== '' && vocabulary.source !== '', name)
  }
  t.ok(isVocabularyName('cooperation-mode'))
  t.notOk(isVocabularyName('toString'))
})

t.test('both tens of sectors are kept apart by edition and share no code', async (t) => {
  t.equal(vocabularies['sector-2017'].edition, '2017')
  t.equal(vocabularies['sector-2021'].edition, '2021')
  t.equal(new Set([...codes.sectors2017, ...codes.sectors2021]).size, 20)
})

t.test('a label is read in the language asked for, and an unknown code stays readable as itself', async (t) => {
  t.equal(labelOfCode('sector-2021', 'connected-vehicles', 'zh'), '智能网联汽车')
  t.equal(labelOfCode('cooperation-mode', 'joint-venture', 'fr'), 'Coentreprise')
  t.equal(labelOfCode('country', 'CI', 'en'), "Côte d'Ivoire")
  t.equal(labelOfCode('sdg', 'constructor', 'en'), 'constructor')
})

t.test('the country table holds the 249 codes of ISO 3166-1 and XK, each with its M49 code and regions', async (t) => {
  t.equal(countryCodes.length, 250)
  const numbers = countryCodes.flatMap((code) => countries[code].m49 ?? [])
  t.equal(new Set(numbers).size, 249)
  for (const number of numbers) t.match(number, /^\d{3}$/)
  for (const code of countryCodes) {
    t.match(code, /^[A-Z]{2}$/)
    t.ok(liesInRegion(code, '001') && countries[code].region in vocabularies['m49-region'].values, code)
    const { planRegion } = countries[code]
    t.ok(planRegion === null || codes.planRegions.includes(planRegion), code)
  }
  t.strictSame(
    countryCodes.filter((code) => countries[code].m49 === null),
    ['XK']
  )
  t.strictSame(
    countryCodes.filter((code) => countries[code].planRegion === null),
    ['AQ', 'BV', 'CN', 'GS', 'HK', 'HM', 'MO', 'TF', 'TW']
  )
  for (const region of codes.planRegions)
    t.ok(
      countryCodes.some((code) => countries[code].planRegion === region),
      region
    )
})

t.test('country codes are told from what only looks like one', async (t) => {
  for (const code of ['KZ', 'XK', 'TW']) t.ok(isCountryCode(code), code)
  for (const code of ['UK', 'EU', 'kz', 'ZZ', 'toString', '']) t.notOk(isCountryCode(code), code)
  t.equal(findCountry('AN'), undefined)
})

t.test('every code of the table is a country or region to the runtime too, so none is misspelt', async (t) => {
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' })
  t.strictSame(
    countryCodes.filter((code) => names.of(code) === undefined),
    []
  )
  t.equal(names.of('QX'), undefined, 'an invented code is not known to it')
})

t.test('Hong Kong, Macao and Taiwan are labelled as parts of China in every language', async (t) => {
  for (const language of languages) {
    const china = labelOfCode('country', 'CN', language)
    for (const code of ['HK', 'MO', 'TW']) t.match(labelOfCode('country', code, language), china, `${code} ${language}`)
  }
  t.equal(labelOfCode('country', 'TW', 'zh'), '中国台湾')
  t.equal(labelOfCode('country', 'HK', 'en'), 'Hong Kong, China')
})

t.test('M49 regions nest: Kenya lies in Eastern and Sub-Saharan Africa, Egypt only in Africa', async (t) => {
  t.ok(liesInRegion('KE', '014') && liesInRegion('KE', '202') && liesInRegion('KE', '002'))
  t.notOk(liesInRegion('EG', '202'))
  t.ok(liesInRegion('EG', '002'))
  t.notOk(liesInRegion('ZZ', '001'))
  t.strictSame(
    Object.keys(vocabularies['m49-region'].values).filter((code) => !(code in m49Parents)),
    ['001']
  )
})

t.test('partnership along the Belt and Road is a matter of dates', async (t) => {
  t.notOk(isPartnerCountry('IT', '2019-03-22'))
  t.ok(isPartnerCountry('IT', '2019-03-23'))
  t.ok(isPartnerCountry('IT', '2023-11-30'))
  t.notOk(isPartnerCountry('IT', '2023-12-01'))
  t.ok(isPartnerCountry('PA', '2025-01-31'))
  t.notOk(isPartnerCountry('PA', '2025-02-01'))
  t.ok(isPartnerCountry('CO', '2025-05-14'))
  for (const code of ['US', 'IN', 'JP', 'DE', 'BR', 'CN', 'XK', 'ZZ']) t.notOk(isPartnerCountry(code, '2026-11-24'), code)
})

t.test('where only a month or a year is known, membership counts once that period is over', async (t) => {
  t.notOk(isPartnerCountry('KZ', '2014-12-31'))
  t.ok(isPartnerCountry('KZ', '2015-01-01'))
  t.notOk(isPartnerCountry('KR', '2015-10-31'))
  t.ok(isPartnerCountry('KR', '2015-11-01'))
})

t.test('the table of partners agrees with the counts that were published', async (t) => {
  const count = (onDate: string) => countryCodes.filter((code) => isPartnerCountry(code, onDate)).length
  t.equal(count('2023-07-15'), 152)
  t.equal(count('2023-12-31'), 151)
  t.equal(count('2026-11-24'), 153)
  t.equal(count('2013-01-01'), 0)
})

t.test('every cooperation document names a country once, a date that can be, and its source', async (t) => {
  const { documents } = beltAndRoad
  t.equal(new Set(documents.map(({ country }) => country)).size, documents.length)
  const lengths = { year: 4, month: 7, day: 10 }
  for (const { country, from, to, precision, status, source } of documents) {
    t.match(from, /^20[12]\d(-(0[1-9]|1[0-2])(-\d{2})?)?$/, country)
    t.equal(from.length, lengths[precision], country)
    t.equal(status === 'withdrawn', to !== undefined, country)
    t.ok(to === undefined || to > from, country)
    t.ok(source !== '', country)
  }
})

t.test('currencies are those in use, and minor units have the right number of digits', async (t) => {
  t.equal(new Set(currencyCodes).size, currencyCodes.length)
  for (const code of ['CNY', 'KZT', 'XOF', 'XCG', 'ZWG']) t.ok(isCurrencyCode(code), code)
  for (const code of ['HRK', 'BGN', 'XAU', 'RMB', 'cny']) t.notOk(isCurrencyCode(code), code)
  t.strictSame([minorDigitsOf('CNY'), minorDigitsOf('JPY'), minorDigitsOf('KWD')], [2, 0, 3])
})
