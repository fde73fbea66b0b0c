import t from 'tap'
import { loadThesaurus } from '../src/index.ts'
import { createEdgeTable } from '../src/edge-table.ts'
import { countLetters } from '../src/letter-counts.ts'
import { chineseWordStarts } from '../src/read-field.ts'
import { normaliseText } from '../src/normalise-text.ts'
import { russianStem } from '../src/russian-stem.ts'
import { segmentChinese } from '../src/segment-chinese.ts'
import { newStemmer } from '../src/snowball.ts'
import { tokenise } from '../src/tokenise.ts'
import { derivedGroup, derivedKey, foldLatin, waitingGroup } from '../src/word-keys.ts'

const thesaurus = loadThesaurus()
const wordsOf = (language: 'en' | 'fr' | 'ru' | 'es' | 'pt') =>
  new Set(
    thesaurus.concepts.flatMap(
      ({ labels }) =>
        (labels[language] ?? [])
          .join(' ')
          .toLowerCase()
          .match(/[\p{L}\p{M}]+/gu) ?? []
    )
  )

t.test('Russian is stemmed as Snowball does, over every word of the labels and every ending', async (t) => {
  const reference = newStemmer('russian')
  const words = wordsOf('ru')
  for (const stem of ['насос', 'опресня', 'водн', 'ст', 'е', 'станн', 'быстрейш', 'ценност'])
    for (const ending of 'а ями ого ему ишь ивши вшись ющая ся сь ость ости нн ейше ь и ет ла йте'.split(' ')) words.add(stem + ending)
  t.ok(words.size > 1_000, `${words.size} words`)
  for (const word of words) {
    const plain = word.replaceAll('ё', 'е')
    if (russianStem(plain) !== reference.stem(plain)) t.fail(`${plain}: ${russianStem(plain)} instead of ${reference.stem(plain)}`)
  }
  t.equal(russianStem('насосами'), 'насос')
  t.equal(russianStem('в'), 'в', 'what has no vowel stays')
})

t.test('a label word waits where its derivation will be asked for', async (t) => {
  for (const language of ['en', 'fr', 'es', 'pt'] as const) {
    for (const word of wordsOf(language)) {
      const key = derivedKey(word, language)
      if (key !== undefined && derivedGroup(key) !== waitingGroup(word, language)) t.fail(`${language}: ${word} has the key ${key}`)
    }
  }
  t.equal(derivedGroup('ar~صنع'), undefined, 'skeletons are filed at once')
  t.equal(derivedGroup('fr:pomp'), undefined)
  t.ok(derivedKey('generation', 'en') === derivedKey('generator', 'en'), 'one derivation')
})

t.test('accents fold alike whether a letter carries them or they follow it', async (t) => {
  for (const word of ['réseau', 'cœur', 'straße', 'ação', 'Ångström', 'йод', 'مُضخة', 'año']) {
    t.equal(foldLatin(word.normalize('NFD')), foldLatin(word), word)
  }
  t.equal(foldLatin('cœur français'), 'coeur francais')
  t.equal(foldLatin('йод'), 'йод')
})

t.test('letters are counted as regular expressions count them', async (t) => {
  const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0
  for (const text of [
    '',
    'Solar PUMP 12 kW',
    '苦咸水淡化 RO',
    'ポンプ水',
    '𠀀𠀁 水',
    '\uD800a',
    'Насос и ё',
    'مُضخة شمسية',
    '〇々Ⅷ',
    '😀 ǅ ª'
  ]) {
    t.same(countLetters(text), {
      letters: count(text, /\p{L}/gu),
      upper: count(text, /\p{Lu}/gu),
      lower: count(text, /\p{Ll}/gu),
      han: count(text, /\p{Script=Han}/gu),
      kana: count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu)
    })
  }
})

t.test('Chinese runs are cut in one call as they are cut one by one', async (t) => {
  const runs = ['低压反渗透苦咸水淡化装置', '光伏', '水', '二〇二六年々', '𠀀水泵𠀁', '的', '南京市长江大桥']
  const tokens = tokenise(normaliseText(runs.join('，PVC 3 ')))
  const starts = chineseWordStarts(tokens)
  const words = tokens.flatMap((token, at) => (token.script === 'han' && starts[at] === 1 ? [token.at] : []))
  t.equal(
    words.length,
    runs.reduce((sum, run) => sum + segmentChinese(run).length, 0)
  )
  t.ok(tokens.every((token, at) => token.script === 'han' || starts[at] === 1))
})

t.test('the edges of a trie are found again after the table has grown', async (t) => {
  const edges = createEdgeTable(1)
  const known = new Map<string, number>()
  let seed = 17
  const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below
  for (let child = 1; child <= 20_000; child++) {
    const [node, word] = [next(4_000), 1 + next(9_000)]
    if (known.has(`${node} ${word}`)) continue
    edges.insert(node, word, child)
    known.set(`${node} ${word}`, child)
  }
  const lost = [...known].filter(([edge, child]) => {
    const [node, word] = edge.split(' ').map(Number)
    return edges.find(node ?? 0, word ?? 0) !== child
  })
  t.same(lost, [])
  t.equal(edges.find(5_000, 1), 0, 'no edge')
})
