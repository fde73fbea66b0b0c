import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ProcessMemory } from './process-memory.ts'

export type ChildServer = { address: string; memory: () => Promise<ProcessMemory>; close: () => Promise<void> }

/** Starts a file as a child that says something once it is open, ends when it is let go, and in between is asked things, such as its memory. */
export async function childProcess<T>(file: string, env: Record<string, string> = {}) {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', import.meta.resolve('tsx'), '--conditions=siku-src'],
    env: { ...process.env, ...env }
  })
  const gone = once(child, 'exit')
  const said = async (): Promise<unknown> => {
    const answer = await Promise.race([once(child, 'message'), gone.then(() => undefined)])
    if (!answer) throw new Error(`${file} ended before it answered`)
    return answer[0] as unknown
  }
  const opened = (await said()) as T
  const ask = async (question: object | string): Promise<unknown> => {
    child.send(question)
    return said()
  }
  return {
    opened,
    ask,
    memory: async () => (await ask('memory')) as ProcessMemory,
    close: async () => {
      if (child.connected) child.disconnect()
      await gone
    }
  }
}

/** Starts a server file as a child and waits for the address it listens on. */
export async function childServer(file: string, env?: Record<string, string>): Promise<ChildServer> {
  const { opened, memory, close } = await childProcess<{ address: string }>(file, env)
  return { memory, close, address: opened.address }
}
