import { createEmbedderDouble, createMeilisearchDouble } from '@siku/testing'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { readCollection } from '../eval/collection.ts'
import { describeEvaluation } from '../eval/describe-evaluation.ts'
import { measure } from '../eval/measure.ts'
import { openEmbedder } from '../eval/open-embedder.ts'
import { rankCollection } from '../eval/rank-collection.ts'
import { asLines, collection, demands, evaluate, folder, removeFolder, scoresOf, siku } from './support/eval-collection.ts'

t.teardown(removeFolder)

t.test('The same need in several languages is judged once and compared to Chinese', async (t) => {
  const inChinese = { id: 'wells.zh', need: 'wells', lang: 'zh', title: '井水苦咸，求光伏反渗透淡化设备' }
  const inFrench = { ...demands[0], id: 'wells.fr', need: 'wells' }
  const place = collection('needs', { demands: asLines([inChinese, inFrench]), qrels: 'wells\tdesal\t3\n' })
  const { report } = await evaluate(place)
  t.equal(report.all.judged, 2)
  t.match(report.comparedToChinese, { fr: { needs: 1, ratio: { value: 1 } } })
  t.match((await siku('eval', place)).out, /The same needs written in Chinese are 1:.*fr +1 +1\.000/s)
})

t.test('A table of parallel texts is a collection: each text asks for its Chinese counterpart', async (t) => {
  const file = join(folder, 'parallel.tsv')
  const rows = [
    'id\tzh\ten\tfr',
    '1\t滴灌系统\tdrip irrigation system\t',
    '2\t反渗透海水淡化\treverse osmosis desalination\tdessalement par osmose inverse'
  ]
  writeFileSync(file, `${rows.join('\n')}\n`)
  const { report } = await evaluate(file)
  t.match(report, { needs: 3, technologies: 2 })
  t.equal(report.byLanguage.fr?.judged, 1, 'a blank asks nothing')
  t.equal(report.byLanguage.en?.systems.siku?.ndcg10.value, 1)
  writeFileSync(file, 'zh\ten\n水\twater\n')
  t.match(await siku('eval', file), { code: 1, said: /there must be 'id' first and 'zh' among the others/ })
})

t.test('Dossiers are measured where the folder judges them', async (t) => {
  t.equal((await evaluate(collection('no-dossier', {}))).report.dossier, null)
  const place = collection('dossier', {})
  const projects = [
    { id: 'p-desal', lang: 'zh', title: '牧区光伏苦咸水淡化示范站', description: '反渗透苦咸水淡化，太阳能供电。', countries: ['MR'] },
    { id: 'p-rail', lang: 'en', title: 'Metro signalling', description: 'Train control for a metro line.', countries: ['MR'] }
  ]
  const institutions = [
    {
      id: 'i-near',
      lang: 'zh',
      name: '技术转移中心',
      description: '海水淡化与饮用水技术转移。',
      serviceCountries: ['MR'],
      services: ['technology-transfer']
    },
    {
      id: 'i-far',
      lang: 'zh',
      name: '技术转移中心',
      description: '海水淡化与饮用水技术转移。',
      serviceCountries: ['PE'],
      services: ['technology-transfer']
    }
  ]
  writeFileSync(join(place, 'projects.jsonl'), asLines(projects))
  writeFileSync(join(place, 'institutions.jsonl'), asLines(institutions))
  writeFileSync(join(place, 'dossier-qrels.tsv'), 'wells\tp-desal\t3\nwells\ti-near\t2\n')
  t.match((await evaluate(place)).report.dossier, {
    projects: { needs: 1, ndcg3: { value: 1 }, recall6: { value: 1 } },
    institutions: { needs: 1, ndcg3: { value: 1 }, recall6: { value: 1 } }
  })
  const otherwise = [
    {
      id: 'p-desal',
      name: '牧区光伏苦咸水淡化示范站',
      lessons: ['反渗透苦咸水淡化'],
      country: 'MR',
      year: 2024,
      partners: [{ country: 'MR', role: 'user' }]
    },
    { id: 'p-rail', title: 'Metro signalling', sector: ['rail'], countries: 'MR' }
  ]
  writeFileSync(join(place, 'projects.jsonl'), asLines(otherwise))
  t.match((await evaluate(place)).report.dossier, { projects: { needs: 1, ndcg3: { value: 1 } } }, 'under other names the same')
  t.match((await siku('eval', place)).out, /Dossier:.*projects +1 +1\.000/s)
  writeFileSync(join(place, 'dossier-qrels.tsv'), 'wells\tp-none\t3\n')
  t.match(await siku('eval', place), { code: 1, said: /judges the project or institution 'p-none', which neither/ })
})

t.test('An embedder is asked once for each text and stands beside the concepts', async (t) => {
  const double = await createEmbedderDouble()
  t.teardown(() => double.close())
  const place = collection('embedder', {})
  const cacheFile = join(folder, 'vectors.jsonl')
  const read = readCollection(place)
  const ranked = async () => {
    const { embed, close } = openEmbedder({ url: double.url, cacheFile, say: () => undefined })
    try {
      return await rankCollection(read, { embed })
    } finally {
      await close()
    }
  }
  const first = await ranked()
  t.same(
    first.systems.map(({ name }) => name),
    [
      'siku',
      'siku-candidates',
      'siku-concepts',
      'words-bm25',
      'words-tfidf',
      'embedder',
      'expanded-bm25',
      'concepts-bm25',
      'concepts-tfidf'
    ]
  )
  for (const { rankings } of first.demands) t.equal(rankings['embedder']?.length, 3, 'the model puts every technology somewhere')
  t.notSame(first.demands.map(scoresOf('siku')), first.demands.map(scoresOf('siku-concepts')), 'meaning adds to the score')
  const withoutModel = await rankCollection(read)
  t.same(first.demands.map(scoresOf('siku-concepts')), withoutModel.demands.map(scoresOf('siku')), 'without it nothing has changed')
  const texts = () =>
    double
      .asked()
      .flatMap((request) => request.texts)
      .filter((text) => text.includes('苦咸水'))
  const before = texts().length
  t.equal(before, 2, 'once as what asks and once as what answers')
  const again = await ranked()
  t.equal(texts().length, before, 'a second run finds the vectors kept')
  t.same(again.demands, first.demands)
  t.match(describeEvaluation(first, measure(first)).join('\n'), /the embedder alone.*With the embedder, nDCG@10 by language is ahead of:/s)
  t.match(await siku('eval', place, '--embedder', 'nowhere'), { code: 2, said: /--embedder takes an address/ })
})

t.test('Candidates are taken from a Meilisearch server too, and its scratch index is gone afterwards', async (t) => {
  const real = process.env['MEILI_URL']
  const double = real ? undefined : await createMeilisearchDouble()
  t.teardown(() => double?.close())
  const server = { url: real ?? double?.url ?? '', key: process.env['MEILI_KEY'] ?? double?.key }
  const read = readCollection(collection('meilisearch', {}))
  const { demands: ranked, search } = await rankCollection(read, { search: 'meilisearch', meilisearch: server })
  t.same(search, { name: 'meilisearch', candidatesMax: 500 })
  for (const { id, rankings } of ranked)
    t.equal(rankings['siku-candidates']?.[0]?.id, rankings['siku']?.[0]?.id, `${id} finds its best through the index`)
  const answer = await fetch(`${server.url}/indexes?limit=1000`, { headers: { authorization: `Bearer ${server.key}` } })
  const { results } = (await answer.json()) as { results: { uid: string }[] }
  t.same(
    results.filter(({ uid }) => uid.startsWith(`eval-${process.pid}-`)),
    []
  )
  await t.rejects(rankCollection(read, { search: 'meilisearch' }), { code: 'SIKU_EVAL_UNAVAILABLE', message: /MEILI_URL names no server/ })
  await t.rejects(rankCollection(read, { search: 'meilisearch', meilisearch: { url: 'http://127.0.0.1:9' } }), {
    code: 'SIKU_EVAL_UNAVAILABLE',
    message: /does not answer/
  })
})
