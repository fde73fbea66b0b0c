import { Agent, request } from 'undici'
import { EmbedderError } from './errors.ts'
import { protocols, type EmbedderAnswer, type EmbedderKind, type EmbedderRequest, type TextRole } from './protocols.ts'

/** How the server is told whether a text asks or answers. */
export type RoleWay = 'input-type' | 'prefix' | 'none'

export type EmbedderModel = {
  /** Name, length and way of telling roles: only vectors with equal ids may ever be compared. */
  id: string
  name: string
  dimensions: number
  roles: RoleWay
}

export type EmbedderOptions = {
  url: string
  kind?: EmbedderKind
  /** Needed where the server has several. */
  model?: string | undefined
  key?: string | undefined
  timeoutMs?: number
}

export type Embedder = {
  /** What the server has now; asks it with two short texts. */
  describe: () => Promise<EmbedderModel>
  /** One vector of length 1 for each text, all of the model last described. A server whose model has changed is an error. */
  embed: (texts: readonly string[], role: TextRole) => Promise<{ model: EmbedderModel; vectors: Float32Array[] }>
  close: () => Promise<void>
}

const timeoutDefaultMs = 60_000
const answerMaxBytes = 64 * 1024 * 1024
/** Statuses that pass by themselves. */
const passing = [408, 425, 429]
const probe = 'water 水 вода'

/** A client of an embedding server that speaks OpenAI's or Ollama's protocol. */
export function createEmbedder(options: EmbedderOptions): Embedder {
  const dispatcher = new Agent({ connections: 1, pipelining: 1, connect: { timeout: options.timeoutMs ?? timeoutDefaultMs } })
  const ask = asking(options, dispatcher)
  let known: EmbedderModel | undefined

  const describe = async () => (known = await describeServer(ask, options))
  return {
    describe,
    embed: async (texts, role) => {
      const model = known ?? (await describe())
      if (texts.length === 0) return { model, vectors: [] }
      try {
        const answer = await ask(inRole(texts, role, model.roles))
        return { model, vectors: vectorsOf(answer, { texts, model, asked: options.model }) }
      } catch (error) {
        if (error instanceof EmbedderError && error.code === 'SIKU_EMBEDDER_CHANGED') known = undefined
        throw error
      }
    },
    close: () => dispatcher.destroy()
  }
}

type Ask = (request: Omit<EmbedderRequest, 'model'>) => Promise<EmbedderAnswer>

/** Only models of the e5 family want their roles written into the text. */
const prefixed = (name: string): boolean => /(^|[^a-z])e5([^a-z]|$)/i.test(name) && !/instruct/i.test(name)

async function describeServer(ask: Ask, { kind = 'openai', model }: EmbedderOptions): Promise<EmbedderModel> {
  const query = kind === 'openai' ? await ask({ texts: [probe], role: 'query' }).catch(unlessRefused) : undefined
  const answer = query ?? (await ask({ texts: [probe], role: undefined }))
  const isTold = query !== undefined && differ(query, await ask({ texts: [probe], role: 'passage' }))
  const name = nameOf(answer, model)
  const dimensions = answer.vectors[0]?.length ?? 0
  const roles: RoleWay = isTold ? 'input-type' : prefixed(name) ? 'prefix' : 'none'
  return { id: `${name} ${dimensions} ${roles}`, name, dimensions, roles }
}

/** Some servers refuse a field they do not know; then they are asked without it. */
function unlessRefused(error: unknown): undefined {
  if (error instanceof EmbedderError && error.code === 'SIKU_EMBEDDER_REFUSED') return undefined
  throw error
}

const differ = (a: EmbedderAnswer, b: EmbedderAnswer): boolean =>
  (a.vectors[0] ?? []).some((value, at) => Math.abs(value - (b.vectors[0]?.[at] ?? 0)) > 1e-4)

const nameOf = (answer: EmbedderAnswer, asked: string | undefined): string => answer.model ?? asked ?? 'unnamed'

function inRole(texts: readonly string[], role: TextRole, way: RoleWay): Omit<EmbedderRequest, 'model'> {
  if (way === 'input-type') return { texts, role }
  return { texts: way === 'prefix' ? texts.map((text) => `${role}: ${text}`) : texts, role: undefined }
}

type Expected = { texts: readonly string[]; model: EmbedderModel; asked: string | undefined }

function vectorsOf(answer: EmbedderAnswer, { texts, model, asked }: Expected): Float32Array[] {
  if (answer.vectors.length !== texts.length)
    throw new EmbedderError('SIKU_EMBEDDER_ANSWER', `The embedder gave ${answer.vectors.length} vectors for ${texts.length} texts`)
  const odd = answer.vectors.find(({ length }) => length !== model.dimensions)
  if (nameOf(answer, asked) !== model.name || odd) {
    const now = odd ? `vectors of length ${odd.length} instead of ${model.dimensions}` : `the model ${nameOf(answer, asked)}`
    throw new EmbedderError('SIKU_EMBEDDER_CHANGED', `The embedder has changed: it answers with ${now}; what it gives now is not compared`)
  }
  return answer.vectors.map(toUnitLength)
}

function toUnitLength(values: readonly number[]): Float32Array {
  const length = Math.hypot(...values)
  if (length === 0) throw new EmbedderError('SIKU_EMBEDDER_ANSWER', 'The embedder gave a vector of length nought')
  return Float32Array.from(values, (value) => value / length)
}

function asking({ url, kind = 'openai', model, key, timeoutMs = timeoutDefaultMs }: EmbedderOptions, dispatcher: Agent): Ask {
  const { endpoint, bodyOf, read } = protocols[kind]
  const headers = { 'content-type': 'application/json', ...(key === undefined ? {} : { authorization: `Bearer ${key}` }) }
  return async (asked) => {
    const body = JSON.stringify(bodyOf({ ...asked, model }))
    const signal = AbortSignal.timeout(timeoutMs)
    const answer = await exchange(() => request(endpoint(url), { method: 'POST', headers, body, dispatcher, signal }))
    return read(answer)
  }
}

type Answered = Awaited<ReturnType<typeof request>>

async function exchange(send: () => Promise<Answered>): Promise<unknown> {
  try {
    const answer = await send()
    const text = await readText(answer)
    if (answer.statusCode !== 200) throw refusal(answer.statusCode)
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof EmbedderError) throw error
    if (error instanceof SyntaxError)
      throw new EmbedderError('SIKU_EMBEDDER_ANSWER', 'The embedder answered with something that is not JSON')
    throw new EmbedderError('SIKU_EMBEDDER_AWAY', 'The embedder does not answer; check EMBEDDER_URL and that it runs', { cause: error })
  }
}

async function readText({ body }: Answered): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of body) {
    size += (part as Buffer).length
    if (size > answerMaxBytes) throw new EmbedderError('SIKU_EMBEDDER_ANSWER', 'The embedder answered with more than 64 MB')
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** The words of the server are left out: they may repeat the text. */
function refusal(status: number): EmbedderError {
  return status >= 500 || passing.includes(status)
    ? new EmbedderError('SIKU_EMBEDDER_AWAY', `The embedder cannot answer now (status ${status})`, { status })
    : new EmbedderError(
        'SIKU_EMBEDDER_REFUSED',
        `The embedder refuses (status ${status}); check EMBEDDER_KEY, EMBEDDER_MODEL and EMBEDDER_KIND`,
        { status }
      )
}
