import { labelOfCode, type Language } from '@siku/contracts'
import { dossierMessage } from '@siku/matcher'
import type { Dossier, InstitutionLine, PrecedentLine, ShortlistLine } from '../dossier-schemas.ts'
import { html, type Html } from './html.ts'
import { visiblePairs } from './mark-text.ts'
import { directionOf, renderText } from './render-texts.ts'
import { dossierStyles } from './styles.ts'

type Say = (key: string, fillers?: Record<string, string>) => string
type Page = { dossier: Dossier; language: Language; say: Say }

/**
 * A dossier as one self-contained page in the reader's language: no script, nothing fetched from anywhere, fit for paper. Texts stay in
 * their own language and direction. `dossier` must have been made for the same language.
 */
export function renderDossierPage(dossier: Dossier, language: Language): string {
  const page: Page = { dossier, language, say: (key, fillers) => dossierMessage(key, language, fillers) }
  const { record } = dossier.demand
  return `<!doctype html>\n${
    html`<html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <title>${page.say('title')} ${record.reference}</title>
        <style>
          ${{ html: dossierStyles }}
        </style>
      </head>
      <body>
        <main>
          ${renderHead(page)} ${renderShortlist(page)} ${renderEntries(page, 'precedents', dossier.precedents)}
          ${renderEntries(page, 'institutions', dossier.institutions)} ${renderFoot(page)}
        </main>
      </body>
    </html> `.html
  }`
}

function renderHead({ dossier, language, say }: Page): Html {
  const { record } = dossier.demand
  return html`<header>
    <p class="sub">
      ${say('title')} · ${record.reference}${record.country && html` · ${labelOfCode('country', record.country, language)}`}
    </p>
    <h1 lang="${record.language}" dir="${directionOf(record.language)}">${record.title}</h1>
    ${record.translatedTitle && html`<p class="sub">${record.translatedTitle}</p>`}
    ${dossier.stale && html`<p class="warn">${say('stale')}</p>`}
  </header>`
}

function renderShortlist(page: Page): Html {
  const { dossier, say } = page
  const { shortlist, view, count } = dossier
  if (shortlist.length > 0) {
    const lines = shortlist.map((line, index) => renderLine(page, line, index))
    return html`<h2>${say('shortlist')}</h2>
      <p class="sub">${say('legend')} ${hasGloss(dossier) && say('gloss')}</p>
      ${lines}`
  }
  return html`<h2>${say('demand')}</h2>
    <section class="card">${renderText(dossier.demand.text, 'demand', [])}</section>
    <h2>${say('shortlist')}</h2>
    <p>${view === 'asker' && count > 0 ? say('count', { count: String(count) }) : say('no-shortlist')}</p>`
}

const hasGloss = ({ demand, shortlist }: Dossier): boolean =>
  [demand, ...shortlist].some(({ text }) => text.fields.some(({ gloss }) => gloss.length > 0))

/** The best one lies open; the others open at a touch, and on paper. */
function renderLine(page: Page, line: ShortlistLine, index: number): Html {
  const { dossier, say } = page
  const { technology, explanation, text, outdated } = line
  const pairs = visiblePairs(line.pairs, { demand: dossier.demand.text.fields, technology: text.fields })
  const open = index === 0 ? html` open` : html``
  return html`<details class="card" ${open}>
    <summary>
      <h3>${index + 1}. <span lang="${technology.language}" dir="${directionOf(technology.language)}">${technology.title}</span></h3>
      <p class="sub">
        <span class="badge">${explanation.headline}</span>${technology.translatedTitle ?? ''}
        ${technology.reference}${technology.ownerName && html` · ${technology.ownerName}`}
      </p>
    </summary>
    ${line.uncleared && html`<p class="warn"><strong>${say('uncleared')}</strong></p>`}
    ${line.unreviewed && html`<p class="sub">${say('unreviewed')}</p>`} ${outdated && html`<p class="warn">${say('outdated')}</p>`}
    <div class="texts">
      <div>
        <h4>${say('demand')}</h4>
        ${renderText(dossier.demand.text, 'demand', pairs)}
      </div>
      <div>
        <h4>${say('technology')}</h4>
        ${renderText(text, 'technology', pairs)}
      </div>
    </div>
    ${pairs.length > 0 && renderLegend(page, pairs)}
    <div class="why">
      <div>
        <h4>${say('reasons')}</h4>
        ${renderList(explanation.reasons, 'for')}
      </div>
      <div>
        <h4>${say('missing')}</h4>
        ${explanation.missing.length > 0 ? renderList(explanation.missing, 'missing') : html`<p>${say('nothing-missing')}</p>`}
        <h4>${say('against')}</h4>
        ${explanation.against === null ? html`<p>${say('nothing-against')}</p>` : renderList([explanation.against], 'against')}
      </div>
    </div>
  </details>`
}

function renderLegend({ say }: Page, pairs: ShortlistLine['pairs']): Html {
  const rows = pairs.map(
    ({ number, demandConcept, technologyConcept }) =>
      html`<tr>
        <td class="n"><span class="key p${number}">${number}</span></td>
        <td>${demandConcept.label}</td>
        <td>${technologyConcept.label}</td>
      </tr>`
  )
  return html`<table>
    <thead>
      <tr>
        <th></th>
        <th>${say('demand')}</th>
        <th>${say('technology')}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`
}

const renderList = (sentences: readonly string[], name: string): Html =>
  html`<ul class="${name}">
    ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`

function renderEntries({ say }: Page, what: 'precedents' | 'institutions', entries: readonly (PrecedentLine | InstitutionLine)[]): Html {
  if (entries.length === 0)
    return html`<h2>${say(what)}</h2>
      <p>${say(`no-${what}`)}</p>`
  const cards = entries.map(
    ({ record, reason }) =>
      html`<section class="card">
        <h3 lang="${record.language}" dir="${directionOf(record.language)}">${record.title}</h3>
        <p class="sub">
          ${record.translatedTitle ? html`${record.translatedTitle} · ` : ''}${record.reference}${record.ownerName && html` · ${record.ownerName}`}
        </p>
        <p>${reason}</p>
      </section>`
  )
  return html`<h2>${say(what)}</h2>
    <div class="entries">${cards}</div>`
}

function renderFoot({ dossier, language, say }: Page): Html {
  if (dossier.computedAt === null) return html`<footer></footer>`
  const written = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Asia/Shanghai',
    numberingSystem: 'latn'
  })
  return html`<footer>${say('computed', { at: written.format(Date.parse(dossier.computedAt)), edition: dossier.edition })}</footer>`
}
