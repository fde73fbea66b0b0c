import { createRequire } from 'node:module'

export type Stemmer = { stem(word: string): string }
type Snowball = { newStemmer(algorithm: string): Stemmer }

// The package is CommonJS and carries no types.
const snowball = createRequire(import.meta.url)('snowball-stemmers') as Snowball

/** A Snowball stemmer by the name of its language in English. */
export const newStemmer = (algorithm: string): Stemmer => snowball.newStemmer(algorithm)
