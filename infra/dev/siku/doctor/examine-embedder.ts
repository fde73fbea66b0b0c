import { embedderOf } from '@siku/matching'
import { createEmbedder } from '@siku/service-kit'
import { sql } from 'drizzle-orm'
import { embedderSettings } from '../../embedder/embedder-settings.ts'
import { findRunningEmbedder } from '../../embedder/start-embedder.ts'
import { dataDir } from '../../installation/data-dir.ts'
import { commandLine, type Here } from '../open-database.ts'
import type { EmbedderReport, Finding } from './report.ts'

const answerWithinMs = 15_000

/** The embedder that is set, or runs on this machine, and what of its work is in the database; null where there is neither. */
export async function examineEmbedder(here: Here): Promise<EmbedderReport | null> {
  const options = embedderOf(embedderSettings()) ?? (await findRunningEmbedder(dataDir()))
  const answering = options ? await modelAt(options) : undefined
  const kept = await readKept(here)
  if (!options && kept.model === null) return null
  return { url: options?.url ?? null, answers: options ? answering !== undefined : null, answeringModel: answering ?? null, ...kept }
}

async function modelAt(options: Parameters<typeof createEmbedder>[0]): Promise<string | undefined> {
  const embedder = createEmbedder({ ...options, timeoutMs: answerWithinMs })
  try {
    return (await embedder.describe()).name
  } catch {
    return undefined
  } finally {
    await embedder.close()
  }
}

async function readKept(here: Here): Promise<Pick<EmbedderReport, 'model' | 'vectors' | 'waiting' | 'parked'>> {
  return here.connect('matching').withRead(commandLine(), async (tx) => {
    const [space] = await tx.execute<{ model: string; vectors: number }>(
      sql`select model, vectors from matching.embedding_summary() where is_current`
    )
    const [work] = await tx.execute<{ waiting: number; parked: number }>(sql`
      select (count(*) filter (where state = 'open' and done < wanted))::int as waiting, (count(*) filter (where state = 'parked'))::int as parked
      from work.item where kind = 'embed'`)
    return { model: space?.model ?? null, vectors: space?.vectors ?? 0, waiting: work?.waiting ?? 0, parked: work?.parked ?? 0 }
  })
}

export function embedderFindings(embedder: EmbedderReport | null): Finding[] {
  if (embedder?.answers !== false) return []
  const waiting = embedder.waiting > 0 ? `; ${embedder.waiting} records wait for their vectors` : ''
  return [
    {
      about: 'embedder',
      wrong: `The embedder at ${embedder.url} does not answer, or not to this key. Matching goes on with concepts${waiting}.`,
      remedy: 'Check EMBEDDER_URL, EMBEDDER_KIND, EMBEDDER_MODEL, EMBEDDER_KEY and that it runs; what it missed is made afterwards.'
    }
  ]
}

export function embedderRow({ model, answeringModel, vectors, waiting, parked, url, answers }: EmbedderReport): string[] {
  const state = url === null ? 'not set here' : answers ? `answers at ${url}` : `does not answer at ${url}`
  const change = model !== null && answeringModel !== null && model !== answeringModel ? `, which has ${answeringModel} now` : ''
  return [
    'embedder',
    `${model ?? answeringModel ?? 'no model yet'}: ${vectors} vectors, ${waiting} waiting, ${parked} set aside; ${state}${change}`
  ]
}
