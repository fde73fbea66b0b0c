import { createEmbedderDouble, type EmbedderDoubleOptions } from '@siku/testing'
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { createEmbedder, createVectorCache, embedTexts, type EmbedderError, type EmbedderOptions } from '../src/index.ts'

type Teardown = { teardown: (end: () => unknown) => void }

async function served(t: Teardown, double: EmbedderDoubleOptions = {}, options: Partial<EmbedderOptions> = {}) {
  const server = await createEmbedderDouble(double)
  const embedder = createEmbedder({ url: server.url, timeoutMs: 2_000, ...options })
  t.teardown(() => embedder.close())
  t.teardown(() => server.close())
  return { server, embedder }
}

const lengthOf = (vector: Float32Array | undefined) => Math.hypot(...(vector ?? []))
const failing = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error
  )
const codeOf = async (work: Promise<unknown>) => ((await failing(work)) as EmbedderError | undefined)?.code

t.test('an embedder that knows roles is told them, and gives vectors of length 1 in the order of the texts', async (t) => {
  const { server, embedder } = await served(t)
  const { model, vectors } = await embedder.embed(['salt water', 'wind power', 'salt water'], 'passage')
  t.match(model, { name: 'double-1', dimensions: 16, roles: 'input-type' })
  t.equal(vectors.length, 3)
  for (const vector of vectors) t.ok(Math.abs(lengthOf(vector) - 1) < 1e-6)
  t.same(vectors[0], vectors[2])
  t.notSame(vectors[0], vectors[1])
  t.match(server.asked().at(-1), { role: 'passage', texts: ['salt water', 'wind power', 'salt water'] })
})

t.test('where the server takes no notice of roles, a model of the e5 family gets them as a prefix and others get none', async (t) => {
  const e5 = await served(t, { model: 'multilingual-e5-large', knowsRoles: false })
  t.equal((await e5.embedder.describe()).roles, 'prefix')
  await e5.embedder.embed(['wells'], 'query')
  t.same(e5.server.asked().at(-1)?.texts, ['query: wells'])
  const other = await served(t, { model: 'bge-m3', knowsRoles: false })
  t.equal((await other.embedder.describe()).roles, 'none')
  await other.embedder.embed(['wells'], 'query')
  t.same(other.server.asked().at(-1)?.texts, ['wells'])
})

t.test('a server that refuses a field it does not know is asked without it', async (t) => {
  const { server, embedder } = await served(t, { model: 'strict', knowsRoles: false })
  server.inject({ kind: 'refuse-400', times: 1 })
  t.equal((await embedder.describe()).roles, 'none')
  t.equal(server.struck(), 1)
})

t.test('Ollama is spoken to in its own words', async (t) => {
  const { server, embedder } = await served(t, { model: 'e5-small' }, { kind: 'ollama', model: 'e5-small' })
  const { model, vectors } = await embedder.embed(['solar dryer'], 'passage')
  t.match(model, { name: 'e5-small', roles: 'prefix' })
  t.equal(vectors.length, 1)
  t.same(server.asked().at(-1)?.texts, ['passage: solar dryer'])
})

t.test('what goes wrong has a name, and no text of a record stands in the message', async (t) => {
  const { server, embedder } = await served(t, {}, { timeoutMs: 300 })
  await embedder.describe()
  const secret = 'a text of a record'
  const embed = () => embedder.embed([secret, 'other'], 'query')
  server.inject({ kind: 'error-500' })
  t.equal(await codeOf(embed()), 'SIKU_EMBEDDER_AWAY')
  server.inject({ kind: 'refuse-400' })
  t.equal(await codeOf(embed()), 'SIKU_EMBEDDER_REFUSED')
  server.inject({ kind: 'not-json' })
  t.equal(await codeOf(embed()), 'SIKU_EMBEDDER_ANSWER')
  server.inject({ kind: 'too-few' })
  t.equal(await codeOf(embed()), 'SIKU_EMBEDDER_ANSWER')
  server.inject({ kind: 'hang' })
  const error = await failing(embed())
  t.equal((error as EmbedderError).code, 'SIKU_EMBEDDER_AWAY')
  t.notMatch(String(error), secret)
  t.equal((await embed()).vectors.length, 2, 'and afterwards it works')
  t.equal(server.struck(), 5)
  await server.close()
  t.equal(await codeOf(embed()), 'SIKU_EMBEDDER_AWAY')
})

t.test('a wrong length or another model is a change, and what it gives is not handed on', async (t) => {
  const { server, embedder } = await served(t)
  const before = await embedder.describe()
  server.inject({ kind: 'wrong-dimension' })
  t.equal(await codeOf(embedder.embed(['wells'], 'query')), 'SIKU_EMBEDDER_CHANGED')
  server.change('double-2', 24)
  await embedder.describe()
  server.change('double-3')
  t.equal(await codeOf(embedder.embed(['wells'], 'query')), 'SIKU_EMBEDDER_CHANGED')
  const after = await embedder.describe()
  t.match(after, { name: 'double-3', dimensions: 24 })
  t.not(after.id, before.id, 'vectors of the two must not be compared')
})

t.test('a wrong key is refused', async (t) => {
  const { server, embedder } = await served(t, { key: 'right' }, { key: 'wrong' })
  t.equal(await codeOf(embedder.describe()), 'SIKU_EMBEDDER_REFUSED')
  const other = createEmbedder({ url: server.url, key: 'right' })
  t.teardown(() => other.close())
  t.match(await other.describe(), { name: 'double-1' })
})

t.test('texts that were embedded before are taken from the cache, by model, role and text', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'siku-vectors-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'vectors.jsonl')
  const { server, embedder } = await served(t)
  const texts = ['salt', 'wind', 'silk']
  const first = await embedTexts(embedder, texts, 'query', { cache: createVectorCache(file), batchSize: 2 })
  // As a process leaves it that is killed while it writes.
  appendFileSync(file, '{"key":"torn')
  const asked = server.asked().length
  const again = await embedTexts(embedder, [...texts, 'new'], 'query', { cache: createVectorCache(file) })
  t.same(again.vectors.slice(0, 3), first.vectors)
  t.same(
    server
      .asked()
      .slice(asked)
      .flatMap((request) => request.texts)
      .filter((text) => texts.includes(text)),
    []
  )
  const inOtherRole = server.asked().length
  await embedTexts(embedder, texts, 'passage', { cache: createVectorCache(file) })
  t.ok(
    server
      .asked()
      .slice(inOtherRole)
      .some((request) => request.texts.includes('silk'))
  )
})
