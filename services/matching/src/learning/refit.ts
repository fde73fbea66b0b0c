import type { Actor } from '@siku/contracts'
import { contentHash, writeAudit, type Database, type Tx } from '@siku/db'
import { checkWeights, meanLoss, readWeights, refitWeights, type Weights } from '@siku/matcher'
import { sql } from 'drizzle-orm'
import { LearningError } from '../errors.ts'
import { readSamples, type LabelledSample } from './read-samples.ts'

/** Mean logarithmic loss on decisions that were not learned from, before and after; lower is better. */
export type GroupReport = { samples: number; before: number; after: number }
export type RefitReport = {
  learnedFrom: number
  all: GroupReport
  byLanguage: Record<string, GroupReport>
  worse: string[]
  /** Languages people decided in, of which too few decisions were held back to say anything; reports of before have none. */
  unmeasured?: string[]
}

const samplesMin = 20
const learnedShare = 0.75
/** Fewer held-back decisions of a language than this say nothing of it. */
const measuredMin = 5
/** Below this a difference of two losses is noise. */
const tolerance = 0.005

/** The weights in force: those a person promoted, else those that came with this version of the software. */
export const currentWeights = async (db: Database, actor: Actor): Promise<Weights> => (await findPromoted(db, actor)) ?? readWeights()

/** The weights a person promoted, if any. */
export async function findPromoted(db: Database, actor: Actor): Promise<Weights | undefined> {
  const [row] = await db.withRead(actor, (tx) =>
    tx.execute<{ content: Weights }>(sql`select content from matching.weights where state = 'current'`)
  )
  return row && checkWeights(row.content)
}

/** Which version is in force; null where nothing was promoted. */
export async function promotedVersion(db: Database, actor: Actor): Promise<string | null> {
  const [row] = await db.withRead(actor, (tx) =>
    tx.execute<{ version: string }>(sql`select version from matching.weights where state = 'current'`)
  )
  return row?.version ?? null
}

/**
 * Fits a candidate to the older decisions and measures it on the newer ones, in all and for each language of the demand. Nothing changes
 * for anybody until a person promotes it.
 */
export async function refit(db: Database, actor: Actor): Promise<{ version: string; report: RefitReport }> {
  const today = await currentWeights(db, actor)
  return db.withTx(actor, async (tx) => {
    const samples = await readSamples(tx)
    refuseTooFew(samples)
    const cut = Math.floor(samples.length * learnedShare)
    const [older, newer] = [samples.slice(0, cut), samples.slice(cut)]
    const fitted = refitWeights(older, today)
    const report = { ...reportOf(newer, { today, fitted, learnedFrom: older.length }), unmeasured: unmeasuredIn(samples, newer) }
    const base = today.version.split(/[+~]/)[0] ?? '1'
    const version = `${base}~${contentHash({ ...fitted, version: base }).slice(0, 8)}`
    const candidate = checkWeights({ ...fitted, version })
    await tx.execute(sql`
      insert into matching.weights (version, content, state, made_from, report)
      values (${version}, ${JSON.stringify(candidate)}::jsonb, 'candidate', ${today.version}, ${JSON.stringify(report)}::jsonb)
      on conflict (version) do update set report = excluded.report, made_from = excluded.made_from`)
    await writeAudit(tx, actor, { action: 'weights.refit', detail: { version, learnedFrom: report.learnedFrom, worse: report.worse } })
    return { version, report }
  })
}

function refuseTooFew(samples: readonly LabelledSample[]): void {
  const relevant = samples.filter(({ isRelevant }) => isRelevant).length
  if (samples.length >= samplesMin && relevant > 0 && relevant < samples.length) return
  throw new LearningError(
    'SIKU_MATCHING_TOO_FEW_DECISIONS',
    `${samples.length} decisions speak of relevance (${relevant} approvals); a refit needs at least ${samplesMin}, approvals and rejections both`
  )
}

function unmeasuredIn(samples: readonly LabelledSample[], heldBack: readonly LabelledSample[]): string[] {
  const isFew = (language: string) => heldBack.filter((sample) => sample.language === language).length < measuredMin
  return [...new Set(samples.map(({ language }) => language))].filter(isFew).toSorted()
}

type Both = { today: Weights; fitted: Weights; learnedFrom: number }

function reportOf(samples: readonly LabelledSample[], { today, fitted, learnedFrom }: Both): RefitReport {
  const groupOf = (group: readonly LabelledSample[]): GroupReport => ({
    samples: group.length,
    before: meanLoss(group, today),
    after: meanLoss(group, fitted)
  })
  const languages = [...new Set(samples.map(({ language }) => language))].toSorted()
  const byLanguage = Object.fromEntries(
    languages.map((language) => [language, groupOf(samples.filter((sample) => sample.language === language))])
  )
  const all = groupOf(samples)
  const isWorse = ({ before, after }: GroupReport) => after > before + tolerance
  const worse = [...(isWorse(all) ? ['all'] : []), ...languages.filter((language) => isWorse(byLanguage[language] ?? all))]
  return { learnedFrom, all, byLanguage, worse }
}

export type WeightsLine = {
  version: string
  state: 'shipped' | 'candidate' | 'current' | 'former'
  madeFrom: string | null
  report: RefitReport | null
  storedAt: string
  promotedAt: string | null
}

export const listWeights = (db: Database, actor: Actor): Promise<WeightsLine[]> =>
  db.withRead(actor, async (tx) => [
    ...(await tx.execute<WeightsLine>(sql`
      select version, state, made_from as "madeFrom", report, to_char(stored_at, 'YYYY-MM-DD HH24:MI') as "storedAt",
        to_char(promoted_at, 'YYYY-MM-DD HH24:MI') as "promotedAt" from matching.weights order by stored_at, version`))
  ])

/** Puts a version in force, keeps the one before it a step away, and owes every record its match again behind single postings. */
export async function promoteWeights(db: Database, actor: Actor, version: string): Promise<{ owed: number }> {
  return db.withTx(actor, async (tx) => {
    const [row] = await tx.execute<{ state: string; report: RefitReport | null; madeFrom: string | null }>(
      sql`select state, report, made_from as "madeFrom" from matching.weights where version = ${version} for update`
    )
    if (!row)
      throw new LearningError(
        'SIKU_MATCHING_WEIGHTS_UNKNOWN',
        `There are no weights ${version}; \`siku weights list\` shows those there are`
      )
    if (row.state === 'current') throw new LearningError('SIKU_MATCHING_WEIGHTS_CURRENT', `The weights ${version} are in force already`)
    if (row.report && row.report.worse.length > 0) {
      throw new LearningError(
        'SIKU_MATCHING_WEIGHTS_WORSE',
        `The weights ${version} are worse for ${row.report.worse.join(', ')} on decisions they had not seen; gather more decisions and refit`
      )
    }
    await refuseOutdated(tx, { version, ...row })
    return putInForce(tx, actor, { version, action: 'weights.promote' })
  })
}

/** A candidate was held against the weights of its day; against others it was never measured. */
async function refuseOutdated(tx: Tx, candidate: { version: string; state: string; madeFrom: string | null }): Promise<void> {
  if (candidate.state !== 'candidate' || candidate.madeFrom === null) return
  const [current] = await tx.execute<{ version: string }>(sql`select version from matching.weights where state = 'current'`)
  const inForce = current?.version ?? readWeights().version
  if (candidate.madeFrom === inForce) return
  throw new LearningError(
    'SIKU_MATCHING_WEIGHTS_OUTDATED',
    `The weights ${candidate.version} were measured against ${candidate.madeFrom}, and ${inForce} are in force now; refit, and promote what comes of it`
  )
}

/** Takes the weights in force back: the ones before them come again, or those that came with the software. */
export async function rollBackWeights(db: Database, actor: Actor): Promise<{ version: string | null; owed: number }> {
  return db.withTx(actor, async (tx) => {
    const [current] = await tx.execute<{ version: string }>(sql`select version from matching.weights where state = 'current' for update`)
    if (!current)
      throw new LearningError('SIKU_MATCHING_NOTHING_PROMOTED', 'The shipped weights are in force; there is nothing to take back')
    const [before] = await tx.execute<{ version: string }>(
      sql`select version from matching.weights where state = 'former' order by promoted_at desc limit 1`
    )
    await tx.execute(sql`update matching.weights set state = 'candidate', promoted_at = null where version = ${current.version}`)
    const { owed } = await putInForce(tx, actor, { version: before?.version ?? null, action: 'weights.roll-back' })
    return { version: before?.version ?? null, owed }
  })
}

async function putInForce(
  tx: Tx,
  actor: Actor,
  { version, action }: { version: string | null; action: string }
): Promise<{ owed: number }> {
  await tx.execute(sql`update matching.weights set state = 'former' where state = 'current'`)
  await tx.execute(sql`update matching.weights set state = 'current', promoted_at = now() where version = ${version}`)
  const rows = await tx.execute(sql`
    select work.owe('match', d.library, d.id, ${action}, null, 1::smallint) from published.document d
    where d.library in ('cooperation-demand', 'technology-reserve') and not d.tombstone`)
  await writeAudit(tx, actor, { action, detail: { version, owed: rows.length } })
  return { owed: rows.length }
}
