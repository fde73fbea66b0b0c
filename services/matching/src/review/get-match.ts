import type { DeclineCode, PublishedDocument } from '@siku/contracts'
import { documentsById, type Tx } from '@siku/db'
import { renderExplanation, type Explanation } from '@siku/matcher'
import { NotFound, type Context } from '@siku/service-kit'
import { findConcept, type Thesaurus } from '@siku/thesaurus'
import { sql } from 'drizzle-orm'
import type { Cap } from '../market/apply-caps.ts'
import { readCaps } from '../market/read-caps.ts'
import type { Previous } from '../match/plan-changes.ts'
import { questionsOf } from '../questions/questions-of.ts'
import { evidenceOf, isOutdated } from './evidence.ts'
import { instant, selectMatches, toSummary, type MatchRow } from './match-rows.ts'
import type { Reader } from './reader.ts'
import type { Match } from './schemas.ts'

type MatchDetail = {
  explanation: Explanation
  previous: Previous | null
  decidedBy: string | null
  decidedAt: string | null
  code: DeclineCode | null
  note: string | null
  until: string | null
  edition: string
  weights: string
}

/** One match with its reasons in the reader's language and the evidence of both texts, all re-read under the reader. */
export async function getMatch(ctx: Context, reader: Reader, { id, thesaurus }: { id: string; thesaurus: Thesaurus }): Promise<Match> {
  const found = await ctx.db.withRead(ctx.actor, (tx) => readMatch(tx, reader, id))
  if (!found) throw NotFound()
  return toMatch(found, { reader, thesaurus, now: ctx.now() })
}

export type ReadMatch = { row: MatchRow; detail: MatchDetail; demand: PublishedDocument; technology: PublishedDocument; cap: Cap | null }

/** A match and both its records, as far as the reader may see them. */
export async function readMatch(tx: Tx, reader: Reader, id: string): Promise<ReadMatch | undefined> {
  const own = reader.view === 'owner' ? sql`and m.technology_owner_key = ${reader.actor.organisationKey ?? ''}` : sql``
  const [row] = await selectMatches(tx, reader.language, sql`where m.id = ${id}::uuid ${own}`)
  const [detail] = await tx.execute<MatchDetail>(sql`
    select explanation, previous, decided_by as "decidedBy", ${instant(sql`decided_at`)} as "decidedAt", decline_code as code, note,
      to_char(deferred_until, 'YYYY-MM-DD') as until, thesaurus_edition as edition, weights_version as weights
    from matching.match where id = ${id}::uuid`)
  if (!row || !detail) return undefined
  const documents = await documentsById(tx, [row.demand.id, row.technology.id])
  const demand = documents.find((document) => document.id === row.demand.id)
  const technology = documents.find((document) => document.id === row.technology.id)
  const cap = reader.view === 'staff' ? ((await readCaps(tx, [row.demand.id])).get(id) ?? null) : null
  return demand && technology ? { row, detail, demand, technology, cap } : undefined
}

type Reading = { reader: Reader; thesaurus: Thesaurus; now: Date }

function toMatch({ row, detail, demand, technology, cap }: ReadMatch, { reader, thesaurus, now }: Reading): Match {
  const { language, view } = reader
  const isStaff = view === 'staff'
  const explanation = withKnownConcepts(detail.explanation, thesaurus)
  const sources = { demand, technology }
  return {
    ...toSummary(row, reader, { now, cap }),
    explanation: { language, ...renderExplanation(explanation, language, thesaurus, { decimals: isStaff }) },
    evidence: evidenceOf(detail.explanation, sources, { thesaurus, language, withShares: isStaff }),
    evidenceOutdated: isOutdated(detail.explanation, sources),
    questions: questionsOf({ ...sources, explanation: detail.explanation }, reader, thesaurus),
    texts: { demand: originalOf(demand), technology: originalOf(technology) },
    contributions: isStaff ? explanation.contributions : null,
    logOddsMillionths: isStaff ? explanation.logOddsMillionths : null,
    previous: isStaff ? (detail.previous as Match['previous']) : null,
    decision: isStaff ? decisionOf(detail) : null,
    thesaurusEdition: detail.edition,
    weightsVersion: detail.weights
  }
}

/** Sentences need labels; a concept that this edition no longer has keeps its evidence and loses its sentence. */
const withKnownConcepts = (explanation: Explanation, thesaurus: Thesaurus): Explanation => ({
  ...explanation,
  pairs: explanation.pairs.filter(
    ({ demandConcept, technologyConcept }) => findConcept(thesaurus, demandConcept) && findConcept(thesaurus, technologyConcept)
  )
})

const originalOf = ({ version, text: { sourceLanguage: language, title, summary, description } }: PublishedDocument) => ({
  language,
  version,
  title,
  summary,
  description
})

function decisionOf({ decidedBy, decidedAt, code, note, until }: MatchDetail): Match['decision'] {
  return decidedBy === null || decidedAt === null ? null : { by: decidedBy, at: decidedAt, code, note, until }
}
