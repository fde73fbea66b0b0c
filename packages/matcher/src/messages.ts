import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { languages, type Language } from '@siku/contracts'

export type Fillers = Record<string, string>

const firstStrongIsolate = '\u2068'
const popIsolate = '\u2069'
const leftToRight = /[\d\p{Script=Latin}\p{Script=Han}\p{Script=Cyrillic}]/u
const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}]/u
const shipped = fileURLToPath(new URL('../messages/messages.tsv', import.meta.url))
let table: Map<string, string> | undefined

/** A sentence of the table in the reader's language, its places filled; undefined where the table has no such sentence. */
export function findMessage(key: string, language: Language, fillers: Fillers = {}): string | undefined {
  table ??= readMessages(shipped)
  const pattern = table.get(`${language}\t${key}`)
  return pattern?.replace(/\{(\w+)\}/g, (place, name: string) => isolated(fillers[name] ?? place, language))
}

/** Like findMessage, but a missing sentence is a mistake of ours. */
export function message(key: string, language: Language, fillers: Fillers = {}): string {
  const text = findMessage(key, language, fillers)
  if (text === undefined) throw new RangeError(`messages.tsv has no "${key}" in ${language}; add the line with all seven languages`)
  return text
}

/** Words and figures of the other direction keep their own: without it a figure behind an Arabic word would be read from the wrong end. */
export function isolated(value: string, language: Language): string {
  const isForeign = (language === 'ar' ? leftToRight : rightToLeft).test(value)
  return isForeign ? `${firstStrongIsolate}${value}${popIsolate}` : value
}

function readMessages(file: string): Map<string, string> {
  const messages = new Map<string, string>()
  for (const line of readFileSync(file, 'utf8').split(/\r?\n/).slice(1)) {
    const [key = '', ...texts] = line.split('\t')
    languages.forEach((language, column) => {
      const text = texts[column]
      if (key !== '' && text !== undefined) messages.set(`${language}\t${key}`, text)
    })
  }
  return messages
}
