import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export type BreakableLine = {
  url: string
  /** Ends every connection and takes no new ones. */
  cut: () => void
  /** Bytes sent from now on are held back in both directions. */
  hang: () => void
  /** Ends every connection, and takes new ones again. */
  mend: () => void
  /** Connections that were ended or refused: the proof that something broke. */
  broken: () => number
  close: () => Promise<void>
}

type State = { sockets: Set<Socket>; is: 'whole' | 'cut' | 'hanging'; broken: number }

/** A line to a server on 127.0.0.1 that can be broken and mended. */
export async function breakableLine(target: string): Promise<BreakableLine> {
  const { hostname, port } = new URL(target)
  const state: State = { sockets: new Set(), is: 'whole', broken: 0 }
  const server = createServer((client) => {
    if (state.is === 'cut') return end(state, client)
    join(state, client, connect({ host: hostname, port: Number(port) }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = new URL(target)
  url.host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const endAll = (then: State['is']) => {
    state.is = then
    for (const socket of state.sockets) end(state, socket)
  }
  return {
    url: url.href,
    cut: () => endAll('cut'),
    hang: () => void (state.is = 'hanging'),
    mend: () => endAll('whole'),
    broken: () => state.broken,
    async close() {
      endAll('cut')
      await once(server.close(), 'close')
    }
  }
}

function end(state: State, socket: Socket): void {
  state.broken += 1
  socket.destroy()
}

function join(state: State, client: Socket, upstream: Socket): void {
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client]
  ] as const) {
    state.sockets.add(socket)
    socket.on('error', () => {})
    socket.on('data', (bytes) => {
      if (state.is !== 'hanging') other.write(bytes)
    })
    socket.on('close', () => {
      state.sockets.delete(socket)
      other.destroy()
    })
  }
}
