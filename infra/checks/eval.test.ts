import { readWeights, scoreFacts, type MatchSide } from '@siku/matcher'
import { createEmbedderDouble, createMeilisearchDouble } from '@siku/testing'
import { loadThesaurus } from '@siku/thesaurus'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { runSiku } from '../dev/siku/run-siku.ts'
import { ablate, type Engine } from '../eval/ablations.ts'
import type { BagOf } from '../eval/bags.ts'
import { bm25, tfIdf } from '../eval/baselines.ts'
import { bootstrap, bootstrapMean, mean } from '../eval/bootstrap.ts'
import { readCollection } from '../eval/collection.ts'
import { createCrosswalk } from '../eval/crosswalk.ts'
import { describeEvaluation } from '../eval/describe-evaluation.ts'
import { technologySide } from '../eval/match-sides.ts'
import { measure } from '../eval/measure.ts'
import { averagePrecision, ndcg, recall } from '../eval/metrics.ts'
import { openEmbedder } from '../eval/open-embedder.ts'
import { rankCollection } from '../eval/rank-collection.ts'
import type { RankedDemand } from '../eval/rank-need.ts'
import { isHeldOut } from '../eval/themes.ts'

const folder = mkdtempSync(join(tmpdir(), 'siku-eval-'))
t.teardown(() => rmSync(folder, { recursive: true, force: true }))

t.test('Rankings are measured as the literature defines it', async (t) => {
  const grades = new Map([
    ['a', 3],
    ['b', 2],
    ['c', 1]
  ])
  const ranking = (...ids: string[]) => ids.map((id, at) => ({ id, score: 1 - at / 10 }))
  const near = (found: number, wanted: number) => t.ok(Math.abs(found - wanted) < 1e-9, `${found} is ${wanted}`)
  near(ndcg(ranking('a', 'b', 'c'), grades, 10), 1)
  near(ndcg(ranking('b', 'x', 'a'), grades, 10), (3 + 7 / 2) / (7 + 3 / Math.log2(3) + 1 / 2))
  near(ndcg(ranking('x', 'a', 'b', 'c'), grades, 1), 0)
  near(recall(ranking('a', 'c', 'b'), grades, 2), 1 / 2)
  near(averagePrecision(ranking('c', 'a', 'b'), grades), (1 / 2 + 2 / 3) / 2)
  near(averagePrecision(ranking('b'), grades), 1 / 2)
})

t.test('Intervals are the same at every run, hold their value, and shrink to it where nothing varies', async (t) => {
  const values = [0.1, 0.9, 0.4, 0.7, 0.2, 0.8]
  const first = bootstrap(values, mean)
  t.same(bootstrap(values, mean), first)
  t.ok(first && first.low < first.value && first.value < first.high)
  t.same(bootstrap([0.5, 0.5, 0.5], mean), { value: 0.5, low: 0.5, high: 0.5 })
  t.same(bootstrapMean(values), first)
  t.equal(bootstrap([], mean), null)
  t.equal(bootstrapMean([]), null)
})

t.test('Baselines rank by rare shared terms, and a text that shares none is not ranked', async (t) => {
  const bagOf: BagOf = ({ id }) => new Map(Object.entries(bags[id] ?? {}))
  const bags: Record<string, Record<string, number>> = {
    one: { water: 1, solar: 1 },
    two: { water: 3 },
    three: { rail: 1 },
    four: { water: 1, wind: 1 },
    need: { solar: 1, water: 1 }
  }
  const side = (id: string, sourceLanguage = 'zh') => ({ id, text: { sourceLanguage } }) as MatchSide
  const technologies = ['one', 'two', 'three', 'four'].map((id) => side(id))
  for (const baseline of [bm25(technologies, { bagOf }), tfIdf(technologies, { bagOf })]) {
    const ids = baseline(side('need')).map(({ id }) => id)
    t.equal(ids[0], 'one')
    t.same(ids.toSorted(), ['four', 'one', 'two'])
  }
  const [found] = bm25(technologies, { bagOf })(side('need'))
  const idf = (seen: number) => Math.log(1 + (4 - seen + 0.5) / (seen + 0.5))
  const damped = 1.2 * (1 - 0.75 + (0.75 * 2) / 2)
  t.ok(Math.abs((found?.score ?? 0) - (idf(1) + idf(3)) * (2.2 / (1 + damped))) < 1e-9, 'as Robertson and Zaragoza have it')
  const asked: BagOf = () => new Map([['rail', 1]])
  t.same(
    bm25(technologies, { bagOf, asked })(side('need')).map(({ id }) => id),
    ['three'],
    'a need may be asked in other words than its own'
  )
  const mixed = [side('one'), side('two', 'en'), side('four', 'en')]
  const alone = bm25(mixed, { bagOf })(side('need')).find(({ id }) => id === 'one')
  t.same(alone, bm25([side('one')], { bagOf })(side('need'))[0], 'each language has statistics of its own')
})

const technologies = [
  {
    id: 'desal',
    lang: 'zh',
    title: '太阳能反渗透苦咸水淡化装置',
    summary: '离网运行，为牧区井水除盐。',
    description: '采用低压反渗透膜与光伏供电，日产水5立方米。',
    sector: 'energy-saving-environment',
    stage: 'commercial',
    cooperationModes: ['market'],
    targetRegions: ['africa'],
    organization: { name: '甲', type: 'enterprise' }
  },
  {
    id: 'drip',
    lang: 'zh',
    title: '智能滴灌系统',
    summary: '按土壤墒情自动灌溉。',
    description: '滴灌带、施肥机与土壤水分传感器。',
    sector: 'agriculture',
    stage: 'commercial',
    cooperationModes: ['market'],
    targetRegions: [],
    organization: { name: '乙', type: 'enterprise' }
  },
  {
    id: 'rail',
    lang: 'zh',
    title: '轨道交通信号控制系统',
    description: '城市轨道列车自动控制。',
    sector: 'construction-infrastructure',
    stage: 'demonstrated',
    cooperationModes: ['licensing'],
    targetRegions: ['MN'],
    organization: { name: '丙', type: 'institute-of-unknown-kind' }
  }
]
const demands = [
  {
    id: 'wells',
    lang: 'fr',
    theme: 'water',
    title: 'Dessaler l’eau saumâtre de nos puits par osmose inverse',
    description: 'Des unités autonomes à énergie solaire pour le dessalement.',
    country: 'MR',
    cooperationModes: ['market'],
    deadline: '2027-03-01'
  },
  {
    id: 'fields',
    lang: 'en',
    theme: 'agri',
    title: 'Drip irrigation for smallholders',
    description: 'Drip irrigation with soil moisture sensors.',
    country: 'KE',
    cooperationModes: ['market'],
    deadline: '2027-01-15'
  }
]

t.test('eval ranks, proposes and measures a collection, the same at every run', async (t) => {
  const place = collection('sound', {})
  const run = join(folder, 'run.txt')
  const proposed = join(folder, 'proposed.txt')
  const { code, report } = await evaluate(place, '--run', run, '--proposed', proposed)
  t.equal(code, 0)
  t.match(report, {
    needs: 2,
    technologies: 3,
    today: '2027-01-15',
    unknownValues: ["organisation type 'institute-of-unknown-kind'"],
    all: { judged: 2 }
  })
  t.same(Object.keys(report.byLanguage), ['en', 'fr'])
  t.same(Object.keys(report.byTheme), ['agri', 'water'])
  t.equal(report.all.systems.siku?.ndcg10.value, 1, 'a French and an English need find their Chinese technologies')
  t.ok(
    (report.all.systems.siku?.ndcg10.value ?? 0) > (report.all.systems['words-bm25']?.ndcg10.value ?? 1),
    'words alone do not cross languages'
  )

  const lines = readFileSync(run, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
  t.equal(report.candidates.proposedKept, 1, 'no proposal is lost on the way')
  t.equal(lines.length, 6, 'all pairs, before the threshold')
  for (const id of ['wells', 'fields']) {
    const own = lines.filter(([need]) => need === id)
    t.same(
      own.map(([, , , rank]) => Number(rank)),
      [1, 2, 3]
    )
    t.same(
      own.map(([, , , , score]) => Number(score)).toSorted((a, b) => b - a),
      own.map(([, , , , score]) => Number(score))
    )
  }
  t.equal(lines.find(([need, , , rank]) => need === 'wells' && rank === '1')?.[2], 'desal')
  const above = readFileSync(proposed, 'utf8').trim().split('\n').filter(Boolean)
  t.equal(above.length, report.all.proposed)
  t.same(
    above,
    lines.map((line) => line.join(' ')).filter((line) => above.includes(line)),
    'what is proposed is part of the run'
  )
  t.same(withoutTimes((await evaluate(place)).report), withoutTimes(report))
})

t.test('Noise is indexed beside the technologies, and without their own technologies needs are measured for silence', async (t) => {
  const place = collection('noise', {})
  const noise = join(folder, 'noise.jsonl')
  writeFileSync(
    noise,
    ['物流管理研究', '古代诗歌的韵律', '税收政策分析']
      .map((text, at) => JSON.stringify({ id: `n${at}`, lang: 'zh', title: '', text }))
      .join('\n')
  )
  t.match((await evaluate(place, '--distractors', noise)).report, { technologies: 6, distractors: 3 })
  const run = join(folder, 'left.txt')
  const { report } = await evaluate(place, '--leave-out', '--run', run)
  t.match(report, { leaveOut: true, all: { judged: 0 }, silence: { needs: 2, measuredOn: 'needs without their own technologies' } })
  t.notMatch(readFileSync(run, 'utf8'), /wells Q0 desal/)
  const unfitting = collection('unfitting', { qrels: 'wells\tdesal\t3\nfields\trail\t1\n' })
  t.match((await evaluate(unfitting)).report, { all: { judged: 1 }, silence: { needs: 1, measuredOn: 'needs nothing fits' } })
  t.match(
    (await siku('eval', place)).out,
    /Siku, every pair scored.*words of the language, BM25.*our concepts, tf-idf.*By language of the need/s
  )
})

t.test('After a deadline a need meets nobody', async (t) => {
  const { report } = await evaluate(collection('late', {}), '--now', '2027-02-01')
  t.equal(report.byLanguage.en?.systems.siku?.recall20.value, 0)
  t.equal(report.byLanguage.fr?.systems.siku?.recall20.value, 1)
})

t.test('A collection that is not right is refused with its place', async (t) => {
  t.match(await siku('eval'), { code: 2, said: /takes the folder of a collection/ })
  t.match(await siku('eval', folder, '--search', 'google'), {
    code: 2,
    said: /--search takes embedded or meilisearch; 'google' is neither/
  })
  t.match(await siku('eval', join(folder, 'nothing')), { code: 1, said: /There is no folder/ })
  t.match(await siku('eval', collection('day', {}), '--now', 'tomorrow'), { code: 2, said: /a day such as/ })
  t.match(await siku('eval', collection('grade', { qrels: 'wells\tdesal\t7\n' })), {
    code: 1,
    said: /qrels\.tsv, line 1 gives the grade '7'; grades are whole numbers from 0 to 3/
  })
  t.match(await siku('eval', collection('unknown', { qrels: 'wells\tdesalt\t3\n' })), {
    code: 1,
    said: /judges the technology 'desalt', which technologies\.jsonl does not have/
  })
  t.match(await siku('eval', collection('json', { demands: '{"id": "wells"' })), { code: 1, said: /demands\.jsonl, line 1 is not JSON/ })
  t.match(await siku('eval', collection('field', { demands: '{"id": "wells", "lang": "fr", "title": 7}' })), {
    code: 1,
    said: /demands\.jsonl, line 1: \/title must be string/
  })
  t.match(await siku('eval', collection('twice', { demands: asLines([...demands, ...demands]) })), {
    code: 1,
    said: /The demand 'wells' is there twice/
  })
})

t.test('Held-out themes are chosen by the hash of their names, and needs can be taken by theme', async (t) => {
  const known = ['agri', 'cities', 'energy', 'health', 'ict', 'manufacturing', 'materials', 'space-mobility', 'water']
  t.same(known.filter(isHeldOut), ['agri', 'manufacturing', 'water'])
  const place = collection('themes', {
    demands: asLines([...demands, { id: 'trains', lang: 'en', theme: 'cities', title: 'Train control' }])
  })
  const needsOf = async (...args: string[]) => Object.keys((await evaluate(place, ...args)).report.byTheme)
  t.same(await needsOf(), ['agri', 'cities', 'water'])
  t.same(await needsOf('--themes', 'water, cities'), ['cities', 'water'])
  t.same(await needsOf('--without-themes', 'held-out'), ['cities'])
  t.same(await needsOf('--themes', 'held-out', '--without-themes', 'agri'), ['water'])
  t.match((await siku('eval', place, '--without-themes', 'held-out')).out, /Themes held out .* left out here: agri, water/)
  t.match((await siku('eval', place)).out, /measured here too: agri, water/)
  t.match(await siku('eval', place, '--themes', 'rail'), { code: 1, said: /There is no theme 'rail'; the themes are agri, cities, water/ })
  t.match(await siku('eval', place, '--themes', 'cities', '--without-themes', 'cities'), { code: 1, said: /No need is left/ })
})

t.test('Parts of the engine are taken away to see what they are worth', async (t) => {
  const place = collection('ablations', {})
  const { report } = await evaluate(place, '--ablations')
  const ndcgOf = (name: string) => report.all.systems[name]?.ndcg10.value ?? NaN
  t.equal(ndcgOf('siku'), 1)
  t.equal(ndcgOf('concepts-only'), 1, 'these needs are carried by concepts')
  t.ok(ndcgOf('words-only') < 1, 'and not by their words')
  t.same(Object.keys(report.all.ahead).slice(-5), ['no-relations', 'no-quantities', 'no-topics', 'words-only', 'concepts-only'])
  t.ok(ndcgOf('expanded-bm25') > ndcgOf('words-bm25'), 'with our labels words cross languages')
  const { report: one } = await evaluate(place, '--ablation', 'no-topics')
  t.same(Object.keys(one.all.ahead).slice(-2), ['concepts-tfidf', 'no-topics'])
  t.match(await siku('eval', place, '--ablation', 'no-luck'), { code: 2, said: /takes one of no-relations, .*'no-luck' is none/ })
})

t.test('Without relations a method does not meet the problem it solves', async (t) => {
  const thesaurus = loadThesaurus()
  const weights = readWeights()
  const { id, target } = thesaurus.concepts.flatMap((concept) => {
    const relation = concept.relations.find(({ kind }) => kind === 'addresses')
    return relation ? [{ id: concept.id, target: relation.target }] : []
  })[0] ?? { id: '', target: '' }
  const near = (engine: Engine) =>
    scoreFacts(naming('need', target, engine), naming('offer', id, engine), engine.thesaurus, engine.weights).values[0] ?? 0
  t.ok(near({ thesaurus, weights, read: (side) => side }) > 0)
  t.equal(near(ablate('no-relations', { thesaurus, weights })), 0)
})

t.test('Records that say too little in concepts are counted by language and listed', async (t) => {
  const place = collection('coverage', { demands: asLines([...demands, { id: 'vague', lang: 'en', title: 'We need help' }]) })
  const { report } = await evaluate(place)
  t.equal(report.coverage.byLanguage.en?.records, 2)
  t.equal(report.coverage.byLanguage.zh?.records, 3)
  t.match(report.coverage.lacking[0], { id: 'vague', language: 'en', specific: 0 })
  t.match((await siku('eval', place)).out, /at least 3 specific concepts.*Fewer have: vague \(en, 0\)/s)
})

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

function collection(
  name: string,
  { qrels = 'wells\tdesal\t3\nwells\tdrip\t1\nfields\tdrip\t3\n', demands: needs = asLines(demands) }: { qrels?: string; demands?: string }
): string {
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'technologies.jsonl'), technologies.map((line) => JSON.stringify(line)).join('\n'))
  writeFileSync(join(place, 'demands.jsonl'), needs)
  writeFileSync(join(place, 'qrels.tsv'), qrels)
  return place
}

const asLines = (lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join('\n')

const scoresOf = (name: string) => (demand: RankedDemand) => demand.rankings[name]

/** A record of which only one concept is known. */
function naming(id: string, concept: string, { thesaurus }: Engine): MatchSide {
  const side = technologySide({ id, lang: 'zh', title: '' }, { thesaurus, crosswalk: createCrosswalk() })
  return { ...side, annotation: { ...side.annotation, concepts: [{ id: concept, weight: 1, spans: [] }] } }
}

type Quality = { ndcg10: { value: number }; recall20: { value: number } }
type Measured = { proposed: number; judged: number; systems: Record<string, Quality>; ahead: Record<string, unknown> }
type EvalReport = {
  seconds: unknown
  all: Measured
  byLanguage: Record<string, Measured>
  byTheme: Record<string, Measured>
  comparedToChinese: unknown
  candidates: { proposedKept: number }
  coverage: { byLanguage: Record<string, { records: number }>; lacking: unknown[] }
  dossier: unknown
}

async function evaluate(...args: string[]): Promise<{ code: number; report: EvalReport }> {
  const { code, out } = await siku('eval', ...args, '--json')
  return { code, report: JSON.parse(out) as EvalReport }
}

const withoutTimes = ({ seconds: _seconds, ...report }: EvalReport) => report

async function siku(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  const out: string[] = []
  const said: string[] = []
  const code = await runSiku(args, { out: (line) => void out.push(line), say: (line) => void said.push(line) })
  return { code, out: out.join('\n'), said: said.join('\n') }
}
