/** Text that is markup already; everything else is escaped where it is put in. */
export type Html = { readonly html: string }

type Value = string | number | Html | readonly Html[] | undefined | false

/** Builds markup: values are escaped, nested markup and lists of it are not, nothing is left out but `undefined` and `false`. */
export function html(strings: TemplateStringsArray, ...values: readonly Value[]): Html {
  const text = strings.reduce((made, part, index) => made + part + (index < values.length ? written(values[index]) : ''), '')
  return { html: text }
}

function written(value: Value): string {
  if (value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'html' in value ? value.html : value.map((one) => one.html).join('')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

export const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (char) => entities[char] ?? char)
