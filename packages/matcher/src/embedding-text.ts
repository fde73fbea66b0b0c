import type { PublishedText } from '@siku/contracts'

/** Models read little more than this, and a long body says less than a title and a summary. */
const bodyMax = 400
const textMax = 1500

export type EmbeddedFields = Pick<PublishedText, 'title' | 'keywords' | 'summary' | 'description' | 'more'>

/** The public text of a record as an embedding model reads it: what it is called and about, and the beginning of its body. */
export function embeddedText({ title, keywords, summary, description, more }: EmbeddedFields): string {
  const body = [description, ...more.map(({ text }) => text)].filter((text) => text !== '').join('\n')
  const parts = [title, keywords.join(', '), summary, cutAt(body, bodyMax)]
  return cutAt(parts.filter((part) => part.trim() !== '').join('\n'), textMax)
}

/** Cut between code points: half a character is no text. */
const cutAt = (text: string, max: number): string => (text.length <= max ? text : [...text.slice(0, max + 1)].slice(0, -1).join(''))
