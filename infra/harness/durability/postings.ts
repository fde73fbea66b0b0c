import type { Draft, LibraryName } from '@siku/contracts'
import { loadSample } from '../../dev/sample/load-sample.ts'
import { memberOf } from '../../dev/seed/sample-actors.ts'
import type { Posting } from '../../dev/seed/post-record.ts'
import { staff } from '../../dev/seed/sample-actors.ts'

export type PlannedPosting = Posting & { key: string }

/** Postings for a load, half of each side, made of the sample’s texts with a number in the title so that each can be told. */
export function planPostings(count: number, keyOf: (organisationId: string) => string, today: Date): PlannedPosting[] {
  const sample = loadSample(today)
  const open = { technologies: sample.technologies.filter(({ control }) => control !== 'prohibited'), demands: sample.demands }
  const reviewer = staff('reviewer', ['reviewer'], keyOf)
  return Array.from({ length: count }, (_, index) => {
    const library: LibraryName = index % 2 === 0 ? 'technology-reserve' : 'cooperation-demand'
    const records = library === 'technology-reserve' ? open.technologies : open.demands
    const record = records[Math.floor(index / 2) % records.length]
    const organisation = sample.organisations.find(({ key }) => key === record?.organisation)
    if (!record || !organisation) throw new Error('the sample has lost an organisation')
    const draft: Draft = { ...record.draft, title: `${record.draft.title.slice(0, 230)} · ${index}` }
    return { key: `posting-${index}`, library, draft, author: memberOf(organisation, keyOf), reviewer }
  })
}
