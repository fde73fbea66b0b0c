import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { asLines, collection, demands, evaluate, folder, removeFolder, siku, withoutTimes } from './support/eval-collection.ts'

t.teardown(removeFolder)

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
