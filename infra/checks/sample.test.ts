import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { clearedStates, findLanguage, languages, type OwnerSnapshot } from '@siku/contracts'
import { library as demandLibrary } from '@siku/cooperation-demand'
import { addDays, findIdentityLeaks, shanghaiDay, validUntilFor } from '@siku/library-kit'
import { library as institutionLibrary } from '@siku/platform-institutions'
import { library as resultLibrary } from '@siku/project-results'
import { library as technologyLibrary } from '@siku/technology-reserve'
import t, { type Test } from 'tap'
import { loadSample } from '../dev/sample/load-sample.ts'
import { stories } from '../dev/sample/stories.ts'
import { loadProfile } from '../profiles/load-profile.ts'

const today = new Date('2026-03-11T02:00:00Z')
const sample = loadSample(today)
const { organisations, technologies, demands, results, institutions, contacts } = sample

const libraries = [
  { library: technologyLibrary, records: technologies },
  { library: demandLibrary, records: demands },
  { library: resultLibrary, records: results },
  { library: institutionLibrary, records: institutions }
] as const
const everyRecord = libraries.flatMap(({ library, records }) => records.map((record) => ({ library, ...record })))
const ownerOf = (key: string) => organisations.find((organisation) => organisation.key === key)
const codePoints = (text: string) => [...text].length

t.test('the four libraries are filled, technologies in Chinese and demands in all seven languages', async (t) => {
  t.ok(technologies.length >= 64, `${technologies.length} technologies`)
  t.ok(demands.length >= 46, `${demands.length} demands`)
  t.ok(results.length >= 22, `${results.length} results`)
  t.ok(institutions.length >= 22, `${institutions.length} institutions`)
  t.ok(technologies.every(({ draft }) => findLanguage(draft.sourceLanguage) === 'zh'))
  for (const language of languages) {
    const written = demands.filter(({ draft }) => findLanguage(draft.sourceLanguage) === language).length
    t.ok(written >= 6, `${written} demands in ${language}`)
  }
})

t.test('organisations are what the register and the city know', async (t) => {
  const districts = loadProfile('beijing').districts.districts.map(({ code }) => code)
  for (const { key, type, country, district, unifiedSocialCreditCode, noteReference } of organisations) {
    if (country === 'CN') {
      t.ok(district !== undefined && districts.includes(district), `${key} is in a district of the city`)
      t.equal(remainderOf(unifiedSocialCreditCode ?? ''), 0, `${key} has a credit code that checks`)
    } else t.equal(unifiedSocialCreditCode, undefined, `${key} of ${country} is in no register of the mainland`)
    t.equal(noteReference !== undefined, type === 'embassy', `${key}: missions, and only they, are named by a note`)
  }
  const codes = organisations.flatMap(({ unifiedSocialCreditCode }) => unifiedSocialCreditCode ?? [])
  t.equal(new Set(codes).size, codes.length, 'no two have one code')
})

/** Weighted sum of GB 32100-2015, modulo 31, check character included. */
function remainderOf(code: string): number {
  const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
  let weight = 1
  let sum = alphabet.indexOf(code.charAt(17))
  for (const character of code.slice(0, 17)) {
    sum += alphabet.indexOf(character) * weight
    weight = (weight * 3) % 31
  }
  return code.length === 18 ? sum % 31 : -1
}

t.test('texts keep to their limits in code points and hold no control characters', async (t) => {
  for (const { key, draft } of everyRecord) {
    t.ok(
      codePoints(draft.title) <= 256 && codePoints(draft.summary) <= 500 && codePoints(draft.description) <= 4000,
      `${key} keeps the limits`
    )
    t.ok(codePoints(draft.description) >= 130, `${key} says something`)
    const strings = stringsIn(draft)
    t.ok(
      strings.every((text) => text === text.trim() && text.isWellFormed()),
      `${key} has well-formed text without blank edges`
    )
    t.notOk(
      strings.some((text) => /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(text)),
      `${key} has no control characters but the new line`
    )
  }
})

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

t.test('every record is ready to submit: declared, of its owner’s country, never meant for that country', async (t) => {
  for (const { key, organisation, draft } of everyRecord) {
    t.strictSame(
      draft.declarations,
      { nonConfidential: true, rightToDisclose: true, noStateSecret: true, accuracy: true },
      `${key} is declared`
    )
    t.equal(draft.country, ownerOf(organisation)?.country, `${key} is of its owner’s country`)
    t.notOk(draft.targetCountries?.includes(draft.country), `${key} is not meant for its own country`)
    t.notOk(
      draft.targetCountries?.some((country) => draft.excludedCountries?.includes(country)),
      `${key} means nobody it excludes`
    )
  }
})

t.test('nothing that is public without its owner’s name gives the owner away', async (t) => {
  for (const { key, library, organisation, draft } of everyRecord) {
    const owner = ownerOf(organisation)
    const names = Object.values<string | undefined>(owner?.name ?? {}).flatMap((name) => name ?? [])
    t.ok(names.length >= 2, `${key} has an owner with names`)
    const owners = names.map((name): OwnerSnapshot => ({ name, type: draft.recordType, country: draft.country, district: null }))
    t.strictSame(
      owners.flatMap((owner) => findIdentityLeaks(library, owner, draft)),
      [],
      key
    )
  }
})

t.test('one contact for every record, none of them real', async (t) => {
  const wanted = everyRecord.map(({ library, key }) => `${library.name} ${key}`)
  t.strictSame(contacts.map(({ library, record }) => `${library} ${record}`).toSorted(), wanted.toSorted())
  const publicText = stringsIn(everyRecord.map(({ draft }) => draft)).join('\n')
  for (const { name, email, phone } of contacts)
    t.notOk(
      [name, email, phone].some((value) => publicText.includes(value)),
      email
    )
})

t.test('the cases that must go wrong or differently are there', async (t) => {
  const noted = (words: string) => demands.filter(({ note }) => note?.includes(words))
  t.ok(noted('Nothing in the reserve fits').length >= 4, 'demands that nothing fits')
  t.strictSame(
    demands.filter(({ draft }) => findLanguage(draft.sourceLanguage) === undefined).map(({ key }) => key),
    ['tz-kifua-kikuu']
  )
  t.strictSame(demands.filter(({ draft }) => draft.details.seeks === 'park').length, 1)
  t.strictSame(demands.filter(({ draft }) => draft.details.seeks === 'investment').length, 1)
  const near = shanghaiDay(addDays(today, 10))
  t.strictSame(
    demands.filter(({ draft }) => (draft.details.timeline?.responseDeadline ?? '9999') < near).map(({ key }) => key),
    ['ao-ilhas-luz']
  )
  t.ok(
    demands.some(({ draft }) => draft.country === 'CN'),
    'Beijing asks too'
  )
})

t.test('two needs are told twice, in two languages, by two organisations of one country', async (t) => {
  const twins = demands.flatMap((demand) => {
    const key = /^(?:Story \(\w+\)\. )?Duplicate of ([a-z0-9-]+)/.exec(demand.note ?? '')?.[1]
    return key === undefined ? [] : [[demand, demands.find((other) => other.key === key)] as const]
  })
  t.equal(twins.length, 4, 'each of the four names its twin')
  for (const [one, other] of twins) {
    t.equal(other?.draft.country, one.draft.country, `${one.key} is of one country with its twin`)
    t.not(other?.draft.sourceLanguage, one.draft.sourceLanguage, `${one.key} is in another language`)
    t.not(other?.organisation, one.organisation, `${one.key} is of another organisation`)
  }
})

t.test('control outcomes are mixed: cleared, restricted with and without a letter, prohibited, not assessed', async (t) => {
  const of = (control: string) => technologies.filter((technology) => technology.control === control)
  t.ok(technologies.filter(({ control }) => (clearedStates as readonly string[]).includes(control ?? '')).length >= 40)
  t.equal(of('restricted').length, 2)
  t.equal(of('restricted').filter(({ letter }) => letter !== undefined).length, 1, 'one of the two has a letter')
  const letter = technologies.find((technology) => technology.letter)?.letter
  t.ok(letter && letter.countries.length > 0 && letter.validUntil > shanghaiDay(today), 'the letter is in force')
  t.strictSame(
    of('prohibited').map(({ draft }) => draft.visibility),
    ['staff']
  )
  t.ok(of('unassessed').length >= 5)
})

t.test('one technology has run out on the day of the demonstration, and every other record is open', async (t) => {
  const ranOut = everyRecord.filter(({ library, published, draft }) => {
    const end = validUntilFor(library, draft, new Date(published))
    return end !== null && end < today
  })
  t.strictSame(
    ranOut.map(({ key }) => key),
    ['space-surveyer']
  )
  t.ok(
    everyRecord.every(({ published }) => published < shanghaiDay(today)),
    'all were published before today'
  )
})

t.test('the three stories are of three languages and their technology is cleared and open for that country', async (t) => {
  t.equal(new Set(stories.map(({ language }) => language)).size, 3)
  for (const story of stories) {
    const demand = demands.find(({ key }) => key === story.demand)
    const technology = technologies.find(({ key }) => key === story.technology)
    t.equal(demand?.draft.sourceLanguage, story.language, story.demand)
    t.equal(technology?.control, 'not-listed', story.technology)
    t.ok(technology?.draft.targetCountries?.includes(demand?.draft.country ?? ''), `${story.technology} is meant for that country`)
  }
})

t.test('dates follow the day they are loaded for', async (t) => {
  const deadlineOf = (day: string) =>
    loadSample(new Date(`${day}T02:00:00Z`)).demands.find(({ key }) => key === 'ao-ilhas-luz')?.draft.details.timeline?.responseDeadline
  t.equal(deadlineOf('2026-03-11'), '2026-03-17')
  t.equal(deadlineOf('2027-12-30'), '2028-01-05')
  t.notMatch(JSON.stringify(sample), /"[+-]\d+d(T|")/, 'no relative date is left')
  t.equal(demands.find(({ key }) => key === 'kz-pasture-wells')?.draft.details.collector?.receivedAt, '2026-02-05T03:20:00.000Z')
})

/** Loads a copy of the sample in which one piece of text of one file has been replaced. */
function loadSpoilt(t: Test, file: string, from: string, to: string) {
  const folder = join(t.testdir(), 'sample')
  cpSync(fileURLToPath(new URL('../dev/sample', import.meta.url)), folder, { recursive: true })
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  t.ok(text.includes(from), `${file} holds what is to be spoilt`)
  writeFileSync(path, text.replace(from, to))
  return () => loadSample(today, pathToFileURL(`${folder}/`))
}

t.test('a line that does not fit is refused with file, line and field', async (t) => {
  const code = 'SIKU_INFRA_SAMPLE_INVALID'
  t.throws(loadSpoilt(t, 'demands.jsonl', '"seeks": "technology"', '"seeks": "magic"'), {
    code,
    message: /^demands.jsonl line 1 .*\/draft\/details\/seeks/
  })
  t.throws(loadSpoilt(t, 'technologies.jsonl', '"organisation": "bj-runye"', '"organisation": "bj-nobody"'), {
    code,
    message: /^technologies.jsonl line 2 names bj-nobody/
  })
  t.throws(loadSpoilt(t, 'technologies.jsonl', '"key": "water-fluoride"', '"key": "water-pv-desal"'), {
    code,
    message: /line 2 repeats water-pv-desal of technologies.jsonl line 1/
  })
  t.throws(loadSpoilt(t, 'demands.jsonl', '"responseDeadline": "+60d"', '"responseDeadline": "-1d"'), {
    code,
    message: /^demands.jsonl line 1, \/details\/timeline\/responseDeadline/
  })
  t.throws(loadSpoilt(t, 'results.jsonl', '{"key"', '{key'), { code, message: /^results.jsonl line 1 must hold one JSON object/ })
  t.throws(loadSpoilt(t, 'contacts.jsonl', '@example.org', '@gmail.com'), { code, message: /^contacts.jsonl line 1 .*\/email/ })
})
