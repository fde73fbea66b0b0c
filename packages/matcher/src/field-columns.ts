import { placeOf } from './feature-places.ts'
import { fieldAspects, fieldFeatures, fieldGainMax, type FieldAspect, type FieldSide } from './field-features.ts'
import { featureNames, type Side, type Weights } from './types.ts'

/** The structured fields of the records on a shelf, by slot. */
export type FieldColumns = {
  put(slot: number, side: FieldSide): void
  /** For an entry of the given side: the most that its fields and those of a slot add to the log-odds, before baselines. */
  gainsOf(side: Side, entry: FieldSide): (slot: number) => number
}

/** The most that fields can add. */
export const bestFieldGain = (weights: Weights): number =>
  fieldFeatures.reduce((sum, feature) => sum + Math.max(0, fieldGainMax(feature, weights)), 0)

/**
 * Fields take few values, so of each aspect a record only keeps which one it has; an asking record is held against each value once. The
 * rules stay where they are, in `fieldAspects`.
 */
export function createFieldColumns(weights: Weights): FieldColumns {
  const columns = fieldAspects.map((aspect) => createColumn(aspect, weights))
  return {
    put(slot, side) {
      for (const column of columns) column.put(slot, side)
    },
    gainsOf(side, entry) {
      const gains = columns.map((column) => column.gainsOf(side, entry))
      return (slot) => {
        let sum = 0
        for (const gain of gains) sum += gain(slot)
        return sum
      }
    }
  }
}

const withoutFields: FieldSide = {
  country: null,
  text: { sectors: [], stage: null, trl: null, cooperationModes: [], targetCountries: [], targetRegions: [] }
}

/** The different values that records on a shelf have in one aspect. */
function createValues(fieldsOf: FieldAspect['fieldsOf']) {
  const all: FieldSide[] = []
  const numbers = new Map<string, number>()
  const keyOf = (side: FieldSide): string => JSON.stringify(fieldsOf(side))
  return {
    all,
    keyOf,
    numberOf(side: FieldSide): number {
      const { country = null, ...text } = fieldsOf(side)
      const key = keyOf(side)
      const known = numbers.get(key)
      if (known !== undefined) return known
      all.push({ country, text: { ...withoutFields.text, ...text } })
      numbers.set(key, all.length - 1)
      return all.length - 1
    }
  }
}

/** Askers whose gains are kept: most ask with one of a few values. */
const rememberedMax = 512

/** By asker: what it gains with every value, as far as that was reckoned; NaN where it was not. */
function createGains() {
  const reckoned = new Map<string, Float64Array>()
  return (asker: string, values: number): Float64Array => {
    const known = reckoned.get(asker)
    if (known && known.length >= values) return known
    if (reckoned.size >= rememberedMax) reckoned.clear()
    const gains = new Float64Array(values * 2).fill(Number.NaN)
    if (known) gains.set(known)
    reckoned.set(asker, gains)
    return gains
  }
}

function createColumn({ features, fieldsOf, write }: FieldAspect, weights: Weights) {
  const values = createValues(fieldsOf)
  const gainsOfAsker = createGains()
  const weighed = features.map((feature) => ({ place: placeOf[feature], weight: fieldGainMax(feature, weights) }))
  const row = new Float64Array(featureNames.length)
  let bySlot = new Uint32Array(64)

  function gainOf(demand: FieldSide, technology: FieldSide): number {
    row.fill(0)
    write(row, demand, technology)
    return weighed.reduce((sum, { place, weight }) => sum + weight * (row[place] ?? 0), 0)
  }

  return {
    put(slot: number, side: FieldSide): void {
      if (slot >= bySlot.length) {
        const bigger = new Uint32Array(Math.max(slot + 1, bySlot.length * 2))
        bigger.set(bySlot)
        bySlot = bigger
      }
      bySlot[slot] = values.numberOf(side)
    },
    gainsOf(side: Side, entry: FieldSide): (slot: number) => number {
      const gains = gainsOfAsker(`${side} ${values.keyOf(entry)}`, values.all.length)
      return (slot) => {
        const number = bySlot[slot] ?? 0
        const known = gains[number] ?? 0
        if (!Number.isNaN(known)) return known
        const value = values.all[number] ?? withoutFields
        return (gains[number] = side === 'demand' ? gainOf(entry, value) : gainOf(value, entry))
      }
    }
  }
}
