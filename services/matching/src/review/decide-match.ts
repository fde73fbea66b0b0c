import { eventsIn, matchTable, statesBefore, type DeclineCode, type MatchEvent, type MatchState } from '@siku/contracts'
import { writeAudit, type Tx } from '@siku/db'
import { assertRevision, NotFound, once, RevisionStale, etagOf, type Context, type ProblemError } from '@siku/service-kit'
import { sql, type SQL } from 'drizzle-orm'
import { DayNotAhead, MatchBlocked, MatchNotDecidable, OwnOrganisation, RecordClosed } from '../errors.ts'
import { readShownLists } from '../market/read-caps.ts'
import { placesMax } from '../match/best-lists.ts'
import { fullLists } from '../match/read-places.ts'
import { refillLists } from '../match/refill-lists.ts'
import { matchingSchema } from '../migrations.ts'
import { shanghaiDay } from '../shanghai-day.ts'

export type Decision =
  | { event: 'take' }
  | { event: 'approve'; note?: string }
  | { event: 'reject'; code: DeclineCode; note?: string }
  | { event: 'defer'; until: string; note?: string }

const humanEvents: readonly MatchEvent[] = ['take', 'approve', 'reject', 'defer']
const shownMax = 40

/**
 * Journey stage 7: one step of a person, with its audit row and the list as it was shown, in one transaction. All guards stand in the
 * `where`: state, revision, nobody's own organisation, and for an approval both records open and cleared.
 */
export async function decideMatch(
  ctx: Context,
  id: string,
  { decision, revision }: { decision: Decision; revision: number }
): Promise<{ status: number }> {
  const today = shanghaiDay(ctx.now())
  if (decision.event === 'defer' && decision.until <= today) {
    throw DayNotAhead(today).with({ errors: [{ pointer: '/until', detail: `must be after ${today}` }] })
  }
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: matchingSchema }, async () => {
      const step = await applyDecision(tx, ctx, { id, decision, revision })
      if (!step) throw await whyNot(tx, ctx, { id, decision, revision })
      await writeDecision(tx, ctx, { id, decision, step })
      if (decision.event === 'approve' || decision.event === 'reject') await freePlaces(tx, ctx, step)
      const { demandId, technologyId, from, to } = step
      const code = decision.event === 'reject' ? { code: decision.code } : {}
      await writeAudit(tx, ctx.actor, {
        action: `match.${decision.event}`,
        recordId: id,
        detail: { demandId, technologyId, from, to, ...code }
      })
      return { status: 200, id, value: undefined }
    })
  )
}

type Wanted = { id: string; decision: Decision; revision: number }
type Step = { demandId: string; technologyId: string; from: MatchState; to: MatchState; scoreMillionths: number }

async function applyDecision(tx: Tx, ctx: Context, { id, decision, revision }: Wanted): Promise<Step | undefined> {
  const { actor } = ctx
  const now = ctx.now().toISOString()
  const to = targetOf(decision.event)
  const [step] = await tx.execute<Step>(sql`
    update matching.match m set state = ${to}, revision = m.revision + 1, updated_at = ${now}::timestamptz,
      ${columnsOf(decision, actor.id, now)}
    from matching.match before
    where m.id = ${id}::uuid and before.id = m.id and m.revision = ${revision}
      and m.state in (select jsonb_array_elements_text(${JSON.stringify(statesBefore(matchTable, decision.event))}::jsonb))
      and ${actor.organisationKey ?? ''} not in (m.demand_owner_key, m.technology_owner_key)
      ${decision.event === 'approve' ? sql`and not m.uncleared and ${bothOpen(now)}` : sql``}
    returning m.demand_id as "demandId", m.technology_id as "technologyId", before.state as from, m.state as to,
      m.score_millionths as "scoreMillionths"`)
  return step
}

/** A decided pair takes no place among the best: in a list that was full the next one comes in. */
async function freePlaces(tx: Tx, { requestId: causeId }: Context, { demandId, technologyId }: Step): Promise<void> {
  const wereFull = await fullLists(tx, [demandId, technologyId], placesMax - 1)
  await refillLists(tx, { library: 'cooperation-demand', recordIds: [demandId].filter((id) => wereFull.has(id)), causeId })
  await refillLists(tx, { library: 'technology-reserve', recordIds: [technologyId].filter((id) => wereFull.has(id)), causeId })
}

const targetOf = (event: Decision['event']): MatchState => {
  const line = matchTable.find((transition) => transition.event === event)
  if (!line) throw new Error(`The match table has no line for ${event}`)
  return line.to
}

function columnsOf(decision: Decision, actorId: string, now: string): SQL {
  if (decision.event === 'take') return sql`taken_by = ${actorId}, taken_at = ${now}::timestamptz`
  const code = decision.event === 'reject' ? decision.code : null
  const until = decision.event === 'defer' ? decision.until : null
  return sql`decided_by = ${actorId}, decided_at = ${now}::timestamptz, decline_code = ${code}, note = ${decision.note ?? null},
    deferred_until = ${until}::date, changed = false, renewed = false, previous = null`
}

const bothOpen = (now: string): SQL => sql`not exists (
  select 1 from (values (m.demand_id), (m.technology_id)) side (id) left join published.document d on d.id = side.id
    and d.state = 'published' and not d.tombstone and d.open_for_interest and (d.valid_until is null or d.valid_until > ${now}::timestamptz)
  where d.id is null)`

/** The demand's list as it stood before the reviewer when this was decided, caps included; lists of today look different tomorrow. */
async function writeDecision(tx: Tx, ctx: Context, { id, decision, step }: { id: string; decision: Decision; step: Step }): Promise<void> {
  const code = decision.event === 'reject' ? decision.code : null
  const until = decision.event === 'defer' ? decision.until : null
  const note = decision.event === 'take' ? null : (decision.note ?? null)
  const list = (await readShownLists(tx, [step.demandId], id)).get(step.demandId) ?? []
  const places = list.slice(0, shownMax).map(({ id: match, cap }, index) => ({ match, place: index + 1, cap: cap?.kind ?? null }))
  await tx.execute(sql`
    insert into matching.decision (id, match_id, event, from_state, to_state, code, note, deferred_until, actor_id, at, score_millionths,
      shown)
    select ${ctx.newId()}::uuid, ${id}::uuid, ${decision.event}, ${step.from}, ${step.to}, ${code}, ${note}, ${until}::date,
      ${ctx.actor.id}, ${ctx.now().toISOString()}::timestamptz, ${step.scoreMillionths}, coalesce(jsonb_agg(line order by place), '[]')
    from (
      select s.place, jsonb_build_object('match', m.id, 'technology', m.technology_id, 'version', m.technology_version,
        'scoreMillionths', m.score_millionths, 'band', m.band, 'cap', s.cap,
        'state', case when m.id = ${id}::uuid then ${step.from} else m.state end) as line
      from jsonb_to_recordset(${JSON.stringify(places)}::jsonb) as s (match uuid, place int, cap text)
      join matching.match m on m.id = s.match
    ) shown`)
}

type Standing = {
  revision: number
  state: MatchState
  isOwn: boolean
  uncleared: boolean
  isDemandOpen: boolean
  isTechnologyOpen: boolean
}

/** Looks only when the guard said no: which of its conditions did not hold, and what would be right. */
async function whyNot(tx: Tx, ctx: Context, { id, decision, revision }: Wanted): Promise<ProblemError> {
  const isOpen = (column: SQL) => sql`exists (select 1 from published.document d where d.id = ${column} and d.state = 'published'
    and not d.tombstone and d.open_for_interest and (d.valid_until is null or d.valid_until > ${ctx.now().toISOString()}::timestamptz))`
  const [row] = await tx.execute<Standing>(sql`
    select m.revision, m.state, ${ctx.actor.organisationKey ?? ''} in (m.demand_owner_key, m.technology_owner_key) as "isOwn", m.uncleared,
      ${isOpen(sql`m.demand_id`)} as "isDemandOpen", ${isOpen(sql`m.technology_id`)} as "isTechnologyOpen"
    from matching.match m where m.id = ${id}::uuid`)
  if (!row) return NotFound()
  if (row.isOwn) return OwnOrganisation()
  assertRevision(revision, row.revision)
  const possible = eventsIn(matchTable, row.state).filter((event) => humanEvents.includes(event))
  if (!possible.includes(decision.event))
    return MatchNotDecidable(row.state, decision.event, possible.join(', ') || 'nothing; a new version of a record may bring it back')
  if (row.uncleared) return MatchBlocked()
  if (!row.isDemandOpen || !row.isTechnologyOpen) return RecordClosed(row.isDemandOpen ? 'technology' : 'demand')
  return RevisionStale(etagOf(revision), 'another one')
}
