const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/**
 * What is wrong with a unified social credit code (统一社会信用代码), or undefined. GB 32100-2015: 18 characters without I, O, S, V, Z;
 * the last one makes the weighted sum divisible by 31.
 */
export function creditCodeFault(code: string): string | undefined {
  if (code.length !== 18) return `must have 18 characters; this one has ${code.length}`
  const stranger = [...code].find((char) => !alphabet.includes(char))
  if (stranger !== undefined) return `must be made of digits and capital letters without I, O, S, V, Z; this one has ${stranger}`
  const sum = weights.reduce((total, weight, index) => total + weight * alphabet.indexOf(code.charAt(index)), 0)
  const expected = alphabet.charAt((31 - (sum % 31)) % 31)
  return code.endsWith(expected) ? undefined : 'has a check character that does not fit the others; compare it with the licence'
}
