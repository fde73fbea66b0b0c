import { once } from 'node:events'
import { connect } from 'node:net'
import { Readable } from 'node:stream'
import t from 'tap'
import { Note, notes, type Answer } from './support/notes.ts'
import { as, testService } from './support/service.ts'

t.test('a strict door', async (t) => {
  const { app } = await testService(t, notes, { schemas: [Note] })
  const send = (payload: string | object, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/v1/notes',
      payload,
      headers: { 'content-type': 'application/json', ...as('memberOfA'), ...headers }
    })

  const bodies: [what: string, payload: string | object, pointer: string, detail: RegExp][] = [
    ['a field nobody knows', { title: 'a', role: 'admin' }, '/role', /is not a field here; known are title, mode/],
    ['a misspelt field', { titel: 'a' }, '/titel', /did you mean title/],
    ['a missing field', {}, '/title', /is required/],
    ['no body', '', '', /is required; send a JSON object/],
    ['a list for an object', [], '', /must be an object; this one is a list/],
    ['a number for a string', { title: 5 }, '/title', /must be a string; this one is a number/],
    ['a string for a number', { title: 'a', count: '5' }, '/count', /must be an integer; this one is a string/],
    ['an over-long text, counted in code points', { title: '𝒳'.repeat(9) }, '/title', /at most 8 characters; this one has 9/],
    ['an empty text', { title: '' }, '/title', /must not be empty/],
    ['an unknown code', { title: 'a', mode: 'gift' }, '/mode', /must be one of licence, sale; this one is gift/],
    ['a day that does not exist', { title: 'a', day: '2026-02-30' }, '/day', /YYYY-MM-DD/],
    [
      'a code turned into a number',
      '{"title":"a","inner":{"code":4005004}}',
      '/inner/code',
      /must be a string; this one is a number \(Digits kept as a string, such as 04005004\)/
    ],
    ['a NUL', '{"title":"a\\u0000"}', '/title', /NUL/],
    ['half a surrogate pair', '{"title":"a\\ud83d"}', '/title', /surrogate/],
    ['half a pair in a key', '{"title":"a","\\udc00":1}', '/\udc00'.toWellFormed(), /surrogate/],
    ['a key given twice', '{"title":"a","title":"b"}', '/title', /given twice/],
    ['the same key in other letters of JSON', '{"title":"a","t\\u0069tle":"b"}', '/title', /given twice/],
    ['__proto__', '{"title":"a","__proto__":{"x":1}}', '/__proto__', /is not a field here/],
    ['constructor', '{"title":"a","constructor":{"prototype":{}}}', '/constructor', /is not a field here/],
    ['a number out of range', '{"title":"a","count":1e999}', '/count', /out of range/],
    ['an integer that loses digits', '{"title":"a","count":9007199254740993}', '/count', /would lose digits/],
    ['deep nesting', `{"title":${'['.repeat(5000)}${']'.repeat(5000)}}`, '', /nested deeper than 32/]
  ]
  for (const [what, payload, pointer, detail] of bodies) {
    t.test(`refuses ${what} and points at it`, async (t) => {
      const answer = await send(payload)
      t.equal(answer.statusCode, 400)
      t.match(answer.headers['content-type'], /^application\/problem\+json/)
      const { errors = [] } = answer.json<Answer>()
      t.match(errors.find((error) => error.pointer === pointer)?.detail, detail)
    })
  }

  const types: [what: string, headers: Record<string, string>, status: number][] = [
    ['text/plain', { 'content-type': 'text/plain' }, 415],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['XML', { 'content-type': 'application/xml' }, 415],
    ['JSON in another charset', { 'content-type': 'application/json; charset=latin1' }, 415],
    ['a type with a tab', { 'content-type': 'application/json\ta' }, 415],
    ['a type behind a space', { 'content-type': ' text/plain' }, 415],
    ['JSON by a longer name', { 'content-type': 'application/jsonp' }, 415],
    ['no type at all', { 'content-type': '' }, 415],
    ['JSON in capitals', { 'content-type': 'APPLICATION/JSON; charset=UTF-8' }, 400],
    ['a merge patch', { 'content-type': 'application/merge-patch+json' }, 400]
  ]
  for (const [what, headers, status] of types) {
    t.test(`a body of ${what} is validated or refused, never let past`, async (t) => {
      const answer = await send(JSON.stringify({ title: 'a', role: 'admin' }), headers)
      t.equal(answer.statusCode, status)
      t.match(answer.json<Answer>().code, /^SIKU_REQUEST_/)
    })
  }

  t.test('refuses bytes that are no UTF-8 instead of replacing them', async (t) => {
    const broken = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')])
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/notes',
      payload: broken,
      headers: { 'content-type': 'application/json', ...as('memberOfA') }
    })
    t.equal(answer.statusCode, 400)
    t.equal(answer.json<Answer>().code, 'SIKU_REQUEST_JSON_MALFORMED')
  })

  t.test('refuses a 10 MB body with 413, announced or not', async (t) => {
    const large = Buffer.from(JSON.stringify({ title: 'x'.repeat(10_000_000) }))
    t.equal((await send(large)).statusCode, 413)
    const unannounced = await send(Readable.from([large.subarray(0, 900_000), large.subarray(900_000)]))
    t.equal(unannounced.statusCode, 413)
    t.equal(unannounced.json<Answer>().code, 'SIKU_REQUEST_BODY_TOO_LARGE')
    t.equal((await send('{')).statusCode, 400, 'and cut-off JSON with 400')
  })

  t.test('refuses NUL and unknown parameters in the query, and says which', async (t) => {
    const answer = await app.inject({ url: '/v1/notes/1?limit=10&page=2' })
    t.equal(answer.statusCode, 400)
    t.strictSame(new Set(answer.json<Answer>().errors?.map(({ pointer }) => pointer)), new Set(['/query/limit', '/query/page']))
    t.equal((await app.inject({ url: '/v1/notes/1?tag=%00' })).json<Answer>().errors?.[0]?.pointer, '/query/tag')
    t.equal((await app.inject({ url: '/v1/notes/a%00b' })).json<Answer>().errors?.[0]?.pointer, '/params/id')
    t.equal((await app.inject({ url: '/v1/notes/%zz' })).json<Answer>().code, 'SIKU_REQUEST_PATH_MALFORMED')
    t.equal((await app.inject({ url: '/v1/notes/1?limit=1&limit=2' })).statusCode, 400)
  })

  t.test('reads numbers and lists of the query, with defaults', async (t) => {
    t.match((await app.inject({ url: '/v1/notes/1?tag=a' })).json(), { count: 5, title: 'a' })
    t.match((await app.inject({ url: '/v1/notes/1?tag=a&tag=b&limit=2' })).json(), { count: 2, title: 'a+b' })
  })

  t.test('takes no body where none is asked for', async (t) => {
    const publish = (payload?: object) =>
      app.inject({ method: 'POST', url: '/v1/notes/1/publish', headers: as('reviewer'), ...(payload ? { payload } : {}) })
    t.equal((await publish()).statusCode, 200)
    t.equal((await publish({})).statusCode, 200)
    t.equal((await publish({ force: true })).json<Answer>().detail, 'The request does not fit: this route takes no body')
  })

  t.test('stores text exactly as sent', async (t) => {
    const title = 'e\u0301ﬁ '
    t.equal((await send({ title })).json<{ title: string }>().title, title)
  })

  t.test('a PATCH gets no defaults, so that an absent field stays as it was', async (t) => {
    const answer = await app.inject({
      method: 'PATCH',
      url: '/v1/notes/1',
      payload: {},
      headers: { ...as('memberOfA'), 'if-match': '"r7"' }
    })
    t.equal(answer.json<{ count: number }>().count, -1)
  })

  t.test('a request broken on the wire is answered or dropped, and the next one is served', async (t) => {
    await app.listen({ host: '127.0.0.1', port: 0 })
    const address = app.server.address()
    const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
    socket.end('POST /v1/notes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{"title":')
    socket.resume()
    await once(socket, 'close')
    t.equal((await app.inject({ url: '/health/live' })).statusCode, 200)
  })
})
