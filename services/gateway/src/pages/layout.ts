import { languages, type Language } from '@siku/contracts'
import { html, type Html } from './html.ts'
import { say, type MessageKey } from './messages.ts'

export type Page = {
  language: Language
  title: MessageKey
  body: Html
  /** Path of this page with its query, to be shown in another language. */
  path: string
}

const ownNames: Record<Language, string> = {
  zh: '中文',
  en: 'English',
  fr: 'Français',
  ru: 'Русский',
  ar: 'العربية',
  es: 'Español',
  pt: 'Português'
}
const isRightToLeft = (language: Language) => language === 'ar'

/** The frame of every page: readable on a phone, without scripts, in the reader's direction. */
export function layout({ language, title, body, path }: Page): string {
  const document = html`<!doctype html>
    <html lang="${language}" dir="${isRightToLeft(language) ? 'rtl' : 'ltr'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${say(language, title)} · ${say(language, 'product')}</title>
        <link rel="icon" href="/pages/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/pages/style.css" />
      </head>
      <body>
        <header><span class="mark" aria-hidden="true">四库</span> <span class="product">Siku</span></header>
        <main>
          <h1>${say(language, title)}</h1>
          ${body}
        </main>
        <footer>
          <nav aria-label="${say(language, 'languages')}">
            <ul>
              ${languages.map((other) => languageLink(other, { current: language, path }))}
            </ul>
          </nav>
        </footer>
      </body>
    </html> `
  return document.html
}

function languageLink(other: Language, { current, path }: { current: Language; path: string }): Html {
  const url = new URL(path, 'http://page')
  url.searchParams.set('lang', other)
  const mark = other === current ? html` aria-current="true"` : undefined
  return html`<li>
    <a href="${url.pathname + url.search}" lang="${other}" hreflang="${other}" dir="${isRightToLeft(other) ? 'rtl' : 'ltr'}" ${mark}
      >${ownNames[other]}</a
    >
  </li>`
}
