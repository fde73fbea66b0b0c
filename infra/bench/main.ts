import { parseArgs } from 'node:util'
import { benchCreateCall } from './create-call.ts'
import { benchHealthRoute } from './health-route.ts'
import { benchProposalLatency } from './proposal-latency.ts'
import { openScene } from './scene.ts'

/** Prints each measured goal beside its reference, taken in one run; nothing is stored and nothing fails by a figure. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, postings: { type: 'string', default: '400' }, only: { type: 'string' } }
})
const rounds = Number(values.rounds)
const benches: Record<string, (scene: Awaited<ReturnType<typeof openScene>>) => Promise<void>> = {
  P1: (scene) => benchHealthRoute(scene, rounds),
  P4: (scene) => benchCreateCall(scene, rounds),
  P7: (scene) => benchProposalLatency(scene, Number(values.postings))
}

const scene = await openScene()
try {
  for (const [id, bench] of Object.entries(benches)) if (values.only === undefined || values.only === id) await bench(scene)
} finally {
  await scene.close()
}
