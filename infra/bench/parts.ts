import type { Thesaurus } from '@siku/thesaurus'
import { annotatorBench } from './annotator.ts'
import { openBenchServer } from './bench-server.ts'
import { benchCandidates, type CandidatesOptions } from './candidates.ts'
import { benchColdStart } from './cold-start.ts'
import { openCorpusDatabase, type CorpusSize } from './corpus-database.ts'
import { benchCreateCall } from './create-call.ts'
import { benchFullRematch } from './full-rematch.ts'
import { benchHealthRoute } from './health-route.ts'
import { benchMatcherSpeed } from './matcher-speed.ts'
import { openMatchingContext } from './matching-context.ts'
import { benchMemory } from './memory.ts'
import { benchNewRecordCost } from './new-record-cost.ts'
import { benchProposalLatency } from './proposal-latency.ts'
import { say } from './rounds.ts'
import { openScene } from './scene.ts'

export type BenchOptions = {
  thesaurus: Thesaurus
  today: string
  rounds: number
  /** Of the drawn corpus. */
  size: CorpusSize
  postings: number
  engine: Pick<CandidatesOptions, 'documents' | 'ids' | 'texts' | 'keep' | 'key'> & { url: string | undefined }
}

export type BenchParts = { parts: Record<string, () => Promise<void>>; close: () => Promise<void> }

/** All that people wrote. */
const demandsAsked = 77
const slopeSizes = [5_000, 10_000, 20_000, 40_000, 100_000]

/** Every part by its goal. What several of them stand on is made once, when the first of them asks, and closed at the end. */
export function benchParts(options: BenchOptions): BenchParts {
  const { thesaurus, today, rounds, size, postings } = options
  const opened: (() => Promise<void>)[] = []
  const once = <T extends { close: () => Promise<void> }>(open: () => Promise<T>): (() => Promise<T>) => {
    let made: Promise<T> | undefined
    return () =>
      (made ??= open().then((thing) => {
        opened.unshift(thing.close)
        return thing
      }))
  }
  const server = once(openBenchServer)
  const scene = once(async () => openScene(await server()))
  const corpus = once(async () => {
    const { url: serverUrl, passwordOf } = await server()
    return openCorpusDatabase({ serverUrl, passwordOf, thesaurus, size })
  })
  const matching = once(async () => openMatchingContext((await corpus()).urls.service('matching'), thesaurus))
  const context = async () => ({ context: (await matching()).context, today, rounds })

  const parts = {
    P1: async () => benchHealthRoute(await scene(), rounds),
    P4: async () => benchCreateCall(await scene(), rounds),
    P5: async () => benchMatcherSpeed(await corpus(), await context()),
    P6: async () => benchFullRematch(await corpus(), await context()),
    P7: async () => benchProposalLatency(await scene(), postings),
    P8: async () => benchNewRecordCost({ thesaurus, today, sizes: sizesUpTo(size.technologies * 2), rounds }),
    P10: async () => benchMemory(await corpus(), await scene()),
    P11: async () => annotatorBench.run(rounds),
    P13: async () => benchColdStart(await corpus(), { thesaurus, rounds }),
    Q1: async () => benchEngine(options)
  }
  const close = async () => {
    for (const end of opened.splice(0)) await end()
  }
  return { parts, close }
}

async function benchEngine({ engine: { url, ...of }, thesaurus, today }: BenchOptions): Promise<void> {
  if (url === undefined) say('\nQ1 candidates on Meilisearch: left out; set MEILI_URL, and MEILI_KEY, to measure')
  else await benchCandidates({ ...of, url, thesaurus, today, demands: demandsAsked })
}

/** For a corpus smaller than the first of them, itself and its half: a slope needs two. */
function sizesUpTo(max: number): number[] {
  const sizes = slopeSizes.filter((size) => size <= max)
  return sizes.length > 1 ? sizes : [Math.ceil(max / 4), Math.ceil(max / 2)]
}
