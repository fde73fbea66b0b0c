import { serviceActor, type Actor } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { castOf, need, type Cast } from './canary/cast.ts'
import { failOnPurpose } from './canary/fail-on-purpose.ts'
import { openCanary, type Canary } from './canary/open-canary.ts'
import { postMarked, setMachineStates } from './canary/post-marked.ts'
import { hearAll, readingQuestions } from './canary/read-everything.ts'
import { scanStored } from './canary/scan-stored.ts'
import { searchAll } from './canary/search-all.ts'
import { mayMeet, tokenMaker, tokensIn, type TokenMaker } from './canary/tokens.ts'

/**
 * R-D5 and R-H7: a token in every field that is not for everybody, in records of several organisations of a whole installation; then
 * everybody reads everything. No token may turn up where it is not allowed: in answers, search, logs, ledger, queue, index rows, audit.
 */
t.setTimeout(600_000)
const quietMs = 120_000
const see = serviceActor('service:index', 'canary')

async function approveMatch({ ask, owner }: Canary, maker: TokenMaker, { staff }: Cast): Promise<string[]> {
  const rows = await owner.withRead(see, (tx) =>
    tx.execute<{ id: string; revision: number; uncleared: boolean }>(
      sql`select id, revision, uncleared from matching.match order by uncleared, id`
    )
  )
  const [first] = rows
  if (!first) throw new Error('nothing was matched')
  const note = maker.word({ kind: 'match note', what: 'note on a match', ownerId: '' })
  const { status, text } = await ask({
    actor: need(staff, 'match-officer'),
    service: 'matching',
    method: 'POST',
    url: `/v1/matches/${first.id}/approve`,
    body: { note },
    headers: { 'if-match': `"r${first.revision}"` }
  })
  if (status !== 200) throw new Error(`approving was answered ${status}: ${text}`)
  return [...rows].map(({ id }) => id)
}

t.test('no token turns up where it is not allowed', async (t) => {
  const canary = await openCanary(t)
  const maker = tokenMaker()
  const cast = castOf(canary, maker)
  const states = new Map<string, string>()
  const records = await postMarked(canary, maker, cast, states)
  await setMachineStates(canary, states)
  await waitUntilQuiet(canary.matching.db, { timeoutMs: quietMs })
  const matchIds = await approveMatch(canary, maker, cast)
  const [first] = records
  if (!first) throw new Error('nothing was posted')
  const statuses = await failOnPurpose(canary, maker, cast, first)
  t.ok(
    statuses.every((status) => status >= 400 && status < 500),
    `refused on purpose: ${statuses.join()}`
  )
  t.comment(
    `${records.length} records, ${matchIds.length} matches, ${maker.tokens.length} tokens; confidential fields: ${[...new Set(records.flatMap(({ confidentialFields }) => confidentialFields))].join(', ')}`
  )

  const questions = readingQuestions(records, matchIds)
  const { tokens } = maker
  const wrong: string[] = []
  const met = new Map<string, Set<string>>()
  const judge = (name: string, actor: Actor, { url, text }: { url: string; text: string }) => {
    for (const token of tokensIn(text, tokens)) {
      met.set(token.what, (met.get(token.what) ?? new Set()).add(name))
      if (!mayMeet(actor, token)) wrong.push(`${name} met ${token.what} (${token.kind}) at ${url}`)
    }
  }
  for (const [name, actor] of Object.entries({ ...cast.owners, ...cast.readers, ...cast.staff })) {
    const heard = await hearAll(canary.ask, actor, questions)
    if (heard.some(({ status }) => status >= 500)) wrong.push(`${name} was answered ${heard.find(({ status }) => status >= 500)?.text}`)
    for (const { url, text, head } of heard) judge(name, actor, { url, text: text + head })
  }
  for (const { name, actor, text } of await searchAll(canary, maker, cast)) judge(`search by ${name}`, actor, { url: '/v1/search', text })
  t.same([...new Set(wrong)].slice(0, 60), [], `${questions.length} questions by each reader`)
  await judgeControls(t, { canary, maker, met })
})

/** That nothing was found is worth something only where what is allowed was found. */
async function judgeControls(
  t: Test,
  { canary, maker, met }: { canary: Canary; maker: TokenMaker; met: Map<string, Set<string>> }
): Promise<void> {
  const { tokens } = maker
  const unmet = tokens.filter(({ kind, what }) => !met.has(what) && kind !== 'reason for reading').map(({ what }) => what)
  t.same([...new Set(unmet)], [], 'control: every token was met by somebody who may')
  const title = [...(met.get('technology-reserve title') ?? [])]
  t.ok(
    title.includes('visitor') && title.includes('search by visitor'),
    'control: a token in a public field is met by a visitor, also in search'
  )

  const stored = await scanStored(canary.owner, tokens)
  t.comment(`${stored.tables} tables, ${stored.rows} rows; ${canary.lines.length} lines of log`)
  t.same(stored.found, [], 'no token stands in ledger, queue, index rows, audit or remembered requests')
  const asSecret = tokens.map((token) => ({ ...token, kind: 'confidential' as const }))
  t.ok(
    (await scanStored(canary.owner, asSecret)).found.some((text) => text.startsWith('published.document')),
    'control: the scan finds a token that stands in a row'
  )

  const logged = () => tokensIn(canary.lines.join('\n'), tokens).map(({ what }) => what)
  t.ok(canary.lines.length > 500, 'everything was logged')
  t.same([...new Set(logged())], [], 'no token stands in the log')
  canary.log.info({ reason: tokens[0]?.text }, 'control')
  t.same(logged(), [tokens[0]?.what], 'control: a token that is logged is found')
}
