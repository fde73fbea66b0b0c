import { collectionOf, serviceActor, staffRoles, type Actor, type LibraryName } from '@siku/contracts'
import { sql } from 'drizzle-orm'
import t, { type Test } from 'tap'
import { waitUntilQuiet } from '../dev/seed/wait-until-quiet.ts'
import { markedRecord, type MarkedRecord } from './canary/marked-records.ts'
import { openCanary, type Canary } from './canary/open-canary.ts'
import { hearAll, readingQuestions } from './canary/read-everything.ts'
import { scanStored } from './canary/scan-stored.ts'
import { mayMeet, tokenMaker, tokensIn, type TokenMaker } from './canary/tokens.ts'
import { draftOf } from './support/drafts.ts'
import { organisations, personOf, visitor, type HarnessOrganisation } from './support/people.ts'

/**
 * R-D5 and R-H7: a token in every field that is not for everybody, in records of several organisations of a whole installation; then
 * everybody reads everything. No token may turn up where it is not allowed: in answers, search, logs, ledger, queue, index rows, audit.
 */
t.setTimeout(600_000)
const quietMs = 120_000
const byPeople = ['restricted', 'prohibited', 'dual-use', 'undetermined']
const see = serviceActor('service:index', 'canary')

type Cast = {
  owners: Record<'a' | 'b' | 'kenya' | 'institution', Actor>
  readers: Record<string, Actor>
  staff: Record<string, Actor>
  organisationOf: Record<string, HarnessOrganisation>
}

/** The owners' names are tokens themselves: records of theirs are public without them. */
function castOf({ keyOf }: Canary, maker: TokenMaker): Cast {
  const named = (key: keyof typeof organisations) => {
    const of = organisations[key]
    return { ...of, name: maker.word({ kind: 'owner name', what: `name of ${key}`, ownerId: of.id }) }
  }
  const organisationOf = {
    a: named('a'),
    b: named('b'),
    kenya: named('kenya'),
    institution: named('institution'),
    pending: organisations.pending,
    france: organisations.france,
    commission: organisations.commission
  }
  const person = (name: string, of: keyof typeof organisationOf, role: Actor['roles'][number]) =>
    personOf({ name, of: organisationOf[of], roles: [role], keyOf })
  const owners = {
    a: person('owner', 'a', 'member'),
    b: person('another organisation', 'b', 'member'),
    kenya: person('mission of Kenya', 'kenya', 'mission-officer'),
    institution: person('institution editor', 'institution', 'institution-editor')
  }
  const readers = {
    visitor,
    pending: person('pending', 'pending', 'member'),
    france: person('mission of France', 'france', 'mission-officer'),
    administrator: person('own administrator', 'a', 'org-admin'),
    operator: person('operator', 'commission', 'operator')
  }
  const staff = Object.fromEntries([...staffRoles].map((role) => [role, person(role, 'commission', role)]))
  return { owners, readers, staff: { ...staff, second: person('second compliance', 'commission', 'compliance') }, organisationOf }
}

const need = (staff: Record<string, Actor>, name: string): Actor => {
  const found = staff[name]
  if (!found) throw new Error(`nobody is ${name}`)
  return found
}

/** A title that still says what it is about, for without that nothing is matched. */
const titled = (library: LibraryName, token: string) => `${String(draftOf(library).title)} ${token}`

/** Posts what is marked; what stands under export control is assessed, cleared where others are to see it. */
async function postMarked(
  { ask }: Canary,
  maker: TokenMaker,
  { owners, staff }: Cast,
  states: Map<string, string>
): Promise<MarkedRecord[]> {
  const marking = (author: Actor, over = {}) => ({
    ask,
    maker,
    author,
    reviewer: need(staff, 'reviewer'),
    over: { visibility: 'public-anonymous', ...over }
  })
  const assess = async (record: MarkedRecord, state: string) => {
    const url = `/v1/${collectionOf[record.library]}/${record.id}/control`
    const note = maker.word({ kind: 'control note', what: `${record.library} control note`, ownerId: record.ownerId })
    for (const [actor, step, body] of [
      [need(staff, 'compliance'), 'assess', { state, note }],
      [need(staff, 'second'), 'confirm', undefined]
    ] as const) {
      const answer = await ask({
        actor,
        service: record.library,
        method: 'POST',
        url: `${url}/${step}`,
        body,
        headers: { 'if-match': `"r${record.revision}"` }
      })
      if (answer.status !== 200) throw new Error(`${step} was answered ${answer.status}: ${answer.text}`)
      record.revision += 1
    }
  }
  const shown = (author: Actor, library: LibraryName) => ({
    title: titled(library, maker.word({ kind: 'public', what: `${library} title`, ownerId: author.organisationId ?? '' }))
  })
  const records: MarkedRecord[] = []
  for (const author of [owners.a, owners.b]) {
    const technology = await markedRecord('technology-reserve', marking(author, shown(author, 'technology-reserve')))
    await assess(technology, 'not-listed')
    records.push(technology, await markedRecord('project-results', marking(author)))
  }
  for (const author of [owners.b, owners.kenya]) records.push(await markedRecord('cooperation-demand', marking(author)))
  records.push(await markedRecord('platform-institutions', marking(owners.institution)))

  for (const state of ['unassessed', 'restricted', 'prohibited', 'dual-use', 'undetermined', 'machine-flagged', 'secret']) {
    const title = titled(
      'technology-reserve',
      maker.word({ kind: 'uncleared', what: `title of a technology that is ${state}`, ownerId: owners.a.organisationId ?? '' })
    )
    const record = await markedRecord('technology-reserve', marking(owners.a, { title }))
    if (byPeople.includes(state)) await assess(record, state)
    records.push(record)
    states.set(record.id, state)
  }
  return records
}

/** States that no person sets: a machine's flag, and what should never have come in. */
async function setMachineStates({ owner }: Canary, states: ReadonlyMap<string, string>): Promise<void> {
  for (const [id, state] of states) {
    if (state !== 'machine-flagged' && state !== 'secret') continue
    await owner.withTx(see, async (tx) => {
      await tx.execute(sql`update technology_reserve.record set control_state = ${state} where id = ${id}::uuid`)
      await tx.execute(sql`update published.document set control_state = ${state}, revision = revision + 1 where id = ${id}::uuid`)
    })
  }
}

/** Requests that fail, with tokens in them: errors are where logs learn too much. */
async function failOnPurpose({ ask }: Canary, maker: TokenMaker, { owners }: Cast, record: MarkedRecord): Promise<number[]> {
  const path = `/v1/${collectionOf[record.library]}`
  const word = () => maker.word({ kind: 'reason for reading', what: 'text of a refused request', ownerId: record.ownerId })
  const revision = { 'if-match': `"r${record.revision}"` }
  const tries: [string, string, unknown, object?][] = [
    ['POST', path, `{"title":"${word()}"`],
    ['POST', path, { [word()]: 1 }],
    ['POST', path, { title: [word()] }],
    ['PATCH', `${path}/${record.id}`, { country: word() }, revision],
    ['PUT', `${path}/${record.id}/contact`, { name: word(), phone: word() }, revision],
    ['PUT', `${path}/${record.id}/contact`, { name: word(), email: word() }, { 'if-match': '"r9"' }],
    ['GET', `${path}/${word()}`, undefined],
    ['GET', `${path}?cursor=${word()}`, undefined],
    ['GET', `${path}?country=${word()}`, undefined],
    ['GET', `/${word()}`, undefined],
    ['POST', `${path}/${record.id}/merge`, { into: word() }, revision],
    ['POST', `${path}/${record.id}/files?name=${word()}&title=${word()}&confidentiality=owner`, Buffer.from(`<svg>${word()}</svg>`)],
    ['PATCH', `${path}/${record.id}`, { summary: word() }, { 'if-match': '"r9"' }],
    ['POST', path, { title: word() }, { 'idempotency-key': `${word()} ` }]
  ]
  const statuses: number[] = []
  for (const [method, url, body, headers = {}] of tries)
    statuses.push(
      (await ask({ actor: owners.a, service: record.library, method, url, body, headers: headers as Record<string, string> })).status
    )
  return statuses
}

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

/** Search through the public door, as a visitor and as people who signed in. */
async function searchAll(canary: Canary, maker: TokenMaker, cast: Cast): Promise<{ name: string; actor: Actor; text: string }[]> {
  const { owners, readers, organisationOf } = cast
  const people = Object.entries({ a: owners.a, b: owners.b, kenya: owners.kenya, france: readers.france as Actor }).map(
    ([name, actor]) => ({
      actor,
      organisation: organisationOf[name] as HarnessOrganisation,
      email: `${name}@example.org`
    })
  )
  await canary.seat(people)
  const titles = maker.tokens.filter(({ kind }) => kind === 'uncleared' || kind === 'public').map(({ text }) => text)
  const heard: { name: string; actor: Actor; text: string }[] = []
  const visitors: { name: string; actor: Actor; cookie?: string }[] = [{ name: 'visitor', actor: visitor }]
  for (const { actor, email } of people) visitors.push({ name: email, actor, cookie: await canary.signIn(email) })
  for (const { name, actor, cookie } of visitors) {
    for (const q of ['', '淡化', 'desalination', ...titles]) {
      const { status, text, head } = await canary.knock(`/v1/search?q=${encodeURIComponent(q)}&limit=100`, cookie)
      if (status !== 200) throw new Error(`searching was answered ${status}: ${text}`)
      // The query itself is told back by nobody: what is found must come from a record.
      heard.push({ name, actor, text: text + head })
    }
  }
  return heard
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
