import { systemNow } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'
import { parseArgs } from 'node:util'
import { benchParts, type BenchOptions } from './parts.ts'
import { say } from './rounds.ts'

/** Prints each measured goal beside its reference, taken in one run; nothing is stored and nothing fails by a figure. */
const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    size: { type: 'string', default: '20000' },
    needs: { type: 'string' },
    postings: { type: 'string', default: '400' },
    documents: { type: 'string', default: '2000' },
    ids: { type: 'string', default: '4000,8000' },
    texts: { type: 'string' },
    keep: { type: 'string' }
  }
})
const numbersIn = (list: string) => list.split(',').map(Number)
const technologies = Number(values.size)
const options: BenchOptions = {
  thesaurus: loadThesaurus(),
  today: systemNow().toISOString().slice(0, 10),
  rounds: Number(values.rounds),
  size: { technologies, needs: Number(values.needs ?? Math.ceil(technologies / 10)) },
  postings: Number(values.postings),
  engine: {
    url: process.env['MEILI_URL'],
    key: process.env['MEILI_KEY'],
    documents: numbersIn(values.documents),
    ids: numbersIn(values.ids),
    texts: values.texts,
    keep: values.keep
  }
}

const { parts, close } = benchParts(options)
const wanted = values.only?.split(',') ?? Object.keys(parts)
const unknown = wanted.filter((id) => !parts[id])
if (unknown.length > 0) throw new Error(`There is no part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`)
try {
  for (const id of wanted) {
    const started = performance.now()
    await parts[id]?.()
    say(`  (${id} took ${((performance.now() - started) / 1_000).toFixed(0)} s)`)
  }
} finally {
  await close()
}
