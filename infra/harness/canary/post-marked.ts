import { collectionOf, serviceActor, type Actor, type LibraryName } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import { draftOf } from '../support/drafts.ts'
import { need, type Cast } from './cast.ts'
import { markedRecord, type MarkedRecord } from './marked-records.ts'
import type { Canary } from './open-canary.ts'
import type { TokenMaker } from './tokens.ts'

const byPeople = ['restricted', 'prohibited', 'dual-use', 'undetermined']
const see = serviceActor('service:index', 'canary')

/** A title that still says what it is about, for without that nothing is matched. */
const titled = (library: LibraryName, token: string) => `${String(draftOf(library).title)} ${token}`

/** Posts what is marked; what stands under export control is assessed, cleared where others are to see it. */
export async function postMarked(
  { ask }: Canary,
  maker: TokenMaker,
  { owners, staff }: Cast,
  states: Map<string, string>
): Promise<MarkedRecord[]> {
  const marking = (author: Actor, over = {}) => ({
    ask,
    maker,
    author,
    reviewer: need(staff, 'reviewer'),
    over: { visibility: 'public-anonymous', ...over }
  })
  const assess = async (record: MarkedRecord, state: string) => {
    const url = `/v1/${collectionOf[record.library]}/${record.id}/control`
    const note = maker.word({ kind: 'control note', what: `${record.library} control note`, ownerId: record.ownerId })
    for (const [actor, step, body] of [
      [need(staff, 'compliance'), 'assess', { state, note }],
      [need(staff, 'second'), 'confirm', undefined]
    ] as const) {
      const answer = await ask({
        actor,
        service: record.library,
        method: 'POST',
        url: `${url}/${step}`,
        body,
        headers: { 'if-match': `"r${record.revision}"` }
      })
      if (answer.status !== 200) throw new Error(`${step} was answered ${answer.status}: ${answer.text}`)
      record.revision += 1
    }
  }
  const shown = (author: Actor, library: LibraryName) => ({
    title: titled(library, maker.word({ kind: 'public', what: `${library} title`, ownerId: author.organisationId ?? '' }))
  })
  const records: MarkedRecord[] = []
  for (const author of [owners.a, owners.b]) {
    const technology = await markedRecord('technology-reserve', marking(author, shown(author, 'technology-reserve')))
    await assess(technology, 'not-listed')
    records.push(technology, await markedRecord('project-results', marking(author)))
  }
  for (const author of [owners.b, owners.kenya]) records.push(await markedRecord('cooperation-demand', marking(author)))
  records.push(await markedRecord('platform-institutions', marking(owners.institution)))

  for (const state of ['unassessed', 'restricted', 'prohibited', 'dual-use', 'undetermined', 'machine-flagged', 'secret']) {
    const title = titled(
      'technology-reserve',
      maker.word({ kind: 'uncleared', what: `title of a technology that is ${state}`, ownerId: owners.a.organisationId ?? '' })
    )
    const record = await markedRecord('technology-reserve', marking(owners.a, { title }))
    if (byPeople.includes(state)) await assess(record, state)
    records.push(record)
    states.set(record.id, state)
  }
  return records
}

/** States that no person sets: a machine's flag, and what should never have come in. */
export async function setMachineStates({ owner }: Canary, states: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, state] of states) {
    if (state !== 'machine-flagged' && state !== 'secret') continue
    await owner.withTx(see, async (tx) => {
      await tx.execute(sql`update technology_reserve.record set control_state = ${state} where id = ${id}::uuid`)
      await tx.execute(sql`update published.document set control_state = ${state}, revision = revision + 1 where id = ${id}::uuid`)
    })
  }
}
