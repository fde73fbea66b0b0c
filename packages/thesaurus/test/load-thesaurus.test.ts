import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { languages } from '@siku/contracts'
import t from 'tap'
import {
  annotate,
  conceptLabels,
  findConcepts,
  labelOf,
  loadThesaurus,
  readThesaurusSource,
  ThesaurusInvalidError,
  warmUp
} from '../src/index.ts'

const thesaurus = loadThesaurus()
const header = ['id', 'kind', 'broader', 'relations', ...languages].join('\t')
const line = (id: string, broader = '', relations = '', label = id, kind = 'method') =>
  [id, kind, broader, relations, ...languages.map((language) => `${label} ${language}`)].join('\t')

type TestDirectory = { testdir(): string }

let folders = 0

/** Loads a folder with one field and returns the message of its refusal. */
function refusal(t: TestDirectory, concepts: string[], ambiguous: string[] = []): string {
  const folder = join(t.testdir(), String(folders++))
  mkdirSync(folder)
  writeFileSync(join(folder, 'version.txt'), 'test\n')
  writeFileSync(join(folder, 'fields.tsv'), `${['field', 'weight', ...languages].join('\t')}\n${['trial', '1', ...languages].join('\t')}\n`)
  writeFileSync(join(folder, 'ambiguous.tsv'), `language\tlabel\ttreatment\tconcepts\tnote\n${ambiguous.join('\n')}\n`)
  writeFileSync(join(folder, 'trial.tsv'), `${header}\n${concepts.join('\n')}\n`)
  try {
    loadThesaurus({ folder })
  } catch (error) {
    if (error instanceof ThesaurusInvalidError) return error.message
    throw error
  }
  return ''
}

t.test('the shipped thesaurus holds together', async (t) => {
  t.ok(thesaurus.conceptIds.length >= 1_700, `${thesaurus.conceptIds.length} concepts`)
  t.equal(new Set(thesaurus.conceptIds).size, thesaurus.conceptIds.length)
  for (const language of languages) {
    const labelled = thesaurus.concepts.filter((concept) => concept.labels[language]?.[0])
    t.ok(labelled.length >= thesaurus.concepts.length * 0.85, `${language} has a preferred label for ${labelled.length}`)
  }
  const problems = thesaurus.concepts.filter(({ kind }) => kind === 'problem').map(({ id }) => id)
  const addressed = new Set(
    thesaurus.concepts.flatMap(({ relations }) => relations.filter(({ kind }) => kind === 'addresses').map(({ target }) => target))
  )
  t.ok(problems.filter((id) => addressed.has(id)).length > problems.length / 2, 'most problems are addressed by some method')
})

t.test('the edition is a hash of the content and nothing else', async (t) => {
  t.equal(loadThesaurus().edition, thesaurus.edition)
  const folder = join(t.testdir(), 'copy')
  cpSync(new URL('../data', import.meta.url), folder, { recursive: true })
  t.equal(loadThesaurus({ folder }).edition, thesaurus.edition)
  const file = join(folder, 'water.tsv')
  writeFileSync(file, readFileSync(file, 'utf8').replace('缺水|', '缺水|严重缺水|'))
  t.not(loadThesaurus({ folder }).edition, thesaurus.edition)
})

t.test('a faulty file is refused with file, line and remedy', async (t) => {
  t.equal(refusal(t, [line('a'), line('b', 'a', 'addresses:a')]), '', 'the sound one is taken')
  t.match(refusal(t, [line('a'), line('a')]), /trial\.tsv:3: concept "a" stands already in trial\.tsv:2\. Merge/)
  t.match(refusal(t, [line('a', 'b'), line('b', 'a')]), /trial\.tsv:3: broader goes in a circle: a > b > a\. Remove/)
  t.match(refusal(t, [line('a', '', 'addresses:nowhere')]), /trial\.tsv:2: "a" points at "nowhere", which does not exist/)
  t.match(refusal(t, [line('a', 'a')]), /points at itself/)
  t.match(refusal(t, [line('a', '', 'cures:a')]), /trial\.tsv:2: relation "cures:a" is unknown\. Write kind:concept-id/)
  t.match(refusal(t, [line('a', '', '', 'a', 'gadget')]), /trial\.tsv:2: kind "gadget" is unknown\. Use one of problem/)
  t.match(refusal(t, [line('Not An Id')]), /"Not An Id" is no concept id/)
  t.match(refusal(t, ['a\tmethod']), /trial\.tsv:2: 2 cells instead of 11\. Separate/)
})

t.test('a missing language and an undeclared ambiguous label are refused too', async (t) => {
  const poor = ['poor', 'method', '', '', '水', 'water', 'eau', '', '', '', ''].join('\t')
  t.match(refusal(t, [poor]), /trial\.tsv:2: "poor" lacks labels.*at least 3 more/)
  const twins = [line('a', '', '', 'same'), line('b', '', '', 'same')]
  t.match(refusal(t, twins), /trial\.tsv:3: label "zh:same zh" belongs to a and b without being declared.*ambiguous\.tsv/)
  const declared = languages.map((language) => [language, `same ${language}`, 'senses', 'a;b', ''].join('\t'))
  t.equal(refusal(t, twins, declared), '')
  t.match(refusal(t, [line('a')], ['en\tnobody\tweak\t\t']), /ambiguous\.tsv:2: no concept has the label "nobody" in en/)
  t.match(refusal(t, [line('a')], ['en\ta en\tsenses\ta;gone\t']), /ambiguous\.tsv:2: "a en" names gone, which does not exist/)
})

t.test('concepts are found by label in any language and named in the reader’s', async (t) => {
  t.equal(findConcepts(thesaurus, '滴灌')[0]?.id, 'drip-irrigation')
  t.equal(findConcepts(thesaurus, 'Drip Irrigation', { language: 'en' })[0]?.id, 'drip-irrigation')
  t.same(findConcepts(thesaurus, '  '), [])
  t.equal(labelOf(thesaurus, 'drip-irrigation', 'fr'), conceptLabels(thesaurus, 'drip-irrigation', 'fr')[0])
  t.throws(() => labelOf(thesaurus, 'no-such-thing', 'fr'), { code: 'SIKU_THESAURUS_CONCEPT_UNKNOWN' })
})

t.test('information comes from the structure: what stands above others says less', async (t) => {
  const information = (id: string) => thesaurus.information[thesaurus.positions.get(id) ?? -1] ?? 0
  t.ok(information('renewable-energy') < information('small-wind-turbine'))
  t.ok(thesaurus.information.every((value) => value > 0 && value <= 1))
})

t.test('the shipped source parses into as many concepts as its files have lines', async (t) => {
  const source = readThesaurusSource()
  for (const { field } of source.fields) {
    const lines =
      readFileSync(new URL(`../data/${field}.tsv`, import.meta.url), 'utf8')
        .trim()
        .split('\n').length - 1
    t.equal(source.concepts.filter((concept) => concept.field === field).length, lines, field)
  }
})

t.test('a process that reads no text loads no segmenter, no language model and no stemmer', async (t) => {
  const index = new URL('../src/index.ts', import.meta.url).href
  const script = `const { loadThesaurus, labelOf, annotate } = await import('${index}')
    const { createRequire } = await import('node:module')
    const heavy = () => Object.keys(createRequire('${index}').cache).filter((file) => /jieba|snowball|eld.src/.test(file)).length
    const thesaurus = loadThesaurus()
    const label = labelOf(thesaurus, 'drip-irrigation', 'en')
    const before = heavy()
    annotate(thesaurus, { language: 'en', fields: [{ field: 'text', text: label + ' for dry fields', weight: 1 }] })
    console.log(JSON.stringify([before, heavy() > 0]))`
  const run = execFileSync(process.execPath, ['--import', 'tsx', '--conditions=siku-src', '--input-type=module', '-e', script], {
    encoding: 'utf8'
  })
  t.same(JSON.parse(run), [0, true])
})

t.test('warming up changes nothing that is read', async (t) => {
  const input = { language: 'zh', fields: [{ field: 'text', text: '低压反渗透苦咸水淡化装置，generators 200 kW', weight: 1 }] }
  const [cold, warm] = [loadThesaurus(), loadThesaurus()]
  await warmUp(warm)
  t.same(annotate(warm, input), annotate(cold, input))
  t.ok(annotate(warm, input).concepts.length > 0)
})
