import { systemFields } from '@siku/contracts'
import { schemasOf } from '@siku/library-kit'
import type { Cases } from '../conformance.ts'
import { ifMatch } from './bench.ts'

const wide = '𠀀'
const arabic = 'ماء'
const loneSurrogate = '\\ud83d'

type Refused = { what: string; over: Record<string, unknown>; pointer: string; status?: number }

const text = (length: number, of: string) => of.repeat(Math.ceil(length / [...of].length)).slice(0, of === wide ? length * 2 : length)

const refused: readonly Refused[] = [
  { what: 'an unknown field', over: { titel: 'x' }, pointer: '/titel' },
  { what: 'a wrong type', over: { title: 7 }, pointer: '/title' },
  { what: 'an empty title', over: { title: '' }, pointer: '/title' },
  { what: 'an unknown code', over: { visibility: 'everybody' }, pointer: '/visibility' },
  { what: 'a record type of another library', over: { recordType: 'XX' }, pointer: '/recordType' },
  { what: 'a title of 257 code points beyond the first plane', over: { title: text(257, wide) }, pointer: '/title' },
  { what: 'a title of 257 Arabic code points', over: { title: text(257, arabic) }, pointer: '/title' },
  { what: 'a summary of 501 code points', over: { summary: text(501, wide) }, pointer: '/summary' },
  { what: 'a description of 4,001 code points', over: { description: text(4001, arabic) }, pointer: '/description' },
  { what: 'a country in words', over: { country: 'China' }, pointer: '/country' },
  {
    what: 'an EEN code turned into a number',
    over: { classification: [{ scheme: 'een-technology', edition: '2024', code: 4005004 }] },
    pointer: '/classification/0/code'
  },
  {
    what: 'two primary sectors',
    over: {
      classification: ['health', 'new-materials'].map((code) => ({
        scheme: 'beijing-high-precision',
        edition: '2017',
        code,
        isPrimary: true
      }))
    },
    pointer: '/classification',
    status: 422
  },
  {
    what: 'two translations into one language',
    over: { translations: ['a', 'b'].map((title) => ({ language: 'fr', title, summary: title, method: 'human', status: 'draft' })) },
    pointer: '/translations/1',
    status: 422
  }
]

export const badInputCases: Cases = (t, bench) => {
  const { call, draft, author, counts, create, edit, rowOf, library } = bench
  const post = (body: unknown, headers = {}) => call({ actor: author, method: 'POST', body, headers })

  t.test('what does not fit is refused with a pointer and a sentence, and nothing is stored', async (t) => {
    const { country } = bench.fixture.draft
    const own: Refused[] = [
      {
        what: 'its own country among those it is meant for',
        over: { targetCountries: ['LA', country] },
        pointer: '/targetCountries/1',
        status: 422
      },
      {
        what: 'a country both meant and excluded',
        over: { targetCountries: ['LA'], excludedCountries: ['LA'] },
        pointer: '/targetCountries/0',
        status: 422
      }
    ]
    const before = await counts()
    for (const { what, over, pointer, status = 400 } of [...refused, ...own]) {
      const answer = await post(draft(over))
      t.equal(answer.status, status, what)
      t.match(answer.headers['content-type'], /^application\/problem\+json/)
      const error = answer.body.errors?.find((line: { pointer: string }) => line.pointer === pointer)
      t.ok(error?.detail.length > 10, `${what} points at ${pointer}: ${JSON.stringify(answer.body.errors)}`)
    }
    for (const name of ['title', 'summary', 'details', 'country', 'visibility']) {
      const { [name]: _left, ...rest } = draft()
      t.match((await post(rest)).body, { status: 400, errors: [{ pointer: `/${name}` }] }, `without ${name}`)
    }
    t.same(await counts(), before)
  })

  t.test('limits count code points: what fills them is taken whole', async (t) => {
    for (const of of [wide, arabic]) {
      const sent = { title: text(256, of), summary: text(500, of), description: text(4000, of) }
      t.match(await create(sent), sent)
    }
  })

  t.test('bytes that are no text, no JSON or too many are refused before anything reads them', async (t) => {
    const before = await counts()
    const raw = JSON.stringify(draft({ title: 'TITLE' }))
    const json = { 'content-type': 'application/json' }
    const tried: [string, string | Buffer, Record<string, string>, number, string?][] = [
      ['NUL', raw.replace('TITLE', '\\u0000'), json, 400, '/title'],
      ['half a surrogate pair', raw.replace('TITLE', loneSurrogate), json, 400, '/title'],
      ['bytes that are not UTF-8', Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]), json, 400],
      ['half a document', raw.slice(0, -3), json, 400],
      ['ten megabytes', JSON.stringify(draft({ description: 'x'.repeat(10_000_000) })), json, 413],
      ['a form', 'title=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
      ['a list', '[]', json, 400]
    ]
    for (const [what, body, headers, status, pointer] of tried) {
      const answer = await post(body, headers)
      t.equal(answer.status, status, `${what}: ${JSON.stringify(answer.body)}`)
      if (pointer) t.match(answer.body.errors, [{ pointer }])
    }
    t.same(await counts(), before)
  })

  t.test('every field the platform sets is refused wherever somebody writes, and the record stays as it was', async (t) => {
    const { draft: sendable, record: shown } = schemasOf(library)
    const ofPlatform = Object.keys(shown.properties).filter((name) => !(name in sendable.properties))
    t.ok(ofPlatform.length >= Object.keys(systemFields).length, ofPlatform.join())
    const columns = [
      'ownerOrganisationId',
      'publishedVersion',
      'handlerId',
      'authors',
      'confirmedLeaks',
      'exposed',
      'position',
      'tombstone',
      'ownerKey'
    ]
    const record = await create()
    const stored = await rowOf(record.id)
    const before = await counts()
    for (const name of [...ofPlatform, ...columns]) {
      const value = record[name] ?? 'x'
      const inBody = await post(draft({ [name]: value }))
      t.equal(inBody.status, 400, `POST ${name}`)
      t.match(inBody.body.errors, [{ pointer: `/${name}` }])
      const { details } = draft() as { details: object }
      t.equal(
        (await post(draft({ details: { ...details, [name === 'state' ? 'recordState' : `${name}_`]: value } }))).status,
        400,
        `POST details ${name}`
      )
      t.equal((await edit(author, record, { [name]: value })).status, 400, `PATCH ${name}`)
      for (const [method, path, body] of writesWith(name, value)) {
        const answer = await call({ actor: author, method, path: `/${record.id}/${path}`, body, headers: ifMatch(record) })
        t.ok(answer.status === 400 || answer.status === 403, `${method} ${path} ${name}: ${answer.status}`)
      }
    }
    t.same(await rowOf(record.id), stored)
    t.same(await counts(), before)
  })
}

/** One body for each route that takes one, complete but for the field that does not belong there; those without a body get only it. */
const writesWith = (name: string, value: unknown): ['POST' | 'PUT', string, object][] => [
  ['POST', 'submit', { [name]: value }],
  ['POST', 'pause', { [name]: value }],
  ['POST', 'withdraw', { [name]: value }],
  ['POST', 'interest', { open: true, [name]: value }],
  ['PUT', 'contact', { name: 'N', [`${name}_`]: value }],
  ['PUT', 'leaks', { keys: ['0123456789abcdef'], [name]: value }]
]
