const base = 0x01000193

/** A hash of letters such that the hash of two words written together follows from theirs. */
export function letterHash(word: string): { hash: number; power: number } {
  let hash = 0
  let power = 1
  for (let unit = 0; unit < word.length; unit++) {
    hash = (Math.imul(hash, base) + word.charCodeAt(unit)) | 0
    power = Math.imul(power, base)
  }
  return { hash, power }
}

type Hashed = { hash: number; power: number }

export const joinedHash = (first: Hashed, second: Hashed): number => (Math.imul(first.hash, second.power) + second.hash) | 0
