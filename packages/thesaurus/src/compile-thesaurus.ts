import { createHash } from 'node:crypto'
import { languages, type Language } from '@siku/contracts'
import { ThesaurusInvalidError } from './errors.ts'
import { informationContent } from './information-content.ts'
import { labelKey } from './label-key.ts'
import { createTrieBuilder, type TrieBuilder } from './label-trie.ts'
import { normaliseText } from './normalise-text.ts'
import { isLabelFiller, keysOfLabelToken, type LabelCase } from './token-keys.ts'
import { tokenise, type Token } from './tokenise.ts'
import type { LabelEntry, LabelTreatment, Thesaurus, ThesaurusSource } from './types.ts'
import { faultsOf } from './validate-source.ts'

/** Checks a thesaurus and makes it ready for reading texts. Throws ThesaurusInvalidError with file, line and remedy. */
export function compileThesaurus(source: ThesaurusSource): Thesaurus {
  const faults = faultsOf(source)
  if (faults.length > 0) throw new ThesaurusInvalidError(faults)
  const { concepts, fields } = source
  const positions = new Map(concepts.map((concept, position) => [concept.id, position]))
  const weightOf = new Map(fields.map((field) => [field.field, field.weight]))
  const builder = createTrieBuilder()
  const joinedWords = new Set<string>()
  const rules = new Map(source.labelRules.map((rule) => [labelKey(rule.language, rule.label), rule.treatment]))
  let labelCount = 0
  concepts.forEach((concept, position) => {
    for (const language of languages) {
      for (const label of concept.labels[language] ?? []) {
        const treatment = rules.get(labelKey(language, label))
        addLabel(builder, joinedWords, { concept: position, language, label, weak: treatment === 'weak' }, treatment)
        labelCount++
      }
    }
  })
  return {
    edition: `${source.version}-${hashOf(source)}`,
    version: source.version,
    fields,
    concepts,
    conceptIds: concepts.map((concept) => concept.id),
    positions,
    information: informationContent(concepts, positions),
    layerWeights: Float64Array.from(concepts, (concept) => weightOf.get(concept.field) ?? 1),
    labelCount,
    trie: builder.build(),
    joinedWords
  }
}

function addLabel(builder: TrieBuilder, joinedWords: Set<string>, entry: LabelEntry, treatment: LabelTreatment | undefined): void {
  const all = tokenise(normaliseText(entry.label))
  const meaningful = all.filter((token) => !isLabelFiller(token, entry.language))
  const tokens = meaningful.length > 0 ? meaningful : all
  if (tokens.length === 0) return
  const labelCase: LabelCase = treatment === 'capitals' || treatment === 'anycase' ? treatment : 'as-written'
  builder.add(
    tokens.map((token) => wordNumberOf(builder, token, entry.language, labelCase)),
    entry
  )
  if (tokens.some((token) => token.script === 'han')) return
  const [first, second] = tokens
  if (tokens.length === 1 && first && first.script !== 'digits') joinedWords.add(first.lower)
  if (tokens.length === 2 && first && second?.joined === 'hyphen' && second.script === first.script) {
    // micro-irrigation is also written microirrigation.
    const joined: Token = { ...first, text: first.text + second.text, lower: first.lower + second.lower }
    builder.add([wordNumberOf(builder, joined, entry.language, 'anycase')], entry)
  }
}

function wordNumberOf(builder: TrieBuilder, token: Token, language: Language, labelCase: LabelCase): number {
  const [own, ...others] = keysOfLabelToken(token, language, labelCase)
  const word = builder.wordNumber(own?.key ?? '')
  for (const { key } of others) builder.alias(key, word)
  return word
}

function hashOf(source: ThesaurusSource): string {
  const content = {
    fields: source.fields,
    concepts: source.concepts.map(({ origin: _, ...concept }) => concept),
    labelRules: source.labelRules.map(({ origin: _, ...rule }) => rule)
  }
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)
}
