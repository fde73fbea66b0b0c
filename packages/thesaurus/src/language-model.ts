/** The n-grams of the small model of eld in typed arrays: of each its letters, and how much it speaks for which languages. */
export type LanguageModel = {
  codes: readonly string[]
  /** By hash: the letters of an n-gram, and one more than the place of its row, with its form in the lowest bits. */
  letters: Int32Array
  places: Int32Array
  /** Row by row: how many numbers follow, then language and score in turn. */
  rows: Uint8Array
}

/** Up to four letters of one byte each, whether a word begins before them and ends behind them, and how many they are. */
export const formOf = (length: number, begins: boolean, finishes: boolean): number => length * 4 + (begins ? 2 : 0) + (finishes ? 1 : 0)

const formBits = 5
const formMask = (1 << formBits) - 1
const ngramLengthMax = 4
const slotsPerNgram = 2

const slotOf = (letters: number, form: number, mask: number): number => {
  const mixed = Math.imul(letters, 0x9e3779b1) + Math.imul(form, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) & mask
}

/** Where the row of an n-gram begins, -1 where the model does not know it. */
export function rowOf({ letters, places }: LanguageModel, own: number, form: number): number {
  const mask = letters.length - 1
  for (let slot = slotOf(own, form, mask); ; slot = (slot + 1) & mask) {
    const place = places[slot] ?? 0
    if (place === 0) return -1
    if (letters[slot] === own && (place & formMask) === form) return (place >>> formBits) - 1
  }
}

const header = /languages:\{([^}]*)\},isSubset:(?:false|true),ngrams:\{/
const language = /(\d+):'(\w+)'/g
const ngram = /(?:'((?:[^'\\]|\\.)*)'|([^'",{}:]+)):\{([\d:,]+)\}/g
const scoreMax = 255

/** Reads a file of "'n-gram':{language:score,…}" as the package writes it; undefined for one of another form. */
export function readLanguageModel(file: string): LanguageModel | undefined {
  const start = header.exec(file)
  if (!start) return undefined
  const ngrams: [string, number][] = []
  const rows: number[] = []
  ngram.lastIndex = start.index + start[0].length
  for (let match = ngram.exec(file); match; match = ngram.exec(file)) {
    const numbers = (match[3] ?? '').split(/[:,]/).map(Number)
    ngrams.push([match[1]?.replaceAll(/\\(.)/g, '$1') ?? match[2] ?? '', rows.length])
    rows.push(numbers.length, ...numbers)
  }
  if (ngrams.length === 0 || rows.some((number) => !(number <= scoreMax))) return undefined
  const codes: string[] = []
  for (const [, number, code = ''] of (start[1] ?? '').matchAll(language)) codes[Number(number)] = code
  return { codes, ...tableOf(ngrams), rows: Uint8Array.from(rows) }
}

function tableOf(ngrams: readonly (readonly [string, number])[]): Pick<LanguageModel, 'letters' | 'places'> {
  let size = 1
  while (size < ngrams.length * slotsPerNgram) size *= 2
  const table = { letters: new Int32Array(size), places: new Int32Array(size) }
  for (const [name, row] of ngrams) {
    const begins = name.startsWith(' ')
    const finishes = name.length > 1 && name.endsWith(' ')
    const inner = name.slice(begins ? 1 : 0, finishes ? -1 : undefined)
    if (inner.length > ngramLengthMax) continue
    const letters = Array.from(inner).reduce((all, letter) => (all << 8) | letter.charCodeAt(0), 0)
    const form = formOf(inner.length, begins, finishes)
    let slot = slotOf(letters, form, size - 1)
    while (table.places[slot] !== 0) slot = (slot + 1) & (size - 1)
    table.letters[slot] = letters
    table.places[slot] = ((row + 1) << formBits) | form
  }
  return table
}
