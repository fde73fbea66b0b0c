import { connect } from 'node:net'
import { TestingError } from './errors.ts'

export type TestRedis = {
  /** Names a logical database this file has to itself. */
  url: string
  /** Forgets everything in it, as a lost Redis would. */
  flush: () => Promise<void>
}

const databases = 15

/** A Redis of one's own, or undefined where none is installed: then the Redis half of a test says so and is left out. */
export async function testRedis(): Promise<TestRedis | undefined> {
  const server = process.env['REDIS_URL']
  if (!server) return undefined
  const { hostname, port } = new URL(server)
  const address = { host: hostname, port: Number(port || 6379) }
  const [taken] = await send(address, [['INCR', 'siku:test:databases']])
  const database = String((Number(taken?.slice(1)) % databases) + 1)
  const flush = async () => {
    await send(address, [['SELECT', database], ['FLUSHDB']])
  }
  await flush()
  return { url: `redis://${hostname}:${address.port}/${database}`, flush }
}

function send(address: { host: string; port: number }, commands: string[][]): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect({ ...address, timeout: 5_000 })
    let received = ''
    socket.once('connect', () => socket.write(commands.map(encode).join('')))
    socket.once('timeout', () => socket.destroy(new Error('no answer within 5 s')))
    socket.once('error', (error) => reject(new TestingError('SIKU_TESTING_REDIS', `Redis cannot be used: ${error.message}`)))
    socket.on('data', (part) => {
      received += part.toString()
      const lines = received.split('\r\n').slice(0, -1)
      if (lines.length < commands.length) return
      socket.destroy()
      const refused = lines.find((line) => line.startsWith('-'))
      if (refused) reject(new TestingError('SIKU_TESTING_REDIS', `Redis refused: ${refused.slice(1)}`))
      else resolve(lines)
    })
  })
}

function encode(command: string[]): string {
  return `*${command.length}\r\n${command.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`
}
