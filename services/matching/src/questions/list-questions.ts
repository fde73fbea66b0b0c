import { NotFound, type Context } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import { isOutdated } from '../review/evidence.ts'
import { readMatch } from '../review/get-match.ts'
import type { Reader } from '../review/reader.ts'
import type { Questions } from './question-schemas.ts'
import { questionsOf } from './questions-of.ts'

/** The questions of one match, in the reader's language; both records are read under the reader. */
export async function listQuestions(
  ctx: Context,
  reader: Reader,
  { id, thesaurus }: { id: string; thesaurus: Thesaurus }
): Promise<Questions> {
  const found = await ctx.db.withRead(ctx.actor, (tx) => readMatch(tx, reader, id))
  if (!found) throw NotFound()
  const { explanation } = found.detail
  return { data: questionsOf({ ...found, explanation }, reader, thesaurus), evidenceOutdated: isOutdated(explanation, found) }
}
