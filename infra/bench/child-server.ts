import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type ChildServer = { address: string; close: () => Promise<void> }

/** Starts a server file as a child and waits for the address it listens on. */
export async function childServer(file: string, env: Record<string, string> = {}): Promise<ChildServer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', import.meta.resolve('tsx'), '--conditions=siku-src'],
    env: { ...process.env, ...env }
  })
  const [message] = (await once(child, 'message')) as [{ address: string }]
  return {
    address: message.address,
    close: async () => {
      const gone = once(child, 'exit')
      child.disconnect()
      await gone
    }
  }
}
