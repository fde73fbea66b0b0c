import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import type { Socket } from 'node:net'
import t from 'tap'
import { tcpFaultProxy, untilTrue } from '../src/index.ts'
import type { Teardown } from '../src/index.ts'

t.test('Without a fault every byte passes both ways', async (t) => {
  const { ask, proxy } = await echoBehindProxy(t)
  t.equal(await ask('hello'), 'HELLO')
  t.equal(proxy.struck(), 0)
  t.equal(proxy.url('redis://elsewhere:6379/3'), `redis://127.0.0.1:${proxy.port}/3`)
})

t.test('Latency delays each way', async (t) => {
  const { ask, proxy } = await echoBehindProxy(t)
  proxy.inject({ kind: 'latency', ms: 60 })
  const from = performance.now()
  t.equal(await ask('slow'), 'SLOW')
  t.ok(performance.now() - from >= 110, 'once for the request and once for the answer')
  t.equal(proxy.struck(), 2)
})

t.test('A stall holds bytes back until it is lifted, in order', async (t) => {
  const { client, proxy } = await echoBehindProxy(t)
  const received = collect(client)
  proxy.inject({ kind: 'stall' })
  client.write('one ')
  await untilTrue(() => proxy.struck() === 1)
  client.write('two')
  t.equal(received(), '')
  proxy.lift()
  await untilTrue(() => received() === 'ONE TWO')
  t.pass('all of it came')
})

t.test('A cut lets so many bytes of the answer pass and resets the connection', async (t) => {
  const { client, proxy } = await echoBehindProxy(t)
  const received = collect(client)
  proxy.inject({ kind: 'cut', afterBytes: 4 })
  const failed = closing(client)
  client.write('abcdefgh')
  await failed
  t.equal(received(), 'ABCD')
  t.equal(proxy.struck(), 1)
  t.equal(proxy.connections(), 0)
})

t.test('Refused connections are reset at once, open ones go on', async (t) => {
  const { ask, proxy } = await echoBehindProxy(t)
  t.equal(await ask('before'), 'BEFORE')
  proxy.inject({ kind: 'refuse' })
  const second = connect(proxy.port, '127.0.0.1')
  second.on('error', () => {})
  await closing(second)
  t.equal(proxy.struck(), 1)
  t.equal(await ask('still here'), 'STILL HERE')
})

t.test('Half-open: the server hears, the client does not, and the connection stays', async (t) => {
  const { client, proxy, heard } = await echoBehindProxy(t)
  const received = collect(client)
  proxy.inject({ kind: 'half-open' })
  client.write('into the void')
  await untilTrue(() => proxy.struck() === 1)
  t.equal(heard(), 'into the void')
  t.equal(received(), '')
  t.equal(proxy.connections(), 1)
  t.notOk(client.destroyed)
})

t.test('Resetting all ends every open connection and says how many', async (t) => {
  const { ask, client, proxy } = await echoBehindProxy(t)
  await ask('open')
  const closed = closing(client)
  t.equal(proxy.resetAll(), 1)
  await closed
  t.equal(proxy.connections(), 0)
})

async function echoBehindProxy(t: Teardown) {
  let heard = ''
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      heard += bytes.toString()
      socket.write(bytes.toString().toUpperCase())
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  const proxy = await tcpFaultProxy({ port })
  const client = connect(proxy.port, '127.0.0.1')
  client.on('error', () => {})
  await once(client, 'connect')
  t.teardown(async () => {
    client.destroy()
    await proxy.close()
    server.close()
  })
  const ask = async (text: string) => {
    client.write(text)
    const [bytes] = await once(client, 'data')
    return String(bytes)
  }
  return { ask, client, proxy, heard: () => heard }
}

function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}

function collect(socket: Socket): () => string {
  let received = ''
  socket.on('data', (bytes) => {
    received += bytes.toString()
  })
  return () => received
}
