import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '@siku/db'
import { createEmbeddedIndex, createMeilisearchIndex, type IntentStore, type SearchIndex } from '@siku/search'
import { followPublished, type Logger, type Opened } from '@siku/service-kit'
import type { Thesaurus } from '@siku/thesaurus'
import type { SearchPort } from './search-libraries.ts'

export type SearchParts = {
  db: Database
  thesaurus: Thesaurus
  log: Logger
  newId: () => string
  /** The search engine all processes share; without it this process searches its own copy of what is published. */
  engine?: { url: string; key?: string | undefined }
}

const retryMs = 1_000

/** Opens what the gateway searches. A copy of its own is filled in the background; the door is open meanwhile. */
export function openSearch(opened: Opened, { db, thesaurus, log, newId, engine }: SearchParts): SearchPort & { index: SearchIndex } {
  if (engine) {
    const { url, key } = engine
    const index = opened.use(
      'search engine',
      createMeilisearchIndex({ url, log, newId, intents: readsOnly, ...(key === undefined ? {} : { key }) })
    )
    return { index, thesaurus, caughtUp: Promise.resolve() }
  }
  const index = opened.use('search copy', createEmbeddedIndex())
  const following = opened.use(
    'search follower',
    keepFollowing(() => followPublished({ db, index, edition: thesaurus.edition, log }), log)
  )
  return { index, thesaurus, caughtUp: following.caughtUp }
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
