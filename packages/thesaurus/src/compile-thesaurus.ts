import { createHash } from 'node:crypto'
import { languages } from '@siku/contracts'
import { ThesaurusInvalidError } from './errors.ts'
import { scripts } from './character-classes.ts'
import { addPair, createPairBits } from './edge-table.ts'
import { informationContent, informationSince } from './information-content.ts'
import { indexLabels } from './label-index.ts'
import { labelKey } from './label-key.ts'
import { letterHash } from './letter-hash.ts'
import { createTrieBuilder } from './label-trie.ts'
import { createLabelWords, type LabelWord } from './label-words.ts'
import { normaliseText } from './normalise-text.ts'
import type { LabelCase } from './token-keys.ts'
import { tokenise, type Token } from './tokens.ts'
import type { JoinedWords, LabelEntry, LabelTreatment, LabelTrie, Thesaurus, ThesaurusSource } from './types.ts'
import { faultsOf } from './validate-source.ts'

/** Checks a thesaurus and makes it ready; its labels are filed when the first text comes (or by `warmUp`). Throws ThesaurusInvalidError with file, line and remedy. */
export function compileThesaurus(source: ThesaurusSource, options: { epoch?: Thesaurus } = {}): Thesaurus {
  const labels = indexLabels(source.concepts)
  const faults = faultsOf(source, labels.users)
  if (faults.length > 0) throw new ThesaurusInvalidError(faults)
  return assembleThesaurus(source, { keys: labels.keys, ...options })
}

/** Makes ready what was checked already. */
export function assembleThesaurus(source: ThesaurusSource, { keys, epoch }: { keys: readonly string[]; epoch?: Thesaurus }): Thesaurus {
  const { concepts, fields, labelRules } = source
  const positions = new Map(concepts.map((concept, position) => [concept.id, position]))
  const filed = fileWhenNeeded(source, keys.length, treatmentsOf(source, keys))
  const weightOf = new Map(fields.map((field) => [field.field, field.weight]))
  return {
    edition: `${source.version}-${hashOf(source)}`,
    version: source.version,
    fields,
    concepts,
    conceptIds: concepts.map((concept) => concept.id),
    positions,
    information: epoch ? informationSince(epoch, concepts) : informationContent(concepts, positions),
    layerWeights: Float64Array.from(concepts, (concept) => weightOf.get(concept.field) ?? 1),
    labelCount: keys.length,
    labelRules,
    ...(epoch ? { epoch } : {}),
    get trie() {
      return filed().trie
    },
    get joinedWords() {
      return filed().joinedWords
    }
  }
}

/** How labels are to be read that have a rule, by their place among all labels. */
function treatmentsOf(source: ThesaurusSource, keys: readonly string[]): Treatments {
  const rules = new Map(source.labelRules.map((rule) => [labelKey(rule.language, rule.label), rule.treatment]))
  const treatments: Treatments = new Map()
  keys.forEach((key, at) => {
    const treatment = rules.get(key)
    if (treatment) treatments.set(at, treatment)
  })
  return treatments
}

type Treatments = Map<number, LabelTreatment>

/** Filing takes most of the time and is for reading texts alone: who only looks concepts up never waits for it. */
function fileWhenNeeded(source: ThesaurusSource, labelCount: number, treatments: Treatments): () => FiledLabels {
  let filed: FiledLabels | undefined
  return () => (filed ??= fileLabels(source, labelCount, treatments))
}

type FiledLabels = { trie: LabelTrie; joinedWords: JoinedWords }

function fileLabels(source: ThesaurusSource, labelCount: number, treatments: Treatments): FiledLabels {
  const filing = createFiling(labelCount)
  let at = 0
  source.concepts.forEach((concept, position) => {
    for (const language of languages) {
      for (const label of concept.labels[language] ?? []) {
        const treatment = treatments.get(at++)
        addLabel(filing, label, { entry: { concept: position, language, weak: treatment === 'weak' }, treatment })
      }
    }
  })
  const { builder, joinedWords: words } = filing
  const hashes = createPairBits(joinedBitsLog)
  for (const word of words) addPair(hashes, letterHash(word).hash, 0)
  return { trie: builder.build(), joinedWords: { words, hashes } }
}

const joinedBitsLog = 18

type Filing = ReturnType<typeof createFiling>

function createFiling(labelsExpected: number) {
  const builder = createTrieBuilder(labelsExpected)
  return { builder, words: createLabelWords(builder), joinedWords: new Set<string>() }
}

type Read = { entry: LabelEntry; treatment: LabelTreatment | undefined }

function addLabel(filing: Filing, label: string, { entry, treatment }: Read): void {
  const { builder, words } = filing
  const { language } = entry
  const characters = words.findHan(label)
  if (characters) {
    builder.add(characters, entry)
    return
  }
  const tokens = tokenise(normaliseText(label).text)
  if (tokens.length === 0) return
  const labelCase: LabelCase = treatment === 'capitals' || treatment === 'anycase' ? treatment : 'as-written'
  const carrying = words.carrying(tokens, language)
  builder.add(
    carrying.map((word) => words.numberOf(word, language, labelCase)),
    entry
  )
  if (carrying.length <= 2) addJoined(filing, entry, { tokens, carrying })
}

/** micro-irrigation is also written microirrigation, and microirrigation in two words. */
function addJoined(
  { builder, words, joinedWords }: Filing,
  entry: LabelEntry,
  { tokens, carrying }: { tokens: readonly Token[]; carrying: readonly LabelWord[] }
): void {
  const [first, second] = carrying.map((word) => word.token)
  if (!first || first.script === scripts.han || second?.script === scripts.han) return
  if (!second) {
    if (first.script !== scripts.digits) joinedWords.add(first.lower)
    return
  }
  if (second.script !== first.script || tokens.findLast((token) => token.text === second.text)?.joined !== 'hyphen') return
  const joined: Token = { ...first, text: first.text + second.text, lower: first.lower + second.lower }
  const [word] = words.carrying([joined], entry.language)
  if (word) builder.add([words.numberOf(word, entry.language, 'anycase')], entry)
}

function hashOf(source: ThesaurusSource): string {
  const content = {
    fields: source.fields,
    concepts: source.concepts.map(({ origin: _, ...concept }) => concept),
    labelRules: source.labelRules.map(({ origin: _, ...rule }) => rule)
  }
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12)
}
