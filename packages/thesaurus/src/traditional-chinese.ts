import { Locale } from 'opencc-js/t2cn'

let simplified: Map<string, string> | undefined

/** Character by character, so that the length in code points never changes and spans stay true. */
export function traditionalToSimplified(text: string): string {
  simplified ??= readSimplified()
  if (text.length === 1) return simplified.get(text) ?? text
  let result = ''
  for (const character of text) result += simplified.get(character) ?? character
  return result
}

const firstHan = '\u3400'
const lastHan = '\u9fff'

/** Every Han character of the basic plane that has a simplified form of its own; the tables of phrases are not needed for that. */
function readSimplified(): Map<string, string> {
  const pairs = new Map<string, string>()
  for (const dictionary of (Locale.to['cn'] ?? []).flat()) {
    for (const [character = '', simple = ''] of typeof dictionary === 'string' ? singlesOf(dictionary) : dictionary) {
      if (character.length !== 1 || simple.length !== 1 || character < firstHan || character > lastHan) continue
      if (simple !== character) pairs.set(character, simple)
    }
  }
  return pairs
}

/** "萬 万|與 与": the entries of one character each. */
function* singlesOf(dictionary: string): Generator<readonly [string, string]> {
  for (const entry of dictionary.split('|')) if (entry.length === 3 && entry[1] === ' ') yield [entry.charAt(0), entry.charAt(2)]
}
