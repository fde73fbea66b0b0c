import { serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import { createEmbedWorker } from '@siku/matching'
import { readWeights, type Explanation } from '@siku/matcher'
import { createEmbedder, systemNow, type Logger, type Opened } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { startEmbedder } from '../embedder/start-embedder.ts'
import { waitUntilQuiet } from '../seed/wait-until-quiet.ts'

export type WithEmbedder = { db: Database; log: Logger; dataDir: string; say: (line: string) => void }

const actor = serviceActor('service:match', 'demo')
const quietMs = 900_000
const shown = 5

/** What a model of meaning adds to the matches of the concepts: the same installation, before and after its vectors have arrived. */
export async function showWithEmbedder(opened: Opened, { db, log, dataDir, say }: WithEmbedder): Promise<void> {
  say('\nThe same with a small multilingual embedding model beside the concepts:')
  const server = await startEmbedder(dataDir, (line) => say(`  ${line}`))
  opened.use('embedder', { close: () => server.stop() })
  say(`  it answers at ${server.url}; its measure is taken with some 200 reference texts first …`)
  const embedder = opened.use('embedder client', createEmbedder({ url: server.url }))
  const before = await readPairs(db)
  const worker = createEmbedWorker({ db, embedder, weights: readWeights(), log, now: systemNow })
  const started = performance.now()
  let made = 0
  for (let done = await worker.drain(); done > 0; done = await worker.drain()) {
    made += done
    if (made % 40 < done) say(`  ${made} records embedded`)
  }
  await waitUntilQuiet(db, { timeoutMs: quietMs, vectors: true })
  say(
    `  ${made} records with ${worker.state().model} in ${Math.round((performance.now() - started) / 1000)} s; their pairs are scored again.`
  )
  for (const line of differences(before, await readPairs(db))) say(line)
}

type Pair = { demand: string; technology: string; title: string; score: number; explanation: Explanation }

async function readPairs(db: Database): Promise<Map<string, Pair>> {
  const rows = await db.withRead(actor, (tx) =>
    tx.execute<Pair>(sql`
      select d.text ->> 'reference' as demand, t.text ->> 'reference' as technology, d.text ->> 'title' as title,
        m.score_millionths as score, m.explanation
      from matching.match m join published.document d on d.id = m.demand_id join published.document t on t.id = m.technology_id
      where m.state in ('proposed', 'in-review', 'deferred') order by m.score_millionths desc, m.id`)
  )
  return new Map([...rows].map((row) => [`${row.demand} ${row.technology}`, row]))
}

function differences(before: Map<string, Pair>, after: Map<string, Pair>): string[] {
  const came = [...after].filter(([key]) => !before.has(key))
  const left = [...before].filter(([key]) => !after.has(key))
  const moved = [...after]
    .flatMap(([key, pair]) => {
      const former = before.get(key)
      return former ? [{ pair, by: pair.score - former.score, former: former.score }] : []
    })
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))
  return [
    `  ${before.size} pairs by concepts alone, ${after.size} with meaning: ${came.length} came, ${left.length} left.`,
    ...moved
      .slice(0, shown)
      .map(
        ({ pair, former }) =>
          `  ${pair.demand} – ${pair.technology}: ${decimal(former)} → ${decimal(pair.score)} (${meaningIn(pair)})  ${pair.title}`
      ),
    ...came
      .slice(0, shown)
      .map(([, pair]) => `  came: ${pair.demand} – ${pair.technology}: ${decimal(pair.score)} (${meaningIn(pair)})  ${pair.title}`),
    ...left.slice(0, shown).map(([, pair]) => `  left: ${pair.demand} – ${pair.technology}: ${decimal(pair.score)} before  ${pair.title}`)
  ]
}

function meaningIn({ explanation }: Pair): string {
  const line = explanation.contributions.find(({ feature }) => feature === 'embedding')
  return line ? `similar in meaning ${line.value.toFixed(2)}` : 'no vector'
}

const decimal = (scoreMillionths: number): string => (scoreMillionths / 1_000_000).toFixed(2)
