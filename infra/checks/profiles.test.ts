import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import t, { type Test } from 'tap'
import { loadProfile } from '../profiles/load-profile.ts'

const beijing = fileURLToPath(new URL('../profiles/beijing', import.meta.url))

/** Loads a copy of Beijing's profile in which one piece of text of one file has been replaced. */
function loadSpoilt(t: Test, file: string, from: string, to: string) {
  const folder = t.testdir()
  cpSync(beijing, join(folder, 'beijing'), { recursive: true })
  const path = join(folder, 'beijing', file)
  const text = readFileSync(path, 'utf8')
  t.ok(text.includes(from), `${file} holds what is to be spoilt`)
  writeFileSync(path, text.replace(from, to))
  return () => loadProfile('beijing', pathToFileURL(`${folder}/`))
}

t.test('Beijing has sixteen districts and the development area, and the targets of both plans with their clauses', async (t) => {
  const { city, districts, targets, priorities } = loadProfile('beijing')
  t.equal(city.timeZone, 'Asia/Shanghai')
  t.equal(districts.districts.filter(({ gbt2260 }) => gbt2260 !== null).length, 16)
  t.strictSame(
    districts.districts.filter(({ gbt2260 }) => gbt2260 === null).map(({ name }) => name.zh),
    ['北京经济技术开发区']
  )
  const valuesOf = (code: string) => targets.targets.filter(({ plan }) => plan === code).map(({ value }) => value)
  t.strictSame(valuesOf('belt-and-road-2025-2027'), [100, 100, 100])
  t.strictSame(valuesOf('internationalisation-2024-2027'), [15, 100, 300, 12_000, 120])
  t.strictSame(
    priorities.principles.map(({ quote }) => quote),
    ['深化周边', '巩固欧亚', '拓展非拉', '辐射全球']
  )
})

t.test('a profile that does not fit its schema is refused with file and place', async (t) => {
  t.throws(loadSpoilt(t, 'districts.json', '"110108"', '"haidian"'), {
    code: 'SIKU_INFRA_PROFILE_INVALID',
    message: /districts\/5\/gbt2260/
  })
  t.throws(loadSpoilt(t, 'profile.json', '"ar":', '"de":'), { message: /^beijing\/profile\.json does not fit/ })
  t.throws(loadSpoilt(t, 'targets.json', '"resultKinds": ["joint-lab", "park"]', '"resultKinds": ["castle"]'), {
    message: /targets\/0\/measure\/resultKinds\/0/
  })
  t.throws(loadSpoilt(t, 'profile.json', '{', ''), { message: /must be there and hold JSON/ })
})

t.test('a profile that contradicts itself or names a code nobody knows is refused', async (t) => {
  t.throws(loadSpoilt(t, 'districts.json', '"110108"', '"110107"'), { message: /110107 stands twice/ })
  t.throws(loadSpoilt(t, 'priorities.json', '"south-asia", "east-asia"', '"south-asia"'), {
    message: /east-asia stands under no principle/
  })
  t.throws(loadSpoilt(t, 'priorities.json', '["commercial-space"]', '["space-tourism"]'), {
    message: /plan-field has no code space-tourism/
  })
  t.throws(loadSpoilt(t, 'priorities.json', '"code": "middle-east"', '"code": "neighbours"'), {
    message: /priority neighbours stands twice/
  })
  t.throws(loadSpoilt(t, 'priorities.json', '["CN", "HK"', '["QX", "HK"'), { message: /no country QX/ })
  t.throws(loadSpoilt(t, 'priorities.json', '["AE", "QA"]', '["AE", "QX"]'), { message: /no country QX/ })
  t.throws(loadSpoilt(t, 'profile.json', '"current": "sector-2021"', '"current": "sector-2030"'), { message: /sector-2030/ })
  t.throws(() => loadProfile('../beijing'), { message: /named by a folder/ })
})
