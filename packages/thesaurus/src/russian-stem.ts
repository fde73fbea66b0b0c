/**
 * The Snowball stemmer for Russian (Porter 2001), by rules of endings. Russian words are filed by their stem, all of them at every start,
 * so it has to be quick.
 */
export function russianStem(word: string): string {
  const { afterVowel, second } = regionsOf(word)
  const inflected = without(word, gerund, afterVowel) ?? withoutInflection(without(word, reflexive, afterVowel) ?? word, afterVowel)
  const bare = without(inflected, finalI, afterVowel) ?? inflected
  return tidied(without(bare, derivational, Math.max(second, afterVowel)) ?? bare, afterVowel)
}

function withoutInflection(word: string, from: number): string {
  const noun = without(word, adjective, from)
  if (noun !== undefined) return without(noun, participle, from) ?? noun
  return without(word, verb, from) ?? without(word, nominal, from) ?? word
}

function tidied(word: string, from: number): string {
  const plain = without(word, superlative, from)
  if (plain !== undefined) return withoutDouble(plain, from)
  if (word.endsWith('н')) return withoutDouble(word, from)
  return without(word, softSign, from) ?? word
}

const withoutDouble = (word: string, from: number): string => (word.endsWith('нн') && word.length - 2 >= from ? word.slice(0, -1) : word)

type Endings = {
  /** Taken off wherever they stand. */
  free: ReadonlySet<string>
  /** Taken off only after а or я, which stay. */
  afterA: ReadonlySet<string>
  longest: number
}

function endings(free: string, afterA = ''): Endings {
  const [one, two] = [free, afterA].map((list) => new Set(list.split(' ').filter((ending) => ending !== '')))
  const all = [...(one ?? []), ...(two ?? [])]
  return { free: one ?? new Set(), afterA: two ?? new Set(), longest: Math.max(...all.map((ending) => ending.length)) }
}

const gerund = endings('ив ивши ившись ыв ывши ывшись', 'в вши вшись')
const reflexive = endings('ся сь')
const adjective = endings('ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею')
const participle = endings('ивш ывш ующ', 'ем нн вш ющ щ')
const verb = endings(
  'ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю',
  'ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно'
)
const nominal = endings('а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я')
const finalI = endings('и')
const derivational = endings('ост ость')
const superlative = endings('ейш ейше')
const softSign = endings('ь')

/** The word without the longest of the endings that lies wholly in the region; undefined where there is none or it may not go. */
function without(word: string, { free, afterA, longest }: Endings, from: number): string | undefined {
  for (let length = Math.min(longest, word.length - from); length > 0; length--) {
    const at = word.length - length
    const ending = word.slice(at)
    if (free.has(ending)) return word.slice(0, at)
    if (!afterA.has(ending)) continue
    const before = word[at - 1]
    return at > from && (before === 'а' || before === 'я') ? word.slice(0, at) : undefined
  }
  return undefined
}

/** `afterVowel`: behind the first vowel. `second`: behind the second consonant that follows a vowel. */
function regionsOf(word: string): { afterVowel: number; second: number } {
  const past = (from: number, wanted: boolean): number => {
    let at = from
    while (at < word.length && vowels.includes(word.charAt(at)) !== wanted) at++
    return Math.min(at, word.length - 1) + 1
  }
  const afterVowel = past(0, true)
  return { afterVowel, second: past(past(past(afterVowel, false), true), false) }
}

const vowels = 'аеиоуыэюя'
