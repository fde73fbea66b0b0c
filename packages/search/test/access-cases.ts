import { controlStates, maySee, visibilities, type Actor } from '@siku/contracts'
import type { Test } from 'tap'
import type { Open } from './asking.ts'
import { aDocument } from './documents.ts'
import { readerOf, type SearchAccess, type SearchDocument } from '../src/index.ts'

const anActor = (parts: Partial<Actor>): Actor => ({
  kind: 'user',
  id: 'u',
  organisationId: 'o',
  organisationKey: 'key-of-o',
  organisation: null,
  verified: true,
  roles: ['member'],
  scopes: ['*'],
  foreign: false,
  country: 'CN',
  requestId: 'r',
  ...parts
})

export const actors: Record<string, Actor> = {
  visitor: anActor({
    kind: 'anonymous',
    organisationId: null,
    organisationKey: null,
    verified: false,
    roles: [],
    foreign: true,
    country: null
  }),
  owner: anActor({ organisationKey: 'owner-1' }),
  'foreign owner': anActor({ organisationKey: 'owner-1', foreign: true, country: 'KZ' }),
  'domestic organisation': anActor({}),
  'domestic organisation, not verified': anActor({ verified: false }),
  'excluded organisation': anActor({ organisationKey: 'excluded-key' }),
  'mission of Kazakhstan': anActor({ foreign: true, country: 'KZ', roles: ['mission-officer'] }),
  'mission of France': anActor({ foreign: true, country: 'FR', roles: ['mission-officer'] }),
  'mission, not verified': anActor({ foreign: true, country: 'KZ', verified: false }),
  reviewer: anActor({ roles: ['reviewer'], organisationId: null, organisationKey: null }),
  auditor: anActor({ roles: ['auditor'], organisationId: null, organisationKey: null }),
  operator: anActor({ roles: ['operator'], organisationId: null, organisationKey: null, verified: false }),
  'service:match': anActor({ kind: 'service', id: 'service:match', roles: [] })
}

const variants: Record<string, Partial<SearchAccess>> = {
  plain: {},
  letter: { clearedCountries: ['KZ'] },
  excluding: { excludedKeys: ['excluded-key'] },
  'excluding-country': { excludedCountries: ['FR'] },
  paused: { state: 'paused' }
}

/** Every visibility × control state × variant, each a record of its own. */
const records: SearchDocument[] = visibilities.flatMap((visibility) =>
  controlStates.flatMap((controlState) =>
    Object.entries(variants).map(([variant, access]) =>
      aDocument(`${visibility}.${controlState}.${variant}`.replaceAll('.', '_'), {
        titleTerms: ['pump'],
        concepts: ['machine.pump'],
        facets: { sectors: [controlState] },
        access: { visibility, controlState, ...access }
      })
    )
  )
)

export async function accessCases(t: Test, open: Open): Promise<void> {
  const index = await open(t)
  await index.put(records)
  const seen = new Map<string, number>()

  for (const [name, actor] of Object.entries(actors)) {
    await t.test(`${name} finds what they may see, and counts tell of nothing else`, async (t) => {
      const expected = records.filter(({ access }) => maySee(actor, access))
      const expectedCounts = new Map<string, number>()
      for (const { facets } of expected)
        for (const sector of facets.sectors) expectedCounts.set(sector, (expectedCounts.get(sector) ?? 0) + 1)
      const asks = [{ terms: [] }, { terms: ['pump'] }, { concepts: [{ id: 'machine.pump', weight: 1 }] }]
      for (const asked of asks) {
        const page = await index.search({ terms: [], concepts: [], reader: readerOf(actor), limit: 1_000, facets: ['sectors'], ...asked })
        t.same(page.hits.map(({ id }) => id).sort(), expected.map(({ id }) => id).sort())
        t.equal(page.total, expected.length)
        t.same(new Map(page.facets.sectors?.map(({ value, count }) => [value, count])), expectedCounts)
      }
      seen.set(name, expected.length)
    })
  }

  await t.test('the table tells readers apart', (t) => {
    t.equal(seen.get('reviewer'), records.length)
    t.ok((seen.get('visitor') ?? 0) < (seen.get('mission of Kazakhstan') ?? 0))
    t.not(seen.get('mission of Kazakhstan'), seen.get('mission of France'))
    t.ok((seen.get('excluded organisation') ?? 0) < (seen.get('domestic organisation') ?? 0))
    t.end()
  })
}
