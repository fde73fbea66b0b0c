import type { Language } from '@siku/contracts'
import { dossierMessage } from '@siku/matcher'
import { runsOf, visiblePairs, type Dossier } from '@siku/matching'
import { besides, cellsOf, wrap, type Cell } from './columns.ts'

type Line = Dossier['shortlist'][number]
type Pairs = Line['pairs']
export type Paper = { width: number; colour: boolean }

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'
const shownFields = ['title', 'summary', 'description']
const glossesMax = 8

/** A dossier for the terminal: the demand beside its best technology, what joins them, what is missing, precedents, institutions. */
export function dossierLines(dossier: Dossier, paper: Paper): string[] {
  const { language, demand, shortlist, precedents, institutions, count, view } = dossier
  const say = (key: string, fillers?: Record<string, string>) => dossierMessage(key, language, fillers)
  const [best, ...others] = shortlist
  const none = view === 'asker' && count > 0 ? say('count', { count: String(count) }) : say('no-shortlist')
  return [
    rule(`${say('title')} ${demand.record.reference}`, paper),
    ...(dossier.stale ? [say('stale')] : []),
    ...(best ? bestLines(dossier, best, paper) : [...folded(demand.record.title, paper), '', none]),
    ...others.map((line, index) => `${index + 2}. ${line.explanation.headline}  ${line.technology.title}`),
    ...entryLines(say('precedents'), precedents, { none: say('no-precedents'), paper }),
    ...entryLines(say('institutions'), institutions, { none: say('no-institutions'), paper })
  ]
}

function bestLines({ language, demand }: Dossier, line: Line, paper: Paper): string[] {
  const say = (key: string) => dossierMessage(key, language)
  const pairs = visiblePairs(line.pairs, { demand: shownIn(demand.text), technology: shownIn(line.text) })
  const { reasons, missing, against, headline } = line.explanation
  const heads = besides(
    cellsOf(`${say('demand')} ${demand.record.reference} (${demand.text.language})`),
    cellsOf(`${say('technology')} ${line.technology.reference} (${line.text.language})  ${headline}`),
    paper
  )
  const texts = shownFields.flatMap((field) => {
    const [left, right] = [cellsIn(demand.text, field, { side: 'demand', pairs }), cellsIn(line.text, field, { side: 'technology', pairs })]
    return left.length + right.length === 0 ? [] : [...besides(left, right, paper), ...besides([{ sign: ' ', pair: 0 }], [], paper)]
  })
  return [
    ...heads,
    ...texts,
    ...pairs.map(
      ({ number, demandConcept, technologyConcept }) => `  ${raised(number)} ${sameOrBoth(demandConcept.label, technologyConcept.label)}`
    ),
    ...glossLines(line, language, paper),
    ...(line.uncleared ? [`! ${say('uncleared')}`] : []),
    '',
    `${say('reasons')}:`,
    ...reasons.flatMap((reason) => folded(`  + ${reason}`, paper)),
    `${say('missing')}:`,
    ...(missing.length > 0 ? missing : [say('nothing-missing')]).flatMap((one) => folded(`  ? ${one}`, paper)),
    `${say('against')}:`,
    ...folded(`  − ${against ?? say('nothing-against')}`, paper)
  ]
}

const shownIn = (text: Line['text']) => text.fields.filter(({ field }) => shownFields.includes(field))

const sameOrBoth = (one: string, other: string): string => (one === other ? one : `${one} ↔ ${other}`)

/** Words of the foreign text with the reader's own, as many as fit a line or two; figures read alike everywhere. */
function glossLines({ text }: Line, language: Language, paper: Paper): string[] {
  const glosses = text.fields.flatMap(({ text: words, gloss }) =>
    gloss
      .filter(({ conceptId }) => conceptId !== null)
      .map(({ start, end, label }) => `${[...words].slice(start, end).join('')} = ${label}`)
  )
  const few = [...new Set(glosses)].slice(0, glossesMax)
  return few.length === 0 ? [] : ['', `${text.language} → ${language}:`, ...folded(`  ${few.join(' · ')}`, paper)]
}

type Entries = readonly { record: { title: string; reference: string }; reason: string }[]

const entryLines = (heading: string, entries: Entries, { none, paper }: { none: string; paper: Paper }): string[] => [
  '',
  `${heading}:`,
  ...(entries.length === 0 ? [`  ${none}`] : []),
  ...entries.flatMap(({ record, reason }) => [
    ...folded(`  • ${record.title} (${record.reference})`, paper),
    ...folded(`    ${reason}`, paper)
  ])
]

/** A field with its joined places in brackets and numbered, so that they are seen without colour too. */
function cellsIn(text: Dossier['demand']['text'], name: string, { side, pairs }: { side: 'demand' | 'technology'; pairs: Pairs }): Cell[] {
  const field = text.fields.find((one) => one.field === name)
  if (!field) return []
  const runs = runsOf(field, side, pairs)
  return runs.flatMap(({ text: words, number }, at): Cell[] => {
    if (number === null) return cellsOf(words)
    const [begins, ends] = [runs[at - 1]?.number !== number, runs[at + 1]?.number !== number]
    return cellsOf(`${begins ? '[' : ''}${words}${ends ? `]${raised(number)}` : ''}`, number)
  })
}

const raised = (number: number): string => [...String(number)].map((digit) => superscripts[Number(digit)] ?? digit).join('')

/** Lines that go on are set in as far as the text of the first. */
function folded(text: string, { width }: Paper): string[] {
  const [margin = '', mark = ''] = /^( *)([+?−•] )?/.exec(text)?.slice(1) ?? []
  const inset = ' '.repeat((margin + (mark ?? '')).length)
  return wrap(cellsOf(text.slice(margin.length)), width - inset.length).map((cells, at) => {
    const words = cells.map(({ sign }) => sign).join('')
    return `${at === 0 ? margin : inset}${words}`.trimEnd()
  })
}

const rule = (title: string, { width }: Paper): string => `── ${title} ${'─'.repeat(Math.max(3, width - title.length - 4))}`

/** As wide as the terminal, within what is pleasant to read. */
export const paperOf = (out: { isTTY?: boolean; columns?: number }): Paper => ({
  width: Math.max(60, Math.min(out.columns ?? 110, 130)),
  colour: out.isTTY === true && !process.env.NO_COLOR
})
