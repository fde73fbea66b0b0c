import autocannon from 'autocannon'
import { interleave, printMeasured } from './rounds.ts'
import { childServer } from './child-server.ts'
import type { BenchScene } from './scene.ts'

const connections = 64
const seconds = 3

const requestsPerSecond = (url: string) => async () => {
  const { requests } = await autocannon({ url, connections, duration: seconds })
  return requests.average
}

/** P1: the health route through the whole chassis against a bare Fastify, both in a process of their own. */
export async function benchHealthRoute(scene: BenchScene, rounds: number): Promise<void> {
  const bare = await childServer('./serve.ts')
  try {
    const measured = await interleave(
      [
        { name: 'bare Fastify', run: requestsPerSecond(`${bare.address}/hello`) },
        { name: 'health route', run: requestsPerSecond(`${scene.library.address}/health/live`) }
      ],
      rounds
    )
    const [reference, ours] = measured
    const ratio = (ours?.median ?? 0) / (reference?.median ?? 1)
    printMeasured('P1 health route', 'requests/s', measured, [{ id: 'P1', ratio, atLeast: 0.5, against: 'bare Fastify' }])
  } finally {
    await bare.close()
  }
}
