import { findLanguage } from '@siku/contracts'
import type { GlossedText, JoinedPair } from '../dossier-schemas.ts'
import { html, type Html } from './html.ts'
import { runsOf, type Run, type Side } from './mark-text.ts'

/** Direction of the script a text is written in, whatever the page's own. */
export const directionOf = (language: string): 'rtl' | 'ltr' =>
  findLanguage(language) === 'ar' || /^(fa|he|ur)/.test(language) ? 'rtl' : 'ltr'

/** A text as it was written: places that belong to a pair in its colour and number, and the reader's words above foreign ones. */
export function renderText({ language, fields }: GlossedText, side: Side, pairs: readonly JoinedPair[]): Html {
  const paragraphs = fields.map((field) => {
    const runs = runsOf(field, side, pairs).map(renderRun)
    return html`<p class="${classOf(field.field)}">${runs}</p>`
  })
  return html`<div class="text" lang="${language}" dir="${directionOf(language)}">${paragraphs}</div>`
}

function classOf(field: string): string {
  if (field.startsWith('/keywords/')) return 'keyword'
  return field === 'title' ? 'title' : field.startsWith('/') ? 'aside' : 'body'
}

function renderRun({ text, number, label }: Run): Html {
  const words = label === null ? html`${text}` : html`<ruby>${text}<rp>(</rp><rt>${label}</rt><rp>)</rp></ruby>`
  if (number === null) return words
  return html`<mark class="p${number}">${words}<sup>${number}</sup></mark>`
}
