import {
  nextState,
  recordTable,
  workingVersionTable,
  type RecordEvent,
  type RecordState,
  type WorkingEvent,
  type WorkingState
} from '@siku/contracts'
import { sql } from 'drizzle-orm'
import type { Cases } from '../conformance.ts'
import { must, type Bench, type Shown } from './bench.ts'
import { staff } from './people.ts'

type Place = { state: RecordState; working: WorkingState | null }
type Event = Exclude<RecordEvent, 'expire'> | WorkingEvent | 'edit'

const events: readonly Event[] = [
  'edit',
  'submit',
  'recall',
  'take',
  'return',
  'approve',
  'pause',
  'resume',
  'confirm',
  'withdraw',
  'archive',
  'merge'
]
const places: readonly Place[] = [
  ...(['draft', 'submitted', 'in-review'] as const).map((working) => ({ state: 'new' as const, working })),
  ...(['published', 'paused', 'expired'] as const).flatMap((state) =>
    [null, 'draft', 'submitted', 'in-review'].map((working) => ({ state, working: working as WorkingState | null }))
  ),
  ...(['withdrawn', 'archived', 'merged'] as const).flatMap((state) =>
    [null, 'draft'].map((working) => ({ state, working: working as WorkingState | null }))
  )
]
const liveStates: readonly RecordState[] = ['new', 'published', 'paused', 'expired']

/** Where an event leads, by the two tables of contracts alone; undefined where it is not possible. */
function leadsTo({ state, working }: Place, event: Event, expires: boolean): Place | undefined {
  const isLive = liveStates.includes(state)
  if (event === 'edit') return isLive && (working === null || working === 'draft') ? { state, working: 'draft' } : undefined
  if (event === 'approve')
    return isLive && working && nextState(workingVersionTable, working, event) ? { state: 'published', working: null } : undefined
  if (event === 'submit' || event === 'recall' || event === 'take' || event === 'return') {
    const next = working && nextState(workingVersionTable, working, event)
    return isLive && next ? { state, working: next } : undefined
  }
  if (event === 'confirm' && !expires) return undefined
  const next = nextState(recordTable, state, event)
  if (!next) return undefined
  const isOver = !liveStates.includes(next)
  return { state: next, working: isOver && working !== null ? 'draft' : working }
}

export const stateCases: Cases = (t, bench) => {
  const { create, publish, edit, author, call, library, change, table, clock, rowOf } = bench
  const expires = library.validity.ageing.length > 0

  /** Puts a record back as it was before an event, so that every event is tried on the same one. */
  const restore = async (id: string, stored: Awaited<ReturnType<typeof rowOf>>) => {
    await change(sql`delete from ${table('version')} where record_id = ${id}::uuid`)
    await change(sql`delete from ${table('record')} where id = ${id}::uuid`)
    await change(
      sql`insert into ${table('record')}
        select * from jsonb_populate_record(null::${table('record')}, ${JSON.stringify(stored?.['record'])}::jsonb)`
    )
    await change(
      sql`insert into ${table('version')}
        select * from jsonb_populate_recordset(null::${table('version')}, ${JSON.stringify(stored?.['versions'])}::jsonb)`
    )
  }

  /** A record in a place of the table, put there directly so that each place is tried whatever leads to it. */
  const recordIn = async ({ state, working }: Place): Promise<Shown> => {
    const fresh = state === 'new' ? await create() : await publish()
    const record = state !== 'new' && working !== null ? must(await edit(author, fresh, { title: '下一版' }), 200) : fresh
    const until = new Date(clock.now().getTime() + (state === 'expired' ? -1 : 1) * 86_400_000).toISOString()
    await change(sql`update ${table('record')} set state = ${state}, working_state = ${working}, submitted_at = updated_at,
      valid_until = case when ${expires && state !== 'new'} then ${until}::timestamptz end where id = ${record.id}::uuid`)
    if (working !== null)
      await change(
        sql`update ${table('version')} set state = ${working}
          where record_id = ${record.id}::uuid and version = ${Number(record['workingVersion'])}`
      )
    return record
  }

  t.test('each event does in each state what the state table says: it leads on, or is refused with what would be possible', async (t) => {
    const target = await publish()
    const send = (event: Event, record: Shown) => sendEvent(bench, event, record, target)
    for (const place of places) {
      const record = await recordIn(place)
      const stored = await rowOf(record.id)
      const possible = events.filter((event) => leadsTo(place, event, expires))
      for (const event of events.filter((event) => !possible.includes(event))) {
        const { status, body } = await send(event, record)
        const name = `${event} of ${place.state} with ${place.working ?? 'no'} working version`
        t.equal(status, 409, `${name}: ${JSON.stringify(body)}`)
        t.ok(tellsWhatIsPossible(body.detail, possible, expires), `${name}: ${body.detail}`)
      }
      t.same(await rowOf(record.id), stored, `${place.state} ${place.working ?? ''}: a refusal changes nothing`)
      for (const event of possible) {
        const next = leadsTo(place, event, expires)
        const { status, body } = await send(event, record)
        t.equal(status, 200, `${event} of ${place.state} with ${place.working ?? 'no'} working version: ${JSON.stringify(body)}`)
        const seen = must(await call({ actor: staff.auditor, path: `/${record.id}` }), 200)
        t.match({ state: seen.state, working: seen['workingState'] ?? null }, next ?? {}, `${event} of ${place.state} leads on`)
        await restore(record.id, stored)
      }
    }
  })

  t.test('a record is merged into another live one of its library, never into itself or nothing', async (t) => {
    const record = await publish()
    const withdrawn = await bench.moved(author, await publish(), 'withdraw')
    for (const into of [record.id, withdrawn.id, '00000000-0000-4000-8000-000000000000', 'TO-XX-1']) {
      t.match((await bench.step(staff.seniorReviewer, record, 'merge', { into })).body, { status: 422, errors: [{ pointer: '/into' }] })
    }
  })

  t.test('published is not yet open for interest: that door opens and closes by itself', async (t) => {
    const record = await publish({ openForInterest: false })
    t.match(record, { openForInterest: false })
    const open = await bench.moved(author, record, 'interest', { open: true })
    t.match(open, { openForInterest: true, state: 'published' })
    const next = must(await edit(author, open, { openForInterest: false, title: '下一版' }), 200)
    t.match(next, { openForInterest: true }, 'an edit does not move it')
    t.match((await bench.step(author, await create(), 'interest', { open: true })).body, { status: 409 })
  })
}

async function sendEvent({ edit, step, author }: Bench, event: Event, record: Shown, target: Shown) {
  if (event === 'edit') return edit(author, record, { title: '又一版' })
  const actor =
    event === 'archive' || event === 'merge'
      ? staff.seniorReviewer
      : event === 'take' || event === 'return' || event === 'approve'
        ? staff.reviewer
        : author
  const body = event === 'return' ? { reasons: [{ code: 'other', text: null }] } : event === 'merge' ? { into: target.id } : undefined
  return step(actor, record, event, body)
}

/** Every event the sentence names is one that the table allows, and where the table allows any, one is named. */
function tellsWhatIsPossible(detail: string, possible: readonly Event[], expires: boolean): boolean {
  if (/edit the record first|records of this library do not expire/.test(detail)) return true
  const named = /possible now: (.*)$/.exec(detail)?.[1]?.split(', ')
  if (!named) return false
  if (named.length === 1 && named[0] === 'nothing') return possible.length === 0
  return named.every((event) => possible.includes(event as Event) || (event === 'confirm' && !expires))
}
