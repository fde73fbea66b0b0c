import { countingIds } from '@siku/testing'
import type { Test } from 'tap'
import { aDocument } from './documents.ts'
import { memoryIntents } from './memory-intents.ts'
import { createMeilisearchDouble } from '@siku/testing'
import { createMeilisearchIndex, type SearchIndex } from '../src/index.ts'

export const isPost = ({ method, path }: { method: string; path: string }) => method === 'POST' && path.endsWith('/documents')
export const isTask = ({ path }: { path: string }) => /^\/tasks\/\d+$/.test(path)
export const library = 'technology-reserve' as const
export const many = (count: number) => Array.from({ length: count }, (_, n) => aDocument(`id-${n}`))

export async function openOnDouble(t: Test) {
  const double = await createMeilisearchDouble()
  t.teardown(() => double.close())
  const intents = memoryIntents()
  const rebuildsAsked: string[] = []
  const warned: string[] = []
  const index = createMeilisearchIndex({
    url: double.url,
    key: double.key,
    intents,
    newId: countingIds(),
    log: { warn: (_fields, message) => void warned.push(message) },
    searchTimeoutMs: 300,
    writeTimeoutMs: 1_000,
    follow: { pollFirstMs: 2, pollMostMs: 10, followMs: 3_000 },
    onRebuildNeeded: (reason) => void rebuildsAsked.push(reason)
  })
  const outcomes = () => intents.all().map(({ outcome }) => outcome)
  return { double, intents, index, outcomes, rebuildsAsked, warned }
}

export async function held(index: SearchIndex): Promise<string[]> {
  const found: string[] = []
  for await (const { id, version } of index.truth()) found.push(`${id} v${version}`)
  return found.sort()
}
