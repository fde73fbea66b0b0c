/** The UTF-16 units of texts, one text behind the other: a loop reads them from an array several times as fast as from a string. */
export type TextUnits = { bytes: Buffer<ArrayBuffer>; units: Uint16Array; count: number }

const unitsMin = 4_096

export const createTextUnits = (capacity = unitsMin): TextUnits => {
  const bytes = Buffer.from(new ArrayBuffer(capacity * 2))
  return { bytes, units: new Uint16Array(bytes.buffer), count: 0 }
}

/** Adds a text and answers where its units begin. */
export function addUnits(all: TextUnits, text: string): number {
  const start = all.count
  if (start + text.length > all.units.length) {
    const wider = createTextUnits((start + text.length) * 2)
    wider.units.set(all.units.subarray(0, start))
    all.bytes = wider.bytes
    all.units = wider.units
  }
  all.bytes.write(text, start * 2, 'utf16le')
  all.count = start + text.length
  return start
}

const last = createTextUnits()

/** The units of one text, until the next one is asked for. */
export function unitsOf(text: string): Uint16Array {
  last.count = 0
  addUnits(last, text)
  return last.units
}

/** The text of the first units of what `unitsOf` gave. */
export const textOfUnits = (length: number): string => last.bytes.toString('utf16le', 0, length * 2)
