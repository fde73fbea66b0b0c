import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'

export type ToSend = { id: string; url: string; token: string; revision: number }
export type Load = { posts: readonly ToSend[]; perSecond: number }
/** When each post was answered, in milliseconds of the clock on the wall; or why one was not. */
export type LoadAnswer = { answeredAt: Record<string, number> } | { failed: string }

/** Posts at a fixed rate, however slow the answers are, in a process of its own: its work is not that of the server it loads. */
async function send({ posts, perSecond }: Load): Promise<LoadAnswer> {
  const agent = new Agent({ connections: 64, pipelining: 1 })
  const answeredAt: Record<string, number> = {}
  const started = performance.now()
  try {
    const answers: Promise<void>[] = []
    for (const [at, { id, url, token, revision }] of posts.entries()) {
      await delay(Math.max(0, started + (at * 1000) / perSecond - performance.now()))
      answers.push(post(agent, { url, token, revision }).then(() => void (answeredAt[id] = Date.now())))
    }
    await Promise.all(answers)
    return { answeredAt }
  } catch (error) {
    return { failed: String(error) }
  } finally {
    await agent.close()
  }
}

async function post(dispatcher: Agent, { url, token, revision }: Omit<ToSend, 'id'>): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'if-match': `"r${revision}"` }
  const { statusCode, body } = await request(url, { method: 'POST', dispatcher, headers })
  const text = await body.text()
  if (statusCode !== 200) throw new Error(`a post was answered ${statusCode}: ${text}`)
}

process.on('message', (load: Load) => void send(load).then((answer) => process.send?.(answer)))
process.send?.({ ready: true })
