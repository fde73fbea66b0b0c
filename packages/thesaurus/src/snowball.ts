import { createRequire } from 'node:module'

export type Stemmer = { stem(word: string): string }
type Snowball = { newStemmer(algorithm: string): Stemmer }

let snowball: Snowball | undefined

/** A Snowball stemmer by the name of its language in English. The package is CommonJS, carries no types and is slow to read. */
export function newStemmer(algorithm: string): Stemmer {
  snowball ??= createRequire(import.meta.url)('snowball-stemmers') as Snowball
  return snowball.newStemmer(algorithm)
}
