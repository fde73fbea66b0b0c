import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { languages, type Language } from '@siku/contracts'
import type * as Eld from 'eld/small'
import t from 'tap'
import { annotate, annotateConcepts, compileThesaurus, loadThesaurus, readThesaurusSource, type AnnotateInput } from '../src/index.ts'
import { openLanguageDetector } from '../src/language-detector.ts'

const thesaurus = loadThesaurus()
const source = readThesaurusSource()
/** A thesaurus of another size beside the first. */
const smaller = compileThesaurus({
  ...source,
  concepts: source.concepts.slice(0, 300).map((concept) => ({ ...concept, broader: [], relations: [] })),
  labelRules: []
})

const inputOf = (language: Language, ...texts: string[]): AnnotateInput => ({
  language,
  fields: texts.map((text, at) => ({ field: `f${at}`, text, weight: at + 1 }))
})

const labelsOf = (language: Language, from: number) =>
  thesaurus.concepts.slice(from, from + 40).flatMap(({ labels }) => labels[language]?.slice(0, 1) ?? [])

/** Each language twice: one text of many labels and one of nothing we know, in two fields with figures and marks between. */
const inputs = languages.flatMap((language, at) => [
  inputOf(language, labelsOf(language, at * 50).join(language === 'zh' ? '，用于' : ', 200 kW '), labelsOf(language, at * 70).join('\n')),
  inputOf(language, 'xyzzy 12-34 \u{1F600} e\u0301', '\u3007\u{20000}\u6C34')
])

t.test('what is read does not depend on what was read before', async (t) => {
  const fresh = inputs.map((input) => JSON.stringify(annotate(thesaurus, input)))
  const backwards = inputs.toReversed().map((input) => {
    annotate(smaller, input)
    return JSON.stringify(annotate(thesaurus, input))
  })
  t.same(backwards.toReversed(), fresh)
  t.ok(fresh.some((annotation) => annotation.includes('"quantities":[{')))
})

t.test('concepts alone are the concepts of the whole', async (t) => {
  for (const input of inputs) t.same(annotateConcepts(thesaurus, input), annotate(thesaurus, input).concepts)
})

t.test('a text longer than all before is read to its end', async (t) => {
  const text = `${'泵站改造与供水 pump '.repeat(3_000)}反渗透`
  const { concepts } = annotate(thesaurus, inputOf('zh', text))
  t.equal(Math.max(...concepts.flatMap(({ spans }) => spans.map(({ end }) => end))), [...text].length)
})

t.test('languages are told apart exactly as by the package whose model we read from its file', async (t) => {
  const path = fileURLToPath(import.meta.resolve('eld/small'))
  const { eld } = createRequire(import.meta.url)(path) as typeof Eld
  const detect = openLanguageDetector()
  const texts = [
    ...inputs.flatMap(({ fields }) => fields.map(({ text }) => text)),
    ...languages.flatMap((language) => labelsOf(language, 400)),
    `${'salzwasserpumpenhersteller'.repeat(5)} und ${'salzwasserpumpenhersteller'.repeat(4)}`,
    ...'de:Wir suchen eine Pumpe für salziges Wasser|it:Cerchiamo una pompa|uk:Шукаємо насос для солоної води|ja:塩水用のポンプを探しています|he:משאבה|vi:máy bơm nước'.split(
      '|'
    ),
    '',
    "l'eau d'Oran n'est pas potable",
    '\uD800 12 %'
  ]
  for (const text of texts) {
    const wanted = eld.detect(text)
    t.same(detect(text), { language: wanted.language, isReliable: wanted.isReliable() }, text.slice(0, 20))
  }
})
