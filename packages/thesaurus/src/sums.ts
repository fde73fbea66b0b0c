/** Amounts gathered by number, and the numbers that have gathered any, in the order in which they first did. Used again and again. */
export type Sums = { amounts: Float64Array; isTouched: Uint8Array; touched: Int32Array; count: number }

export const createSums = (): Sums => ({ amounts: new Float64Array(0), isTouched: new Uint8Array(0), touched: new Int32Array(0), count: 0 })

/** Nothing gathered, and room for numbers below `size`. */
export function clearSums(sums: Sums, size: number): void {
  const { amounts, isTouched, touched, count } = sums
  if (amounts.length < size) {
    sums.amounts = new Float64Array(size)
    sums.isTouched = new Uint8Array(size)
    sums.touched = new Int32Array(size)
  } else {
    for (let at = 0; at < count; at++) {
      const number = touched[at] ?? 0
      amounts[number] = 0
      isTouched[number] = 0
    }
  }
  sums.count = 0
}

export function addTo(sums: Sums, number: number, amount: number): void {
  if (sums.isTouched[number] === 0) {
    sums.isTouched[number] = 1
    sums.touched[sums.count++] = number
  }
  sums.amounts[number] = (sums.amounts[number] ?? 0) + amount
}
