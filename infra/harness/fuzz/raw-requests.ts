import { once } from 'node:events'
import { connect } from 'node:net'

export type RawRequest = { what: string; text: string; mayEnd?: true }

const crlf = '\r\n'
const lines = (...all: string[]) => all.join(crlf) + crlf + crlf
const post = 'POST /v1/results HTTP/1.1'
const json = 'Content-Type: application/json'

/** Requests that no client library would send: broken framing, doubled and smuggled headers, endless lines. */
export const rawRequests: readonly RawRequest[] = [
  { what: 'a good request', text: lines('GET /v1/results HTTP/1.1', 'Host: a') },
  { what: 'no host', text: lines('GET /v1/results HTTP/1.1') },
  { what: 'two hosts', text: lines('GET /v1/results HTTP/1.1', 'Host: a', 'Host: b') },
  { what: 'an absolute address', text: lines('GET http://evil.example/v1/results HTTP/1.1', 'Host: a') },
  { what: 'HTTP/1.0', text: lines('GET /v1/results HTTP/1.0') },
  { what: 'HTTP/9.9', text: lines('GET /v1/results HTTP/9.9', 'Host: a') },
  { what: 'a method nobody knows', text: lines('FROB /v1/results HTTP/1.1', 'Host: a') },
  { what: 'TRACE', text: lines('TRACE /v1/results HTTP/1.1', 'Host: a') },
  { what: 'CONNECT', text: lines('CONNECT a:80 HTTP/1.1', 'Host: a'), mayEnd: true },
  { what: 'an asterisk', text: lines('OPTIONS * HTTP/1.1', 'Host: a') },
  {
    what: 'length and chunks at once',
    text: `${lines(post, 'Host: a', json, 'Content-Length: 4', 'Transfer-Encoding: chunked')}0${crlf}${crlf}`
  },
  { what: 'two lengths', text: `${lines(post, 'Host: a', json, 'Content-Length: 2', 'Content-Length: 9')}{}` },
  { what: 'a negative length', text: lines(post, 'Host: a', json, 'Content-Length: -1') },
  { what: 'a length in words', text: lines(post, 'Host: a', json, 'Content-Length: two') },
  {
    what: 'chunks of unknown size',
    text: `${lines(post, 'Host: a', json, 'Transfer-Encoding: chunked')}zz${crlf}{}${crlf}0${crlf}${crlf}`
  },
  {
    what: 'chunks with an extension',
    text: `${lines(post, 'Host: a', json, 'Transfer-Encoding: chunked')}2;a=b${crlf}{}${crlf}0${crlf}${crlf}`
  },
  { what: 'an encoding nobody knows', text: `${lines(post, 'Host: a', json, 'Transfer-Encoding: xchunked')}{}` },
  { what: 'a body that ends early', text: `${lines(post, 'Host: a', json, 'Content-Length: 500')}{"title":`, mayEnd: true },
  { what: 'a header folded over two lines', text: `GET /v1/results HTTP/1.1${crlf}Host: a${crlf}X-A: b${crlf} c${crlf}${crlf}` },
  { what: 'a space before the colon', text: lines('GET /v1/results HTTP/1.1', 'Host : a') },
  { what: 'a NUL in a header', text: lines('GET /v1/results HTTP/1.1', 'Host: a', 'X-A: \u0000') },
  { what: 'a header of 100 kB', text: lines('GET /v1/results HTTP/1.1', 'Host: a', `X-A: ${'a'.repeat(100_000)}`) },
  { what: '3,000 headers', text: lines('GET /v1/results HTTP/1.1', 'Host: a', ...Array.from({ length: 3000 }, (_, n) => `X-${n}: 1`)) },
  { what: 'a path of 100 kB', text: lines(`GET /v1/results/${'a'.repeat(100_000)} HTTP/1.1`, 'Host: a') },
  { what: 'a path with a NUL', text: lines('GET /v1/results/%00 HTTP/1.1', 'Host: a') },
  { what: 'a path that leaves', text: lines('GET /v1/results/../../etc/passwd HTTP/1.1', 'Host: a') },
  { what: 'a path with bytes that are no UTF-8', text: lines('GET /v1/results/%c3%28 HTTP/1.1', 'Host: a') },
  { what: 'two tokens', text: lines('GET /v1/results HTTP/1.1', 'Host: a', 'Authorization: Bearer a', 'Authorization: Bearer b') },
  { what: 'a token of 20 kB', text: lines('GET /v1/results HTTP/1.1', 'Host: a', `Authorization: Bearer ${'a'.repeat(12_000)}`) },
  { what: 'an upgrade', text: lines('GET /v1/results HTTP/1.1', 'Host: a', 'Connection: Upgrade', 'Upgrade: websocket') },
  {
    what: 'an upgrade to HTTP/2',
    text: lines(
      'GET /v1/results HTTP/1.1',
      'Host: a',
      'Connection: Upgrade, HTTP2-Settings',
      'Upgrade: h2c',
      'HTTP2-Settings: AAMAAABkAAQAAP__'
    )
  },
  { what: 'an expectation', text: `${lines(post, 'Host: a', json, 'Expect: 100-continue', 'Content-Length: 2')}{}` },
  { what: 'two requests in one go', text: lines('GET /health/live HTTP/1.1', 'Host: a') + lines('GET /v1/results HTTP/1.1', 'Host: a') },
  { what: 'line feeds alone', text: 'GET /v1/results HTTP/1.1\nHost: a\n\n' },
  { what: 'no HTTP at all', text: '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003' },
  { what: 'nothing', text: '', mayEnd: true }
]

/**
 * Sends bytes as they are and gives the status of each answer; none is a closed connection. What can never be a whole request is followed
 * by the end of the connection, all else waits for its answer.
 */
export async function sendRaw(port: number, { text, mayEnd }: RawRequest, patienceMs: number): Promise<number[]> {
  const socket = connect({ host: '127.0.0.1', port })
  const chunks: Buffer[] = []
  socket.on('error', () => undefined)
  socket.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
    socket.setTimeout(quietMs)
  })
  socket.setTimeout(patienceMs, () => socket.destroy())
  const bytes = Buffer.from(text, 'latin1')
  if (mayEnd) socket.end(bytes)
  else socket.write(bytes)
  await once(socket, 'close')
  return [
    ...Buffer.concat(chunks)
      .toString('latin1')
      .matchAll(/^HTTP\/1\.1 (\d{3})/gm)
  ].map(([, status]) => Number(status))
}

/** After the last byte of an answer nothing more comes for so long. */
const quietMs = 200
