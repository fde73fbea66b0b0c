/** Gives UUIDs 1, 2, 3 …; two generators with different series never meet. */
export function countingIds(series = 0): () => string {
  let last = 0
  const prefix = series.toString(16).padStart(8, '0')
  return () => {
    last += 1
    return `${prefix}-0000-4000-8000-${last.toString(16).padStart(12, '0')}`
  }
}
