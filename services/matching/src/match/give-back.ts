import type { Actor } from '@siku/contracts'
import { failWork, FencedOutError, type Database, type WorkItem } from '@siku/db'
import { SearchUnavailableError } from '@siku/search'
import { describeError, findCode, type Logger } from '@siku/service-kit'
import { NotAnnotatedError } from '../errors.ts'

const attemptsMax = 5

/** Gives a claim back after a failure: it comes due again, and is parked where the fault is ours and does not go away. */
export async function giveBack(
  { db, log, actor }: { db: Database; log: Logger; actor: Actor },
  item: WorkItem,
  error: unknown
): Promise<void> {
  const { kind, library, recordId, attempts } = item
  if (error instanceof FencedOutError) {
    log.info({ event: `${kind}.fenced`, kind, library, recordId }, 'another worker took this over')
    return
  }
  log.warn({ event: `${kind}.failed`, kind, library, recordId, attempts, err: error }, 'a piece of work failed; it comes due again')
  const isOurs = findCode(error) === undefined && !(error instanceof NotAnnotatedError) && !(error instanceof SearchUnavailableError)
  await failWork(db, actor, item, { message: sentenceOf(error), permanent: isOurs && attempts >= attemptsMax })
}

/** Operators read it, so no value of a statement may stand in it. */
function sentenceOf(error: unknown): string {
  const { name, message, code, sqlState } = describeError(error)
  return typeof message === 'string' ? message : [name, sqlState ?? code].filter((part) => typeof part === 'string').join(' ')
}
