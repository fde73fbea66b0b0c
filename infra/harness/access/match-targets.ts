import { serviceActor, type MatchState } from '@siku/contracts'
import { readWeights } from '@siku/matcher'
import { newId } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { organisations, personOf } from '../support/people.ts'
import type { Places } from '../support/places.ts'
import { cloneRecord } from './clone-record.ts'
import { networkFace, postBase, type Base, type Target } from './objects.ts'
import { matchClasses } from './state-classes.ts'
import { thesaurusTarget } from './thesaurus-targets.ts'

export type MatchTargets = { matches: Target[]; demands: Target[]; duplicates: Target[]; changes: Target[]; described: string[] }

const actor = serviceActor('service:match', 'clone')
const cleared = { ...networkFace, control: 'not-listed' }
const openToOwner: readonly MatchState[] = ['proposed', 'in-review', 'deferred', 'approved']

/** Real matches of a mission's demand with the technologies of two organisations and of the mission itself, in each class of states. */
export async function matchTargets(places: Places): Promise<MatchTargets> {
  const { a, b, kenya } = organisations
  const { keyOf } = places
  const owners = {
    A: personOf({ name: 'owner', of: a, roles: ['member'], keyOf }),
    B: personOf({ name: 'another organisation', of: b, roles: ['member'], keyOf }),
    Kenya: personOf({ name: 'mission of Kenya', of: kenya, roles: ['mission-officer'], keyOf })
  }
  const demand = await postBase(places, 'cooperation-demand', owners.Kenya)
  const technologies = new Map<string, Base>()
  for (const [name, author] of Object.entries(owners)) technologies.set(name, await postBase(places, 'technology-reserve', author))
  await places.settle()
  const model = await findMatch(places, demand.id)
  await keepRun(places, demand.id)
  const classes = matchClasses()
  const matches: Target[] = []
  for (const [name, base] of technologies) {
    for (const { representative } of classes) matches.push(await matchTarget(places, { name, base, model, state: representative }))
  }
  const demands: Target[] = [
    {
      name: 'demand of Kenya',
      id: demand.id,
      fileId: '',
      revision: 1,
      ownerId: kenya.id,
      state: 'published/none',
      isLive: true,
      hasFace: true,
      shown: null,
      fresh: async () => demands[0] as Target
    }
  ]
  const duplicates: Target[] = []
  for (const [name, base] of technologies) duplicates.push(await duplicateTarget(places, { name, base }))
  return {
    matches,
    demands,
    duplicates,
    changes: [await thesaurusTarget(places)],
    described: classes.map(({ representative, members }) => `${representative} stands for ${members.join(', ')}`)
  }
}

async function findMatch({ owner }: Places, demandId: string): Promise<string> {
  const rows = await owner.withRead(actor, (tx) =>
    tx.execute<{ id: string }>(sql`select id from matching.match where demand_id = ${demandId}::uuid order by id limit 1`)
  )
  if (!rows[0]) throw new Error('the demand and the technologies of the harness were not matched')
  return rows[0].id
}

/** The run behind the demand's list, with its weights, as a worker that was started leaves them. */
async function keepRun({ owner }: Places, demandId: string): Promise<void> {
  const weights = readWeights()
  await owner.withTx(actor, async (tx) => {
    await tx.execute(sql`insert into matching.weights (version, content) values (${weights.version}, ${JSON.stringify(weights)}::jsonb)
      on conflict do nothing`)
    await tx.execute(sql`insert into matching.list_run (id, library, record_id, record_version, record_revision, thesaurus_edition,
        weights_version, threshold_millionths, cause, items, added, changed, withdrawn, at)
      values (${newId()}::uuid, 'cooperation-demand', ${demandId}::uuid, 1, 1, 'harness', ${weights.version}, ${weights.thresholdMillionths},
        'harness', '[]', 0, 0, 0, now())`)
  })
}

/** A pair of look-alikes, one of them a technology of its own: a pair stands there once. */
async function duplicateTarget(places: Places, { name, base }: { name: string; base: Base }): Promise<Target> {
  const make = async (): Promise<Target> => {
    const [id, other, fileId] = [newId(), newId(), newId()]
    await cloneTechnology(places, { id: other, fileId, base: base.id })
    const [a, b] = [base.id, other].toSorted()
    await places.owner.withTx(actor, (tx) =>
      tx.execute(sql`insert into matching.duplicate (id, library, a_id, b_id, a_version, b_version, likeness_millionths, same_owner, found_at)
      values (${id}::uuid, 'technology-reserve', ${a}::uuid, ${b}::uuid, 1, 1, 900000, true, now())`)
    )
    return {
      name: `look-alikes of a technology of ${name}`,
      id,
      fileId,
      revision: 1,
      ownerId: base.ownerId,
      state: 'open',
      isLive: true,
      hasFace: true,
      shown: null,
      fresh: make
    }
  }
  return make()
}

type Cloned = { id: string; fileId: string; base: string }

async function cloneTechnology({ owner, library, keyOf }: Places, { id, fileId, base }: Cloned): Promise<void> {
  const standing = { state: 'published' as const, working: null }
  await cloneRecord({ owner, library: library('technology-reserve'), keyOf }, { id, fileId, base, standing, face: cleared })
}

type MatchOf = { name: string; base: Base; model: string; state: MatchState }

/** A match in a given state, with a technology of its own: a pair has one match. */
async function matchTarget(places: Places, { name, base, model, state }: MatchOf): Promise<Target> {
  const make = async (): Promise<Target> => {
    const [id, technologyId, fileId] = [newId(), newId(), newId()]
    await cloneTechnology(places, { id: technologyId, fileId, base: base.id })
    const over = {
      id,
      technology_id: technologyId,
      technology_owner_key: places.keyOf(base.ownerId),
      state,
      revision: 1,
      uncleared: false,
      deferred_until: state === 'deferred' ? '2027-06-01' : null,
      decline_code: state === 'rejected' ? 'other' : null
    }
    await places.owner.withTx(actor, (tx) =>
      tx.execute(sql`insert into matching.match
      select (jsonb_populate_record(null::matching.match, to_jsonb(one) || ${JSON.stringify(over)}::jsonb)).* from matching.match one where id = ${model}::uuid`)
    )
    return {
      name: `match of a technology of ${name}, ${state}`,
      id,
      fileId,
      revision: 1,
      ownerId: base.ownerId,
      state,
      isLive: true,
      hasFace: true,
      shown: null,
      isOpenToOwner: openToOwner.includes(state),
      fresh: make
    }
  }
  return make()
}
