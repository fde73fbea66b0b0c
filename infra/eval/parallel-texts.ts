import { languages } from '@siku/contracts'
import type { Collection } from './collection.ts'
import { CollectionError } from './errors.ts'
import type { Judgements } from './read-judgements.ts'
import { linesOf } from './read-lines.ts'

const answerLanguage = 'zh'

/**
 * A table of aligned texts, `id` and one column a language: every text of another language asks for its Chinese counterpart. It
 * measures vocabulary and annotator, not fit.
 */
export function readParallelTexts(file: string): Omit<Collection, 'distractors' | 'themes'> {
  const [head, ...lines] = linesOf(file)
  const columns = head?.text.split('\t') ?? []
  if (columns[0] !== 'id' || !columns.includes(answerLanguage))
    throw new CollectionError(
      `${file}: the first line names the columns; there must be 'id' first and '${answerLanguage}' among the others.`
    )
  const rows = lines.map(({ text }) => {
    const cells = text.split('\t')
    return new Map(columns.map((column, at) => [column, cells[at]?.trim() ?? '']))
  })
  const answered = rows.filter((row) => row.get(answerLanguage))
  const asked = columns.filter((column) => column !== answerLanguage && (languages as readonly string[]).includes(column))
  const judgements: Judgements = new Map()
  const demands = answered.flatMap((row) =>
    asked.flatMap((lang) => {
      const [need, title] = [row.get('id') ?? '', row.get(lang)]
      if (!title) return []
      const id = `${need}.${lang}`
      judgements.set(id, new Map([[need, 3]]))
      return { id, need, lang, title }
    })
  )
  return {
    technologies: answered.map((row) => ({ id: row.get('id') ?? '', lang: answerLanguage, title: row.get(answerLanguage) ?? '' })),
    demands,
    judgements,
    dossier: null
  }
}
