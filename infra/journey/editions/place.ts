import { library as demands } from '@siku/cooperation-demand'
import type { PublishedText } from '@siku/contracts'
import { writeDocument, type Database, type DocumentToWrite } from '@siku/db'
import type { Library } from '@siku/library-kit'
import { newId, systemNow } from '@siku/service-kit'
import { library as technologies } from '@siku/technology-reserve'
import { testDatabase } from '@siku/testing'
import type { Test } from 'tap'
import { loadSample } from '../../dev/sample/load-sample.ts'
import { publicDocument } from '../../harness/durability/public-document.ts'
import { actor, open } from './start-processes.ts'

/** Records of the sample beside the two that a new label brings together. */
export const others = 230
export const label = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: 'hyperfiltration sieve' }

export async function publish(owner: Database, documents: readonly DocumentToWrite[]): Promise<void> {
  await owner.withTx(actor, async (tx) => {
    for (const document of documents) await writeDocument(tx, document, 'editions')
  })
}

export const plain = (document: DocumentToWrite, text: Partial<PublishedText>): DocumentToWrite => ({
  ...document,
  text: { ...document.text, summary: '', description: '', more: [], keywords: [], criteria: [], performance: [], standards: [], ...text }
})

export async function place(t: Test) {
  const database = await testDatabase(t)
  const owner = open(t, database.ownerUrl)
  const sample = loadSample(systemNow())
  const made = (library: Library, number: number) => {
    const list = library.name === 'cooperation-demand' ? sample.demands : sample.technologies
    const record = list[number % list.length]
    if (!record) throw new Error('the sample is empty')
    return publicDocument(library, record.draft, { id: newId(), number })
  }
  const facts = { sectors: [], stage: null, trl: null, targetCountries: [], targetRegions: [] }
  const demand = plain(made(demands, 0), {
    ...facts,
    sourceLanguage: 'en',
    seeks: 'technology',
    // What they share besides is not enough, and the one new word alone would not be either.
    title: 'Hyperfiltration sieves wanted',
    summary: 'Our farms of sturgeon and yak wool look for a hyperfiltration sieve.'
  })
  const technology = plain(made(technologies, 1), {
    ...facts,
    sourceLanguage: 'zh',
    title: '反渗透',
    summary: '反渗透，用于鲟鱼、牦牛绒'
  })
  await publish(owner, [
    demand,
    technology,
    ...Array.from({ length: others }, (_, at) => made(technologies, at)),
    ...Array.from({ length: 20 }, (_, at) => made(demands, at))
  ])
  return { database, owner, demand, technology, made }
}
