import type { PublishedText } from '@siku/contracts'

const fieldWeights: Record<string, number> = { title: 3, summary: 2, description: 1 }
const needWeight = 2
const otherWeight = 1
const needFields = ['/details/problem', '/details/problemSolved', '/details/specification']

/** The public fields of a record as the annotator reads them; the title and what is needed or solved count more than the body. */
export function annotatedFields(text: PublishedText) {
  const own = (['title', 'summary', 'description'] as const).map((field) => ({
    field,
    text: text[field],
    weight: fieldWeights[field] ?? otherWeight
  }))
  const keywords = text.keywords.map((keyword, index) => ({ field: `/keywords/${index}`, text: keyword, weight: needWeight }))
  const more = text.more.map(({ field, text: words }) => ({
    field,
    text: words,
    weight: needFields.includes(field) ? needWeight : otherWeight
  }))
  return [...own, ...keywords, ...more]
}
