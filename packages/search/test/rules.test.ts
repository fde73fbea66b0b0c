import t from 'tap'
import { maySee, visibilities, controlStates } from '@siku/contracts'
import { actors } from './access-cases.ts'
import { aDocument } from './documents.ts'
import { parseFilter, passesFilter } from '@siku/testing'
import { all, any, compileClause, not, oneOf, type Clause, type FilterField } from '../src/clause.ts'
import { filterText, quote } from '../src/meilisearch/filter-text.ts'
import { readerFilter, readerOf, type SearchDocument } from '../src/index.ts'
import { matchWords } from '../src/word-match.ts'

/** A small repeatable generator: the same seed gives the same cases. */
function randomly(seed: number) {
  let state = seed
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
  return { below, pick: <T>(from: readonly [T, ...T[]]): T => from[below(from.length)] ?? from[0] }
}

await t.test('the reader filter is the rule of the contracts, for every reader and record', (t) => {
  let checked = 0
  for (const actor of Object.values(actors)) {
    const passes = compileClause(readerFilter(readerOf(actor)))
    for (const visibility of visibilities) {
      for (const controlState of controlStates) {
        for (const state of ['published', 'paused', 'expired'] as const) {
          for (const clearedCountries of [[], ['KZ'], ['CN']]) {
            for (const excluding of [
              {},
              { excludedKeys: ['excluded-key'] },
              { excludedCountries: ['KZ', 'FR'] },
              { excludedKeys: ['owner-1'] }
            ]) {
              const { access } = aDocument('1', { access: { visibility, controlState, state, clearedCountries, ...excluding } })
              if (passes({ ...aDocument('1'), access }) !== maySee(actor, access)) t.fail('they differ', { actor, access })
              checked += 1
            }
          }
        }
      }
    }
  }
  t.equal(checked, Object.keys(actors).length * visibilities.length * controlStates.length * 3 * 3 * 4)
  t.end()
})

await t.test('no value can end its quotes', (t) => {
  const { below, pick } = randomly(1)
  const pieces = [
    '"',
    '\\',
    "'",
    '\\"',
    '" OR "id" IN ["',
    ')',
    '(',
    ']',
    '[',
    ',',
    ' ',
    '\n',
    'AND',
    'NOT',
    'IN',
    '水',
    'é',
    '𠮷',
    '\u0000',
    'a',
    '='
  ] as const
  for (let round = 0; round < 5_000; round += 1) {
    const value = Array.from({ length: below(8) }, () => pick(pieces)).join('')
    const node = parseFilter(`"id" IN [${quote(value)}]`)
    if (node.op !== 'in' || node.values.length !== 1 || node.values[0] !== value) t.fail('the value came back changed', { value, node })
  }
  t.throws(() => parseFilter('"id" IN ["a\\"]'), 'and the parser that judges it refuses what is left open')
  t.not(
    JSON.stringify(parseFilter('"id" IN ["x" , "y"]')),
    JSON.stringify(parseFilter(`"id" IN [${quote('x" , "y')}]`)),
    'a naive builder would be caught'
  )
  t.end()
})

await t.test('a clause written out means what it means evaluated', (t) => {
  const { below, pick } = randomly(2)
  const values = ['a', 'b', '"', '\\', 'x" OR "id" IN ["a', 'AND', '水', 'NOT (', ']'] as const
  const fields: readonly [FilterField, ...FilterField[]] = [
    'id',
    'concepts',
    'facets.sectors',
    'facets.stage',
    'access.ownerKey',
    'access.excludedKeys'
  ]
  const someValues = () => Array.from({ length: below(4) }, () => pick(values))
  const clause = (depth: number): Clause => {
    const kind = depth === 0 ? pick(['in', 'null', 'at-least']) : pick(['all', 'any', 'not', 'in', 'null', 'at-least'])
    if (kind === 'all') return all(...Array.from({ length: below(3) }, () => clause(depth - 1)))
    if (kind === 'any') return any(...Array.from({ length: below(3) }, () => clause(depth - 1)))
    if (kind === 'not') return not(clause(depth - 1))
    if (kind === 'null') return { kind: 'null', field: 'access.validUntil' }
    if (kind === 'at-least') return { kind: 'at-least', field: 'access.validUntil', value: below(4) }
    return oneOf(pick(fields), someValues())
  }
  const record = (): SearchDocument =>
    aDocument(pick(values), {
      concepts: someValues(),
      facets: { sectors: someValues(), stage: pick([null, ...values]) },
      access: { ownerKey: pick(values), excludedKeys: someValues(), validUntil: pick([null, 0, 1, 2, 3]) }
    })
  let passed = 0
  for (let round = 0; round < 3_000; round += 1) {
    const [generated, document] = [clause(3), record()]
    const text = filterText(generated)
    const written = text === undefined || passesFilter(parseFilter(text), document)
    const evaluated = compileClause(generated)(document)
    if (written !== evaluated) t.fail('they differ', { generated, text, document })
    passed += evaluated ? 1 : 0
  }
  t.ok(passed > 300 && passed < 2_700, `${passed} of 3,000 passed, so both answers were met`)
  t.end()
})

await t.test('words count most in the title, less in the body, less begun or misspelt', (t) => {
  const terms = { titleTerms: ['desalination'], bodyTerms: ['membrane'] }
  const score = (...words: string[]) => matchWords(words, terms).score
  t.equal(score('desalination'), 1)
  t.ok(score('desalination') > score('desal') && score('desal') > score('desalinetion'))
  t.ok(score('desalinetion') >= score('membrane') && score('membrane') > score('membrene'))
  t.equal(score('desalination', 'absent'), 0.5)
  t.equal(score('dezalinetiom'), 0, 'three letters amiss are another word')
  t.equal(score(), 0)
  t.same(matchWords(['desalinetion', 'memb'], terms).tokens, ['desalination', 'membrane'])
  t.end()
})
