import type { MatchSide } from '@siku/matcher'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runSiku } from '../../dev/siku/run-siku.ts'
import type { Engine } from '../../eval/ablations.ts'
import { createCrosswalk } from '../../eval/crosswalk.ts'
import { technologySide } from '../../eval/match-sides.ts'
import type { RankedDemand } from '../../eval/rank-need.ts'

/** A folder of its own for the collections of a test file. */
export const folder = mkdtempSync(join(tmpdir(), 'siku-eval-'))
export const removeFolder = (): void => rmSync(folder, { recursive: true, force: true })

export const technologies = [
  {
    id: 'desal',
    lang: 'zh',
    title: '太阳能反渗透苦咸水淡化装置',
    summary: '离网运行，为牧区井水除盐。',
    description: '采用低压反渗透膜与光伏供电，日产水5立方米。',
    sector: 'energy-saving-environment',
    stage: 'commercial',
    cooperationModes: ['market'],
    targetRegions: ['africa'],
    organization: { name: '甲', type: 'enterprise' }
  },
  {
    id: 'drip',
    lang: 'zh',
    title: '智能滴灌系统',
    summary: '按土壤墒情自动灌溉。',
    description: '滴灌带、施肥机与土壤水分传感器。',
    sector: 'agriculture',
    stage: 'commercial',
    cooperationModes: ['market'],
    targetRegions: [],
    organization: { name: '乙', type: 'enterprise' }
  },
  {
    id: 'rail',
    lang: 'zh',
    title: '轨道交通信号控制系统',
    description: '城市轨道列车自动控制。',
    sector: 'construction-infrastructure',
    stage: 'demonstrated',
    cooperationModes: ['licensing'],
    targetRegions: ['MN'],
    organization: { name: '丙', type: 'institute-of-unknown-kind' }
  }
]
export const demands = [
  {
    id: 'wells',
    lang: 'fr',
    theme: 'water',
    title: 'Dessaler l’eau saumâtre de nos puits par osmose inverse',
    description: 'Des unités autonomes à énergie solaire pour le dessalement.',
    country: 'MR',
    cooperationModes: ['market'],
    deadline: '2027-03-01'
  },
  {
    id: 'fields',
    lang: 'en',
    theme: 'agri',
    title: 'Drip irrigation for smallholders',
    description: 'Drip irrigation with soil moisture sensors.',
    country: 'KE',
    cooperationModes: ['market'],
    deadline: '2027-01-15'
  }
]
/** Writes a small collection, sound unless told otherwise. */
export function collection(
  name: string,
  { qrels = 'wells\tdesal\t3\nwells\tdrip\t1\nfields\tdrip\t3\n', demands: needs = asLines(demands) }: { qrels?: string; demands?: string }
): string {
  const place = join(folder, name)
  mkdirSync(place)
  writeFileSync(join(place, 'technologies.jsonl'), technologies.map((line) => JSON.stringify(line)).join('\n'))
  writeFileSync(join(place, 'demands.jsonl'), needs)
  writeFileSync(join(place, 'qrels.tsv'), qrels)
  return place
}

export const asLines = (lines: readonly object[]): string => lines.map((line) => JSON.stringify(line)).join('\n')

export const scoresOf = (name: string) => (demand: RankedDemand) => demand.rankings[name]

/** A record of which only one concept is known. */
export function naming(id: string, concept: string, { thesaurus }: Engine): MatchSide {
  const side = technologySide({ id, lang: 'zh', title: '' }, { thesaurus, crosswalk: createCrosswalk() })
  return { ...side, annotation: { ...side.annotation, concepts: [{ id: concept, weight: 1, spans: [] }] } }
}

type Quality = { ndcg10: { value: number }; recall20: { value: number } }
type Measured = { proposed: number; judged: number; systems: Record<string, Quality>; ahead: Record<string, unknown> }
export type EvalReport = {
  seconds: unknown
  all: Measured
  byLanguage: Record<string, Measured>
  byTheme: Record<string, Measured>
  comparedToChinese: unknown
  candidates: { proposedKept: number }
  coverage: { byLanguage: Record<string, { records: number }>; lacking: unknown[] }
  dossier: unknown
}

export async function evaluate(...args: string[]): Promise<{ code: number; report: EvalReport }> {
  const { code, out } = await siku('eval', ...args, '--json')
  return { code, report: JSON.parse(out) as EvalReport }
}

export const withoutTimes = ({ seconds: _seconds, ...report }: EvalReport) => report

export async function siku(...args: string[]): Promise<{ code: number; out: string; said: string }> {
  const out: string[] = []
  const said: string[] = []
  const code = await runSiku(args, { out: (line) => void out.push(line), say: (line) => void said.push(line) })
  return { code, out: out.join('\n'), said: said.join('\n') }
}
