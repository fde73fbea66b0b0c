import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { findLanguage, type Language } from '@siku/contracts'
import { annotate, annotateConcepts, loadThesaurus, type AnnotateInput } from '@siku/thesaurus'
import { interleave, printMeasured, type Contestant } from './rounds.ts'

/** P11: the annotator beside jieba's `cut` on Chinese, and beside counting the words between spaces elsewhere, on the texts of the sample. */
export const annotatorBench = { id: 'P11', run: benchAnnotator }

const chineseGoal = 1.5
const latinGoal = 0.5
const bytesMin = 400_000
const spaced: readonly Language[] = ['en', 'fr', 'ru', 'ar']

async function benchAnnotator(rounds: number, bytes = bytesMin): Promise<void> {
  await printColdStart()
  const thesaurus = loadThesaurus()
  const samples = readSamples()
  const inputOf = (language: Language, text: string): AnnotateInput => ({ language, fields: [{ field: 'text', text, weight: 1 }] })
  const readers = (language: Language): [string, (text: string) => unknown][] => [
    ['concepts with spans', (text) => annotateConcepts(thesaurus, inputOf(language, text))],
    ['the whole annotation', (text) => annotate(thesaurus, inputOf(language, text))]
  ]
  const jieba = openJieba()
  await compare('zh', [['jieba cut', (text) => jieba.cut(text, true)], ...readers('zh')], chineseGoal)
  for (const language of spaced) await compare(language, [['split and count', countWords], ...readers(language)], latinGoal)

  async function compare(language: Language, named: [string, (text: string) => unknown][], atLeast: number): Promise<void> {
    const texts = samples.get(language) ?? []
    const contestants = named.map(([name, read]) => contestantOf(name, read, { texts, bytes }))
    await interleave(contestants, 1)
    const measured = await interleave(contestants, rounds)
    const [reference, ...ours] = measured
    const goals = ours.map(({ name, median }) => ({
      id: `P11 ${language}, ${name}`,
      ratio: median / (reference?.median ?? 1),
      atLeast,
      against: reference?.name ?? ''
    }))
    printMeasured(`P11 annotator on ${language}`, 'kB a second of processor time', measured, goals)
  }
}

/** Reads the texts again and again until so many bytes have been read; what counts is the time of the processor, which others share. */
function contestantOf(
  name: string,
  read: (text: string) => unknown,
  { texts, bytes }: { texts: readonly string[]; bytes: number }
): Contestant {
  const once = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const times = Math.ceil(bytes / once)
  return {
    name,
    run: async () => {
      const before = process.cpuUsage()
      for (let time = 0; time < times; time++) for (const text of texts) read(text)
      const { user, system } = process.cpuUsage(before)
      return (once * times * 1_000) / (user + system)
    }
  }
}

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of text.split(/\s+/)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}

type Line = { lang?: string; title?: string; description?: string; draft?: Line & { sourceLanguage: string } }

const files = [
  ...['technologies', 'results', 'institutions', 'demands'].map((name) => `../dev/sample/${name}.jsonl`),
  ...['technologies', 'demands'].map((name) => `../eval/parallel/${name}.jsonl`)
]

function readSamples(): Map<Language, string[]> {
  const samples = new Map<Language, string[]>()
  for (const file of files) {
    for (const line of readFileSync(new URL(file, import.meta.url), 'utf8')
      .trim()
      .split('\n')) {
      const { draft, ...own } = JSON.parse(line) as Line
      const { title = '', description = '' } = draft ?? own
      const language = findLanguage(draft?.sourceLanguage ?? own.lang ?? '')
      if (language) samples.set(language, [...(samples.get(language) ?? []), `${title}\n${description}`])
    }
  }
  return samples
}

type Jieba = { cut(text: string, hmm: boolean): string[] }

/** The one the annotator has its dictionary from. */
function openJieba(): Jieba {
  const require = createRequire(import.meta.resolve('@siku/thesaurus'))
  const { Jieba } = require('@node-rs/jieba') as { Jieba: { withDict(dictionary: Uint8Array): Jieba } }
  return Jieba.withDict(readFileSync(require.resolve('@node-rs/jieba/dict.txt')))
}

/** In a process of its own, where nothing else has been read. */
async function printColdStart(): Promise<void> {
  const file = fileURLToPath(new URL('./annotator-cold.ts', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', import.meta.resolve('tsx'), '--conditions=siku-src', file])
  process.stdout.write(`\nP11 annotator from cold, in a process of its own\n${stdout}`)
}
