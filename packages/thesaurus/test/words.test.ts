import { createRequire } from 'node:module'
import type * as Library from '@node-rs/jieba'
import type * as Dictionary from '@node-rs/jieba/dict.js'
import t from 'tap'
import { loadThesaurus } from '../src/index.ts'
import { scripts } from '../src/character-classes.ts'
import { childOf, createEdgeTable, ends, goesOn, insertEdge, nodeMask, sealEdges, stepOf } from '../src/edge-table.ts'
import { countLetters } from '../src/letter-counts.ts'
import { normaliseText } from '../src/normalise-text.ts'
import { russianStem } from '../src/russian-stem.ts'
import { segmentChinese } from '../src/segment-chinese.ts'
import { newStemmer } from '../src/snowball.ts'
import { addTokens, createTokens } from '../src/tokens.ts'
import { derivedGroup, derivedKey, foldLatin, waitingGroup } from '../src/word-keys.ts'
import { startsWord } from '../src/word-starts.ts'

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

t.test('every Chinese run of a text is cut as if it stood alone', async (t) => {
  const runs = ['低压反渗透苦咸水淡化装置', '光伏', '水', '二〇二六年々', '𠀀水泵𠀁', '的', '南京市长江大桥']
  const text = normaliseText(runs.join('，PVC 3 ')).text
  const tokens = createTokens()
  const range = { tokens, base: addTokens(tokens, text), first: 0, last: tokens.count }
  const han = Array.from(tokens.scripts.subarray(0, tokens.count), (script, at) => ({ script, at }))
  t.equal(
    han.filter(({ script, at }) => script === scripts.han && startsWord(range, at)).length,
    runs.reduce((sum, run) => sum + segmentChinese(run).length, 0)
  )
  t.ok(han.every(({ script, at }) => script === scripts.han || startsWord(range, at)))
})

t.test('Chinese is cut as jieba cuts it, over the labels and what chance makes of them', async (t) => {
  const require = createRequire(new URL('../src/index.ts', import.meta.url))
  const { Jieba } = require('@node-rs/jieba') as typeof Library
  const { dict } = require('@node-rs/jieba/dict.js') as typeof Dictionary
  const jieba = Jieba.withDict(dict)
  const labels = thesaurus.concepts.flatMap(({ labels }) => labels.zh ?? [])
  const runs = labels.flatMap((label) => label.match(/\p{Script=Han}+/gu) ?? [])
  const letters = runs.join('')
  let seed = 11
  const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below
  for (let nth = 0; nth < 10_000; nth++) {
    const pieces = Array.from({ length: 1 + next(9) }, () => letters.substr(next(letters.length), 1 + next(3)))
    runs.push(
      pieces.join(nth % 9 === 0 ? '〇' : ''),
      String.fromCodePoint(0x4e00 + next(0x5000), 0x4e00 + next(0x5000), 0x20000 + next(0x5000))
    )
  }
  const differing = runs.filter((run) => segmentChinese(run).join('|') !== jieba.cut(run, true).join('|'))
  t.ok(runs.length > 30_000, `${runs.length} runs`)
  t.same(differing.slice(0, 5), [])
})

t.test('the edges of a trie are found again after the table has grown', async (t) => {
  const edges = createEdgeTable(1)
  const known = new Map<string, number>()
  let seed = 17
  const next = (below: number) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % below
  for (let child = 1; child <= 20_000; child++) {
    const [node, word] = [next(4_000), 1 + next(9_000)]
    if (known.has(`${node} ${word}`)) continue
    insertEdge(edges, node, word, child)
    known.set(`${node} ${word}`, child)
  }
  const lost = [...known].filter(([edge, child]) => {
    const [node, word] = edge.split(' ').map(Number)
    return childOf(edges, node ?? 0, word ?? 0) !== child
  })
  t.same(lost, [])
  t.equal(childOf(edges, 5_000, 1), 0, 'no edge')

  sealEdges([edges], 20_001, (node) => node % 2 === 1)
  const parents = new Set([...known.keys()].map((edge) => Number(edge.split(' ')[0])))
  const wrong = [...known].filter(([edge, child]) => {
    const [node, word] = edge.split(' ').map(Number)
    const found = childOf(edges, node ?? 0, word ?? 0)
    const isRight = (found & nodeMask) === child && ((found & ends) !== 0) === (child % 2 === 1)
    return !isRight || ((found & goesOn) !== 0) !== parents.has(child)
  })
  t.same(wrong, [], 'what ends and what goes on is marked')
  const [node, word] = [...known.keys()][0]?.split(' ').map(Number) ?? []
  t.equal(stepOf(edges, (node ?? 0) | goesOn, word ?? 0), childOf(edges, node ?? 0, word ?? 0))
  t.equal(stepOf(edges, node ?? 0, word ?? 0), 0, 'a node without marks has no edges')
})
