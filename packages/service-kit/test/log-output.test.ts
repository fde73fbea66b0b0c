import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { patientOnce } from '../src/log-output.ts'

const home = fileURLToPath(new URL('..', import.meta.url))
const chatter = `
  import { createLogger } from '@siku/service-kit'
  const log = createLogger({ name: 'chatter' })
  for (let line = 0; line < 2000; line++) log.warn({ event: 'chatter' }, 'y'.repeat(500))
  process.exit(0)`

t.test('a process whose log nobody reads goes on, and ends when it wants to', async (t) => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--conditions=siku-src', '--input-type=module', '-e', chatter], {
    cwd: home,
    stdio: ['ignore', 'pipe', 'inherit']
  })
  t.teardown(() => child.kill('SIGKILL'))
  child.stdout.pause()
  const [code] = await once(child, 'exit')
  t.equal(code, 0)
})

t.test('refused writes are tried again for a while, and again after the reader has read', async (t) => {
  let now = 10_000
  const retry = patientOnce(() => now)
  t.ok(retry())
  now += 900
  t.ok(retry())
  now += 900
  t.ok(retry())
  now += 900
  t.notOk(retry(), 'patience is over')
  now += 5000
  t.ok(retry(), 'a new row of refusals begins anew')
})
