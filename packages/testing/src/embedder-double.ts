import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

export type EmbedderFault = {
  kind: 'error-500' | 'refuse-400' | 'hang' | 'slow' | 'not-json' | 'too-few' | 'wrong-dimension'
  /** Only requests that carry such a text; all unless given. */
  on?: (texts: readonly string[]) => boolean
  ms?: number
  /** How many requests it strikes; one unless given. */
  times?: number
}

export type EmbedderDoubleOptions = {
  model?: string
  dimensions?: number
  key?: string
  /** False for a server that takes no notice of `input_type`. */
  knowsRoles?: boolean
  /** What a text means; unless given, texts with the same words mean the same. */
  meaningOf?: (text: string) => readonly number[]
}

export type EmbedderDouble = {
  url: string
  /** Texts of every request that was answered with vectors, oldest first. */
  asked: () => { texts: string[]; role: string | undefined }[]
  inject: (fault: EmbedderFault) => void
  struck: () => number
  /** From now on the server has another model. */
  change: (model: string, dimensions?: number) => void
  close: () => Promise<void>
}

type Asked = { input: string[]; input_type?: string }
type Answer = { status: number; body: unknown }

/** Speaks the embedding protocols of OpenAI and Ollama on 127.0.0.1 as told; its vectors are sums of words. */
export async function createEmbedderDouble(options: EmbedderDoubleOptions = {}): Promise<EmbedderDouble> {
  const { key, knowsRoles = true, meaningOf } = options
  const served = { model: options.model ?? 'double-1', dimensions: options.dimensions ?? 16 }
  const faults: { fault: EmbedderFault; left: number }[] = []
  const answered: { texts: string[]; role: string | undefined }[] = []
  let struck = 0

  const take = (texts: readonly string[]) => {
    const found = faults.find(({ fault, left }) => left > 0 && (fault.on?.(texts) ?? true))
    if (!found) return undefined
    found.left -= 1
    struck += 1
    return found.fault
  }
  const vectorOf = (text: string, role: string | undefined, length: number) =>
    spread(meaningOf?.(text) ?? sumOfWords(text, length), length, knowsRoles ? role : undefined)

  const server = createServer(async (request, response) => {
    const { input, input_type: role } = await readAsked(request)
    if (key !== undefined && request.headers.authorization !== `Bearer ${key}`) return send(response, { status: 401, body: {} })
    const fault = take(input)
    if (fault?.kind === 'hang') return
    if (fault?.kind === 'error-500') return send(response, { status: 500, body: { error: 'scripted' } })
    if (fault?.kind === 'refuse-400') return send(response, { status: 400, body: { error: 'scripted' } })
    if (fault?.kind === 'not-json') return void response.end('<html>')
    if (fault?.kind === 'slow') await pause(fault.ms ?? 100)
    const length = served.dimensions + (fault?.kind === 'wrong-dimension' ? 1 : 0)
    const texts = fault?.kind === 'too-few' ? input.slice(1) : input
    const vectors = texts.map((text) => vectorOf(text, role, length))
    answered.push({ texts: input, role })
    const isOllama = request.url?.endsWith('/api/embed') ?? false
    send(response, { status: 200, body: isOllama ? { model: served.model, embeddings: vectors } : openAiAnswer(served.model, vectors) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  let closing: Promise<unknown> | undefined
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    asked: () => answered,
    inject: (fault) => void faults.push({ fault, left: fault.times ?? 1 }),
    struck: () => struck,
    change(model, dimensions = served.dimensions) {
      Object.assign(served, { model, dimensions })
    },
    async close() {
      closing ??= once(server.close(), 'close')
      server.closeAllConnections()
      await closing
    }
  }
}

const openAiAnswer = (model: string, vectors: number[][]) => ({
  object: 'list',
  model,
  data: vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }))
})

/** Each word adds to one place, so that texts with common words lie near each other. */
function sumOfWords(text: string, length: number): number[] {
  const sum = Array.from({ length }, () => 0)
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? ['']) {
    let hash = 0
    for (const unit of word) hash = (Math.imul(hash, 31) + (unit.codePointAt(0) ?? 0)) >>> 0
    sum[hash % length] = (sum[hash % length] ?? 0) + 1
  }
  return sum
}

/** The meaning in a vector of the length asked for; a role turns it a little, as in models that know roles. */
function spread(meaning: readonly number[], length: number, role: string | undefined): number[] {
  const vector = Array.from({ length }, (_, at) => meaning[at] ?? 0)
  if (role !== undefined) vector[length - 1] = (vector[length - 1] ?? 0) + (role === 'query' ? 0.02 : 0.01)
  return vector
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

async function readAsked(request: IncomingMessage): Promise<Asked> {
  let text = ''
  for await (const part of request) text += String(part)
  const { input, ...rest } = JSON.parse(text) as { input: string | string[] }
  return { ...rest, input: [input].flat() }
}
