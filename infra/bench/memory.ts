import { loadSample } from '../dev/sample/load-sample.ts'
import { memberOf } from '../dev/seed/sample-actors.ts'
import { systemNow } from '@siku/service-kit'
import autocannon from 'autocannon'
import { childProcess } from './child-server.ts'
import type { CorpusDatabase } from './corpus-database.ts'
import type { MatcherMemory } from './hold-matcher.ts'
import type { ProcessMemory } from './process-memory.ts'
import { say } from './rounds.ts'
import type { BenchScene } from './scene.ts'

const matcherMb = 400
const apiMb = 200
const connections = 32
const pages = 2_000

/** P10: what stays resident in a matcher that holds a copy of everything, and in an API process after a burst; both run from source. */
export async function benchMemory(corpus: CorpusDatabase, scene: BenchScene): Promise<void> {
  say('\nP10 memory, resident MB (processes of their own; they run from source, whose loader takes some 70 MB that a build does not need)')
  await benchMatcher(corpus)
  await benchApi(scene)
}

async function benchMatcher({ urls, technologies, needs }: CorpusDatabase): Promise<void> {
  const child = await childProcess<MatcherMemory>('./hold-matcher.ts', { SIKU_BENCH_DATABASE_URL: urls.service('matching') })
  try {
    const { started, records } = child.opened
    if (records !== technologies + needs) throw new Error(`the matcher read ${records} of ${technologies + needs} records`)
    report(`matcher with ${technologies} technologies and ${needs} needs, after single runs`, {
      started,
      now: await child.memory(),
      limit: matcherMb
    })
  } finally {
    await child.close()
  }
}

async function benchApi({ library, sign, keyOf }: BenchScene): Promise<void> {
  const started = await library.memory()
  const [organisation] = loadSample(systemNow()).organisations
  if (!organisation) throw new Error('the sample has no organisation')
  const headers = { authorization: `Bearer ${await sign(memberOf(organisation, keyOf), 'technology-reserve')}` }
  const { '2xx': answered } = await autocannon({ url: `${library.address}/v1/technologies`, headers, connections, amount: pages })
  if (answered === 0) throw new Error('the list of technologies gave no page')
  report(`API after ${answered} pages of its list, without embedded indexes`, { started, now: await library.memory(), limit: apiMb })
}

type Memory = { started: ProcessMemory; now: ProcessMemory; limit: number }

function report(what: string, { started, now, limit }: Memory): void {
  const verdict = now.residentMb <= limit ? 'met' : 'NOT met'
  const figures = `${now.residentMb.toFixed(0)} (heap in use ${now.heapMb.toFixed(0)}, peak ${now.peakMb.toFixed(0)}, at start ${started.residentMb.toFixed(0)})`
  say(`  ${what}: ${figures}`)
  say(`  P10: ${now.residentMb.toFixed(0)} MB; goal ≤ ${limit} MB ${verdict}`)
}
