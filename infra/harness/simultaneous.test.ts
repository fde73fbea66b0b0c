import { createLogger, deriveOwnerKey, openedThings, ownerKeyWith, systemNow } from '@siku/service-kit'
import { testDatabase, testRolePassword } from '@siku/testing'
import postgres from 'postgres'
import t from 'tap'
import { databaseUrls } from '../dev/installation/database-urls.ts'
import { openInstallation, type Installation } from '../dev/installation/open-installation.ts'
import { serviceCaller, type CallService } from '../dev/seed/call-service.ts'
import { step, submitRecord, type Posted } from '../dev/seed/post-record.ts'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { clean, judge } from './durability/judge.ts'
import type { Told } from './durability/load-client.ts'
import { planPostings, type PlannedPosting } from './durability/postings.ts'
import { scale } from './scale.ts'

/** R-A8: counterparts published at the same moment find each other, each pair once. */
const pairs = 500 * scale
const secret = 'simultaneous-secret-simultaneous-secret'
const log = createLogger({ name: 'harness', level: 'silent' })

t.test(`${pairs} technologies and ${pairs} demands published at once miss nobody`, { timeout: 600_000 }, async (t) => {
  const database = await testDatabase(t)
  const opened = openedThings(log)
  t.teardown(() => opened.close())
  const urls = databaseUrls(database.ownerUrl, () => testRolePassword)
  const installation = await openInstallation(opened, { urls, secret, log, port: 0 })
  const { call, close } = serviceCaller({ services: installation.services, sign: installation.keyRing.sign, connections: 24 })
  t.teardown(close)

  const postings = planPostings(pairs * 2, ownerKeyWith(deriveOwnerKey(secret)), systemNow())
  const waiting = await submitAll(call, postings)
  const told = await publishAtOnce(call, waiting)
  t.equal(told.filter(({ outcome }) => outcome === 'ok').length, pairs * 2, 'all were published')
  await waitUntilQuiet(installation.matching.db, { timeoutMs: 240_000 })

  const judgement = await look(installation, database.ownerUrl, told)
  t.comment(`${judgement.matchesStored} matches`)
  t.match(judgement, clean, 'the matches are those of brute force, each once')
  t.ok(judgement.matchesStored >= pairs, 'and there are at least as many as pairs')

  const owner = postgres(database.ownerUrl, { max: 1 })
  await owner`delete from matching.match where id in (select id from matching.match limit 1)`
  await owner.end()
  t.equal((await look(installation, database.ownerUrl, told)).matchesMissing.length, 1, 'control: one match gone is seen')
})

async function submitAll(call: CallService, postings: PlannedPosting[]): Promise<{ posting: PlannedPosting; record: Posted }[]> {
  const submitted: { posting: PlannedPosting; record: Posted }[] = []
  const queue = [...postings]
  const work = async () => {
    for (let posting = queue.shift(); posting !== undefined; posting = queue.shift())
      submitted.push({ posting, record: await submitRecord(call, posting) })
  }
  await Promise.all(Array.from({ length: 12 }, work))
  return submitted
}

/** Every approval is sent before the first is answered. */
async function publishAtOnce(call: CallService, waiting: { posting: PlannedPosting; record: Posted }[]): Promise<Told[]> {
  return Promise.all(
    waiting.map(async ({ posting: { key, library, reviewer, draft }, record }): Promise<Told> => {
      const title = (draft as { title: string }).title
      const approved = await step(call, { library, actor: reviewer, record, name: 'approve' }).catch(() => undefined)
      return { key, library, title, id: record.id, outcome: approved ? 'ok' : 'fail' }
    })
  )
}

const look = ({ matching, thesaurus }: Installation, ownerUrl: string, told: Told[]) =>
  judge({ ownerUrl, db: matching.db, told, thesaurus, now: systemNow() })
