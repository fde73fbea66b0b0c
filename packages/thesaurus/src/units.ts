import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'

/** `unit` is a UCUM code; `factor` leads to the base unit of its dimension. */
export type Unit = { unit: string; dimension: string; factor: number }
export type FigureWord<T> = { label: string; caseMatters: boolean; value: T }
export type OperatorWord = '<' | '<=' | '>' | '>=' | '~'

/** Words by the character they start with (or end with, for what stands before a number), longest first. */
export type FigureIndex<T> = Map<string, FigureWord<T>[]>

export type FigureWords = {
  units: FigureIndex<Unit>
  rates: FigureIndex<Unit>
  multipliers: FigureIndex<number>
  before: FigureIndex<OperatorWord>
  after: FigureIndex<OperatorWord>
  byCode: Map<string, Unit>
}

let words: FigureWords | undefined

/** The tables of units, rates, multipliers and comparison words. */
export function figureWords(): FigureWords {
  words ??= readFigureWords(fileURLToPath(new URL('../data/', import.meta.url)))
  return words
}

function readFigureWords(folder: string): FigureWords {
  const rows = (file: string) =>
    readFileSync(join(folder, file), 'utf8')
      .split(/\r?\n/)
      .slice(1)
      .filter((line) => line !== '')
      .map((line) => line.split('\t'))
  const byCode = new Map<string, Unit>()
  const units = rows('units.tsv').flatMap(([code = '', dimension = '', factor = '', labels = '']) => {
    const unit = { unit: code, dimension, factor: Number(factor) }
    if (!byCode.has(code)) byCode.set(code, unit)
    return labelled(labels, unit)
  })
  const rates = rows('rates.tsv').flatMap(([code = '', labels = '']) => {
    const unit = byCode.get(code)
    return unit ? labelled(labels, unit) : []
  })
  const operators = rows('operators.tsv')
  const operatorsAt = (wanted: string) =>
    operators.flatMap(([operator = '', position, labels = '']) => (position === wanted ? labelled(labels, operator as OperatorWord) : []))
  const first = (label: string) => label.charAt(0)
  const last = (label: string) => label.charAt(label.length - 1)
  return {
    units: indexed(units, first),
    rates: indexed(rates, first),
    multipliers: indexed(
      rows('multipliers.tsv').flatMap(([factor = '', labels = '']) => labelled(labels, Number(factor))),
      first
    ),
    before: indexed(operatorsAt('before'), last),
    after: indexed(operatorsAt('after'), first),
    byCode
  }
}

/** Symbols keep their case (MW is not mW); written-out words do not. */
function labelled<T>(labels: string, value: T): FigureWord<T>[] {
  return labels
    .split('|')
    .filter((label) => label !== '')
    .map((text) => {
      const label = text.normalize('NFKC')
      return { label, caseMatters: /^[\p{L}µ°%]{1,3}$/u.test(label) && /[A-ZА-Я]/.test(label), value }
    })
}

function indexed<T>(list: FigureWord<T>[], keyOf: (label: string) => string): FigureIndex<T> {
  const index: FigureIndex<T> = new Map()
  for (const word of list.sort((a, b) => b.label.length - a.label.length)) {
    const key = keyOf(word.label).toLowerCase()
    index.set(key, [...(index.get(key) ?? []), word])
  }
  return index
}

/** Looks a UCUM code up, quotients included ('m3/d'); undefined where we do not know it. */
export function findUnit(code: string): Unit | undefined {
  const { byCode, units } = figureWords()
  const known = byCode.get(code) ?? units.get(code.charAt(0).toLowerCase())?.find((word) => word.label === code)?.value
  if (known) return known
  const slash = code.lastIndexOf('/')
  if (slash < 1) return undefined
  const [above, below] = [findUnit(code.slice(0, slash)), findUnit(code.slice(slash + 1))]
  return above && below ? unitPer(above, below) : undefined
}

const composed: Record<string, string> = { 'energy/time': 'power', 'mass/mass': 'ratio', 'volume/volume': 'ratio', 'length/time': 'speed' }

export function unitPer(above: Unit, below: Unit): Unit {
  const dimension = `${above.dimension}/${below.dimension}`
  return { unit: `${above.unit}/${below.unit}`, dimension: composed[dimension] ?? dimension, factor: above.factor / below.factor }
}

const symbols: Record<string, string> = {
  har: 'ha',
  Cel: '°C',
  um: 'µm',
  ug: 'µg',
  uL: 'µL',
  uS: 'µS',
  m2: 'm²',
  km2: 'km²',
  m3: 'm³',
  Nm3: 'Nm³',
  'kW.h': 'kWh',
  'W.h': 'Wh',
  'MW.h': 'MWh',
  'GW.h': 'GWh',
  'A.h': 'Ah',
  'mA.h': 'mAh',
  'kV.A': 'kVA',
  'MV.A': 'MVA',
  '[HP]': 'hp',
  '[RT]': 'RT',
  '[ft_i]': 'ft',
  '[in_i]': 'in',
  '[mu_cn]': '亩',
  '[fdn]': 'feddan',
  '[acr]': 'acre',
  '[bbl]': 'bbl',
  '[gal_us]': 'gal',
  '[psi]': 'psi',
  '[ppth]': '‰',
  '[ppm]': 'ppm',
  '[ppb]': 'ppb',
  '[pH]': 'pH',
  '[NTU]': 'NTU',
  '[CFU]': 'CFU',
  MBy: 'MB',
  GBy: 'GB',
  TBy: 'TB',
  '{rpm}': 'rpm',
  '{head}': '',
  '{person}': '',
  '[deg]': '°'
}

/** How a UCUM code is written for people: m3/d as m³/d, Cel as °C. */
export function unitSymbol(code: string): string {
  return code
    .split('/')
    .map((part) => symbols[part] ?? part)
    .join('/')
}
