import t from 'tap'
import { languages, type Language } from '@siku/contracts'
import type { Dossier, GlossedText, ShortlistLine } from '../../src/dossier/dossier-schemas.ts'
import { html } from '../../src/dossier/page/html.ts'
import { runsOf, visiblePairs } from '../../src/dossier/page/mark-text.ts'
import { renderDossierPage } from '../../src/dossier/page/render-dossier-page.ts'

const hostile = '<script>alert("1")</script> & "quoted" \'single\''
const id = '00000000-0000-4000-8000-000000000001'

const text = (language: string, title: string, gloss: GlossedText['fields'][number]['gloss'] = []): GlossedText => ({
  language,
  version: 1,
  fields: [
    { field: 'title', text: title, gloss },
    { field: '/keywords/0', text: hostile, gloss: [] }
  ]
})
const record = (language: string, title: string) => ({
  id,
  version: 1,
  reference: 'TR-KZ-20270201-1',
  language,
  title,
  translatedTitle: null,
  country: 'KZ',
  ownerType: 'embassy',
  ownerName: hostile,
  sectors: []
})
const label = (conceptId: string, start: number, end: number, words: string) => ({ start, end, label: words, conceptId, quantity: null })
const place = (start: number, end: number) => [{ field: 'title', start, end }]

const line: ShortlistLine = {
  match: id,
  state: 'proposed',
  band: 'strong',
  scoreMillionths: 912_000,
  unreviewed: true,
  uncleared: true,
  technology: record('zh-Hans', '光伏反渗透淡化'),
  text: text('zh-Hans', '光伏反渗透淡化', [label('reverse-osmosis', 2, 5, hostile)]),
  explanation: { headline: 'strong (0.91)', reasons: [hostile], missing: [hostile], against: hostile },
  pairs: [
    {
      number: 1,
      demandConcept: { id: 'a', label: hostile },
      technologyConcept: { id: 'b', label: 'b' },
      relation: 'same',
      share: 0.5,
      demand: place(0, 10),
      technology: place(2, 5)
    },
    {
      number: 2,
      demandConcept: { id: 'c', label: 'c' },
      technologyConcept: { id: 'd', label: 'd' },
      relation: 'same',
      share: 0.2,
      demand: place(3, 14),
      technology: place(5, 7)
    },
    {
      number: 3,
      demandConcept: { id: 'e', label: 'e' },
      technologyConcept: { id: 'f', label: 'f' },
      relation: 'same',
      share: 0.1,
      demand: [],
      technology: place(0, 2)
    }
  ],
  outdated: false
}
const entry = {
  record: record('en', hostile),
  reason: hostile,
  scoreMillionths: 5,
  place: 'country' as const,
  countries: ['KZ'],
  shared: []
}
const dossierIn = (language: Language, over: Partial<Dossier> = {}): Dossier => ({
  language,
  view: 'staff',
  demand: { record: record('ru', `Опреснение воды ${hostile}`), text: text('ru', `Опреснение воды ${hostile}`) },
  count: 1,
  shortlist: [line, line],
  precedents: [{ ...entry, solution: null }],
  institutions: [{ ...entry, services: [], sectors: [] }],
  edition: '1-abc',
  computedAt: '2027-03-01T08:00:00.000Z',
  stale: true,
  ...over
})

const voids = ['meta', 'br', '!doctype']

/** Whether every element is closed where it was opened; what stands in it counts as text. */
function unbalanced(page: string): string | undefined {
  const open: string[] = []
  for (const [, slash, name = ''] of page.matchAll(/<(\/?)([a-z!][a-z0-9]*)\b[^>]*>/gi)) {
    if (voids.includes(name.toLowerCase())) continue
    if (slash === '') open.push(name)
    else if (open.pop() !== name) return name
  }
  return open.at(-1)
}

t.test('the page stands alone in every language: nothing fetched, no script, each element closed', async (t) => {
  const titles = new Set<string>()
  for (const language of languages) {
    const page = renderDossierPage(dossierIn(language), language)
    t.match(page, new RegExp(`^<!doctype html>\\n<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`))
    t.notMatch(
      page,
      /https?:|\bsrc=|\bhref=|url\(|@import|<link|<script|<iframe|\son[a-z]+=/i,
      'no reference to anything outside, and no script'
    )
    t.equal(unbalanced(page), undefined, 'every element is closed')
    t.notMatch(page, /undefined|\[object|\{[a-z]+\}<\//)
    t.match(page, "default-src 'none'")
    titles.add(/<h2>([^<]+)</.exec(page)?.[1] ?? '')
  }
  t.equal(titles.size, languages.length, 'its headings are the reader’s')
})

t.test('markup in a text is shown as text, wherever it stands', async (t) => {
  const page = renderDossierPage(dossierIn('en'), 'en')
  t.notMatch(page, '<script')
  const escaped = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &quot;quoted&quot; &#39;single&#39;'
  t.ok(page.split(escaped).length > 12, 'titles, fields, labels, reasons, names')
  t.equal(html`<p title="${'"'}">${['<', html`<b>${'>'}</b>`, null, false, 0]}</p>`.html, '<p title="&quot;">&lt;<b>&gt;</b>0</p>')
})

t.test('places are joined by number and kind of line as well as by colour, and each text keeps its own direction', async (t) => {
  const page = renderDossierPage(dossierIn('ar'), 'ar')
  t.match(page, /<mark class="p1"><ruby>反渗透<rp>\(<\/rp><rt>[^<]+<\/rt><rp>\)<\/rp><\/ruby><sup>1<\/sup><\/mark>/)
  t.match(page, /<mark class="p1">Опреснение<sup>1<\/sup><\/mark>/)
  t.match(page, /<div class="text" lang="ru" dir="ltr">/)
  t.match(page, /\.p2\{background:#[0-9a-f]+;border-bottom:2px dashed #[0-9a-f]+\}/)
  t.equal(page.split('<span class="key p3">').length, 1, 'a pair that only one text shows is not in the legend')
  t.match(
    renderDossierPage(dossierIn('en', { demand: { record: record('ar', 'تحلية'), text: text('ar', 'تحلية') } }), 'en'),
    /<h1 lang="ar" dir="rtl">/
  )
})

t.test('what there is none of is said, and the side that asks reads a count', async (t) => {
  const bare = { shortlist: [], precedents: [], institutions: [], computedAt: null }
  t.match(renderDossierPage(dossierIn('en', bare), 'en'), /No technology fits today.*No precedent yet.*No institution serves/s)
  const asker = renderDossierPage(dossierIn('en', { ...bare, view: 'asker', count: 4 }), 'en')
  t.match(asker, /Technologies that fit: 4\. Which ones, staff will say after review\./)
  t.equal(unbalanced(asker), undefined)
  const clean = { ...line, uncleared: false, explanation: { ...line.explanation, missing: [], against: null } }
  t.match(
    renderDossierPage(dossierIn('en', { shortlist: [clean] }), 'en'),
    /Nothing that was asked is without evidence.*Nothing found that speaks against/s
  )
})

t.test('of places that meet, the weightier pair is marked; a gloss is told once', async (t) => {
  const field = { field: 'title', text: '😀反渗透淡化', gloss: [label('x', 1, 6, 'osmosis plant')] }
  const pairs = [
    { ...line.pairs[0], number: 1, technology: place(1, 4) },
    { ...line.pairs[0], number: 2, technology: place(3, 60) }
  ] as ShortlistLine['pairs']
  t.same(
    runsOf(field, 'technology', pairs).map(({ text: words, number, label: said }) => [words, number, said]),
    [
      ['😀', null, null],
      ['反渗透', 1, 'osmosis plant'],
      ['淡化', 2, null]
    ]
  )
  t.equal(
    runsOf(field, 'technology', pairs)
      .map(({ text: words }) => words)
      .join(''),
    field.text,
    'no word is lost'
  )
  t.same(
    runsOf({ ...field, text: '' }, 'technology', pairs)
      .map(({ text: words }) => words)
      .join(''),
    ''
  )
  const texts = { demand: dossierIn('ru').demand.text.fields, technology: line.text.fields }
  t.same(
    visiblePairs(line.pairs, texts).map(({ number }) => number),
    [1, 2],
    'one that only one text shows cannot be followed'
  )
  const hidden = { ...line.pairs[0], number: 4 } as ShortlistLine['pairs'][number]
  t.equal(visiblePairs([...line.pairs, hidden], texts).length, 2, 'nor one that lies wholly under another')
})
