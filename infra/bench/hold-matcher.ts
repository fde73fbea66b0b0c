import { loadThesaurus } from '@siku/thesaurus'
import { openMatchingContext } from './matching-context.ts'
import { processMemory, type ProcessMemory } from './process-memory.ts'

export type MatcherMemory = { started: ProcessMemory; records: number }

/** What a record is read into when it is first scored stays with it. */
const needsMatched = 200

/** The match worker's copy of everything published, in a process of its own as in production. */
const started = processMemory()
const { context, close } = openMatchingContext(process.env['SIKU_BENCH_DATABASE_URL'] ?? '', loadThesaurus())
await context.copy.catchUp()
for (const need of context.copy.all('demand').slice(0, needsMatched)) {
  const { counterparts } = context.copy.reaching(need, context.candidatesMax, () => true)
  for (const { entry } of counterparts) context.scorer.score(need.entry, entry)
}
const records = context.copy.all('technology').length + context.copy.all('demand').length
process.on('message', () => process.send?.(processMemory()))
process.send?.({ started, records } satisfies MatcherMemory)
process.once('disconnect', () => void close())
