/** Markup that may stand in a page as it is. Everything else is text and is escaped. */
export type Html = { readonly html: string }

type Value = Html | string | number | null | undefined | false | readonly Value[]

/** Text of records comes from everywhere: whatever is put into a template is escaped, unless a template made it. */
export const html = (strings: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: strings.reduce((page, part, index) => page + textOf(values[index - 1]) + part)
})

function textOf(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value))
  return 'html' in value ? value.html : value.map(textOf).join('')
}

const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeHtml = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => names[sign] ?? sign)
