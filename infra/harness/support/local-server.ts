import type { Teardown } from '@siku/testing'
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'

/** A server on a free port of this machine for as long as the test runs; gives its address. */
export async function localServer(t: Teardown, answer: RequestListener): Promise<string> {
  // The gateway is asked without a wire here, and what is too long for one must not be lost before it is looked at.
  const server = createServer({ maxHeaderSize: 1024 * 1024 }, answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
