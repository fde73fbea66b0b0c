import { tcpFaultProxy, type Fault, type TcpFaultProxy } from '@siku/testing'

const faults: readonly Fault[] = [
  // The answer is lost whole, in its head, in its body; the connection never comes about; the answer comes late.
  { kind: 'cut', afterBytes: 0 },
  { kind: 'cut', afterBytes: 40 },
  { kind: 'cut', afterBytes: 700 },
  { kind: 'refuse' },
  { kind: 'latency', ms: 30 }
]

export type CutConnections = { addresses: readonly string[]; struck: () => number; close: () => Promise<void> }

/** One proxy for each way in which a connection fails a client, all in front of the same server. */
export async function cutConnections(port: number): Promise<CutConnections> {
  const proxies: TcpFaultProxy[] = []
  for (const fault of faults) {
    const proxy = await tcpFaultProxy({ port })
    proxy.inject(fault)
    proxies.push(proxy)
  }
  return {
    addresses: proxies.map((proxy) => `http://127.0.0.1:${proxy.port}`),
    struck: () => proxies.reduce((sum, proxy) => sum + proxy.struck(), 0),
    close: async () => void (await Promise.all(proxies.map((proxy) => proxy.close())))
  }
}
