import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { runSiku } from '../dev/siku/run-siku.ts'
import { bm25, tfIdf, type BagOf } from '../eval/baselines.ts'
import { bootstrap, mean } from '../eval/bootstrap.ts'
import { averagePrecision, ndcg, recall } from '../eval/metrics.ts'
import type { MatchSide } from '@siku/matcher'

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
  t.equal(bootstrap([], mean), null)
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
  const side = (id: string) => ({ id }) as MatchSide
  const technologies = ['one', 'two', 'three', 'four'].map(side)
  for (const baseline of [bm25(technologies, bagOf), tfIdf(technologies, bagOf)]) {
    const ids = baseline(side('need')).map(({ id }) => id)
    t.equal(ids[0], 'one')
    t.same(ids.toSorted(), ['four', 'one', 'two'])
  }
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
  t.match(await siku('eval', collection('twice', { demands: [...demands, ...demands].map((line) => JSON.stringify(line)).join('\n') })), {
    code: 1,
    said: /The demand 'wells' is there twice/
  })
})

function collection(
  name: string,
  {
    qrels = 'wells\tdesal\t3\nwells\tdrip\t1\nfields\tdrip\t3\n',
    demands: needs = demands.map((line) => JSON.stringify(line)).join('\n')
  }: { qrels?: string; demands?: string }
): string {
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'technologies.jsonl'), technologies.map((line) => JSON.stringify(line)).join('\n'))
  writeFileSync(join(place, 'demands.jsonl'), needs)
  writeFileSync(join(place, 'qrels.tsv'), qrels)
  return place
}

type Quality = { ndcg10: { value: number }; recall20: { value: number } }
type Measured = { proposed: number; judged: number; systems: Record<string, Quality> }
type EvalReport = { seconds: unknown; all: Measured; byLanguage: Record<string, Measured>; byTheme: Record<string, Measured> }

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
