import { lockEditions, publishEdition as writeEdition, writeAudit, type Tx } from '@siku/db'
import { assertRevision, NotFound, once, type Context } from '@siku/service-kit'
import { compileEdition, ThesaurusInvalidError, type Overlay, type Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import { ChangeOutdated, ChangeReviewed, OwnProposal } from '../errors.ts'
import { matchingSchema } from '../migrations.ts'
import { lockChanges, readStanding, refuseFaults, type Standing } from './change-rows.ts'
import type { ChangeBody } from './change-schemas.ts'
import { readChangeBody } from './read-change-body.ts'

/** Stores a proposal that the next edition could take as it is. */
export async function proposeChange(ctx: Context, body: ChangeBody, shipped: Thesaurus): Promise<{ status: number; id: string }> {
  const { note, ...change } = body
  readChangeBody(body)
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: matchingSchema }, async () => {
      refuseFaults(body, await readStanding(tx, shipped), shipped)
      const id = ctx.newId()
      await tx.execute(sql`
        insert into matching.thesaurus_change (id, change, note, proposed_by, proposed_at)
        values (${id}::uuid, ${JSON.stringify(change)}::jsonb, ${note ?? null}, ${ctx.actor.id}, ${ctx.now().toISOString()}::timestamptz)`)
      await writeAudit(tx, ctx.actor, { action: 'thesaurus.propose', recordId: id, detail: { kind: change.kind } })
      return { status: 201, id, value: undefined }
    })
  )
}

export type Review = { to: 'approved' } | { to: 'rejected'; reason: string }

/** Another person than the one who proposed says yes or no; a yes is checked again, for others may have been approved since. */
export async function reviewChange(
  ctx: Context,
  { id, revision, review, shipped }: { id: string; revision: number; review: Review; shipped: Thesaurus }
): Promise<{ status: number }> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: matchingSchema }, async () => {
      await lockChanges(tx)
      const change = await holdReviewable(tx, ctx, { id, revision, review })
      if (review.to === 'approved') refuseFaults(change, await readStanding(tx, shipped), shipped)
      const reason = review.to === 'rejected' ? review.reason : null
      await tx.execute(sql`
        update matching.thesaurus_change set state = ${review.to}, reviewed_by = ${ctx.actor.id}, revision = revision + 1, reason = ${reason},
          reviewed_at = ${ctx.now().toISOString()}::timestamptz,
          place = ${review.to === 'approved' ? sql`nextval('matching.thesaurus_change_place')` : sql`null`}
        where id = ${id}::uuid`)
      await writeAudit(tx, ctx.actor, { action: `thesaurus.${review.to}`, recordId: id, detail: { kind: change.kind } })
      return { status: 200, id, value: undefined }
    })
  )
}

/** A no may also come after a yes, until an edition brings the change: the shipped files may have changed in between. */
const reviewable: Record<Review['to'], readonly string[]> = { approved: ['proposed'], rejected: ['proposed', 'approved'] }

type Held = { state: string; revision: number; proposedBy: string; change: ChangeBody }
type Asked = { id: string; revision: number; review: Review }

async function holdReviewable(tx: Tx, ctx: Context, { id, revision, review }: Asked): Promise<ChangeBody> {
  const [row] = await tx.execute<Held>(sql`
    select state, revision, proposed_by as "proposedBy", change from matching.thesaurus_change where id = ${id}::uuid for update`)
  if (!row) throw NotFound()
  if (row.proposedBy === ctx.actor.id) throw OwnProposal()
  assertRevision(revision, row.revision)
  if (!reviewable[review.to].includes(row.state)) throw ChangeReviewed(row.state)
  return row.change
}

/** Makes an edition of all that is approved, if anything is. Workers meet it with their next batch; lists move on when all records carry it. */
export async function publishEdition(ctx: Context, shipped: Thesaurus): Promise<{ status: number; id: string }> {
  return ctx.db.withTx(ctx.actor, (tx) =>
    once(ctx, tx, { schema: matchingSchema }, async () => {
      await lockChanges(tx)
      const { newest, published, approved } = await readStanding(tx, shipped)
      if (approved.length === 0) return { status: 200, id: String(newest?.number ?? 0), value: undefined }
      const number = (newest?.number ?? 0) + 1
      const changes = [...published, ...approved.map(({ change }) => change)]
      const { edition } = compileOrRefuse(shipped, { number, changes }, approved)
      const publishedAt = ctx.now().toISOString()
      // Whoever is storing annotations of the editions there were comes first: after this commit nobody stores without knowing of it.
      await lockEditions(tx)
      await writeEdition(tx, { number, edition, base: shipped.edition, changes, publishedBy: ctx.actor.id, publishedAt })
      await tx.execute(sql`
        update matching.thesaurus_change set state = 'published', edition = ${number}, revision = revision + 1 where state = 'approved'`)
      await writeAudit(tx, ctx.actor, { action: 'thesaurus.publish', detail: { number, edition, changes: approved.length } })
      return { status: 201, id: String(number), value: undefined }
    })
  )
}

/** What was approved on former shipped files may not hold on these: that one is named, so that it can be rejected. */
function compileOrRefuse(shipped: Thesaurus, overlay: Overlay, approved: Standing['approved']): Thesaurus {
  try {
    return compileEdition(shipped, overlay)
  } catch (error) {
    if (!(error instanceof ThesaurusInvalidError)) throw error
    const [fault] = error.faults
    const at = fault?.file === 'overlay' ? fault.line - 1 - (overlay.changes.length - approved.length) : -1
    throw ChangeOutdated(approved[at]?.id ?? approved.map(({ id }) => id).join(', '), fault?.fault ?? '')
  }
}
