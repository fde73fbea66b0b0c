import { serviceActor } from '@siku/contracts'
import { newId } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { organisations, uuidOf } from '../support/people.ts'
import type { Places } from '../support/places.ts'
import type { Target } from './objects.ts'

const actor = serviceActor('service:match', 'clone')
let made = 0

/** A proposal of somebody else that waits for its review; each of its own label, for two of one label are not both approved. */
export async function thesaurusTarget(places: Places): Promise<Target> {
  const id = newId()
  const change = { kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label: `zorbium lantern ${++made}` }
  await places.owner.withTx(actor, (tx) =>
    tx.execute(sql`insert into matching.thesaurus_change (id, change, proposed_by, proposed_at)
      values (${id}::uuid, ${JSON.stringify(change)}::jsonb, ${uuidOf('person/proposer')}, now())`)
  )
  return {
    name: 'a proposed change of the thesaurus',
    id,
    fileId: newId(),
    revision: 1,
    ownerId: organisations.commission.id,
    state: 'proposed',
    isLive: true,
    hasFace: true,
    shown: null,
    fresh: () => thesaurusTarget(places)
  }
}
