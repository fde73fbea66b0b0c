import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Language } from '@siku/contracts'

let sets: Map<string, ReadonlySet<string>> | undefined

/** Function words (data/stop-words.tsv): they cost nothing between the words of a label and never become terms. */
export function isStopWord(word: string, language: Language): boolean {
  sets ??= readStopWords(fileURLToPath(new URL('../data/stop-words.tsv', import.meta.url)))
  return sets.get(language)?.has(word) ?? false
}

function readStopWords(file: string): Map<string, ReadonlySet<string>> {
  const lines = readFileSync(file, 'utf8')
    .split(/\r?\n/)
    .slice(1)
    .filter((line) => line !== '')
  return new Map(
    lines.map((line) => {
      const [language = '', words = ''] = line.split('\t')
      return [language, new Set(words.split(' '))]
    })
  )
}
