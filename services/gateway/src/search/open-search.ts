import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@siku/db'
import { createEmbeddedIndex, createMeilisearchIndex, type IntentStore, type SearchIndex } from '@siku/search'
import { followPublished, followThesaurus, startLoop, type Logger, type Opened, type ThesaurusFollower } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import type { SearchPort } from './search-libraries.ts'

export type SearchParts = {
  db: Database
  /** As shipped; what staff changed since is followed. */
  thesaurus: Thesaurus
  log: Logger
  newId: () => string
  /** The search engine all processes share; without it this process searches its own copy of what is published. */
  engine?: { url: string; key?: string | undefined }
}

const retryMs = 1_000
const editionEveryMs = 2_000

/** Opens what the gateway searches. A copy of its own is filled in the background; the door is open meanwhile. */
export function openSearch(
  opened: Opened,
  { db, thesaurus: shipped, log, newId, engine }: SearchParts
): SearchPort & { index: SearchIndex } {
  const follower = followThesaurus(db, shipped)
  const editionNow = async () => (await follower.refresh()).inForceThesaurus.edition
  if (engine) {
    followEdition(opened, editionNow, log)
    const { url, key } = engine
    const index = opened.use(
      'search engine',
      createMeilisearchIndex({ url, log, newId, intents: readsOnly, ...(key === undefined ? {} : { key }) })
    )
    return searchPort(index, follower, Promise.resolve())
  }
  const index = opened.use('search copy', createEmbeddedIndex())
  const following = opened.use(
    'search follower',
    keepFollowing(() => followPublished({ db, index, edition: editionNow, log }), log)
  )
  return searchPort(index, follower, following.caughtUp)
}

/** Queries are read with the edition that lists are in, as records are. */
const searchPort = (index: SearchIndex, follower: ThesaurusFollower, caughtUp: Promise<unknown>): SearchPort & { index: SearchIndex } => ({
  index,
  caughtUp,
  get thesaurus() {
    return follower.inForce()
  }
})

/** A copy asks before every pass; without one the edition is asked for by the clock. */
function followEdition(opened: Opened, editionNow: () => Promise<string>, log: Logger): void {
  const pass = async () => {
    await editionNow()
    return 'idle' as const
  }
  const onError = (error: unknown) => log.warn({ event: 'search.edition-unknown', err: error }, 'the thesaurus in force could not be read')
  opened.use('thesaurus of the search', startLoop({ everyMs: editionEveryMs, pass, onError }))
}

type Follower = Awaited<ReturnType<typeof followPublished>>

/** Begins again until the first copy is whole: a database that is away at the start must not leave the search empty for good. */
export function keepFollowing(follow: () => Promise<Follower>, log: Logger): { caughtUp: Promise<void>; close: () => Promise<void> } {
  const closing = new AbortController()
  let follower: Follower | undefined
  const begin = async () => {
    while (!follower && !closing.signal.aborted) {
      try {
        follower = await follow()
      } catch (error) {
        log.warn({ event: 'search.copy-failed', err: error }, 'the copy of published records could not be made; trying again')
        await delay(retryMs, undefined, { signal: closing.signal }).catch(() => undefined)
      }
    }
  }
  const caughtUp = begin()
  return {
    caughtUp,
    close: async () => {
      closing.abort()
      await caughtUp
      await follower?.close()
    }
  }
}

const refuse = async (): Promise<never> => {
  throw new Error('The gateway only searches; the libraries write to the index')
}
const readsOnly: IntentStore = { intend: refuse, recordTask: refuse, settle: refuse, openIntents: async () => [] }
