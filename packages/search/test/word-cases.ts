import type { Test } from 'tap'
import { ask, idsOf as ids, type Open } from './asking.ts'
import { aDocument } from './documents.ts'

export async function wordCases(t: Test, open: Open) {
  await t.test('a word is found with a letter amiss, if it is long and no figure', async (t) => {
    const index = await open(t)
    await index.put([
      aDocument('plant', { titleTerms: ['desalination', 'plant'] }),
      aDocument('rice', { titleTerms: ['rice'] }),
      aDocument('model', { titleTerms: ['sj-600012'] })
    ])
    t.same(ids(await ask(index, { terms: ['desalinetion'] })), ['plant'])
    t.same(ids(await ask(index, { terms: ['mice'] })), [])
    t.same(ids(await ask(index, { terms: ['sj-600012'] })), ['model'])
    t.same(ids(await ask(index, { terms: ['sj-600013'] })), [])
  })

  await t.test('the last word may be unfinished, the others may not', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1', { titleTerms: ['hydrogen', 'storage'] })])
    t.same(ids(await ask(index, { terms: ['hydro'] })), ['1'])
    t.same(ids(await ask(index, { terms: ['hydro', 'zzz'] })), [])
    t.same(ids(await ask(index, { terms: ['hydrogen', 'sto'] })), ['1'])
  })

  await t.test('any word is enough, more words and the title stand higher', async (t) => {
    const index = await open(t)
    await index.put([
      aDocument('one-in-body', { bodyTerms: ['membrane'] }),
      aDocument('both', { titleTerms: ['membrane', 'desalination'] }),
      aDocument('one-in-title', { titleTerms: ['membrane'] }),
      aDocument('none', { titleTerms: ['battery'] })
    ])
    const page = await ask(index, { terms: ['membrane', 'desalination'] })
    t.same(ids(page), ['both', 'one-in-title', 'one-in-body'])
    t.equal(page.total, 3)
    t.equal(page.totalIsExact, true)
    t.ok(page.hits.every((hit, at) => at === 0 || hit.score <= (page.hits[at - 1]?.score ?? 0)))
  })

  await t.test('without normal forms the words as typed are used', async (t) => {
    const index = await open(t)
    await index.put([aDocument('1', { titleTerms: ['robot'] })])
    t.same(ids(await ask(index, { text: 'Robot?' })), ['1'])
  })
}
