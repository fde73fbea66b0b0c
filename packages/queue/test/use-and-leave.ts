import { createQueue } from '../src/index.ts'

const [kind, url = ''] = process.argv.slice(2)
const backend = kind === 'redis' ? ({ kind, url } as const) : ({ kind: 'postgres', url } as const)

const queue = createQueue({ backend, log: { info: () => {}, warn: () => {} } })
await queue.listen('leaving', async () => {})
process.stdout.write(await queue.hint('leaving', ['1']))
await queue.close()
