import type { Language } from '@siku/contracts'
import { scripts } from './character-classes.ts'
import { childOf } from './edge-table.ts'
import type { ReadField } from './read-field.ts'
import { addTo, clearSums, createSums } from './sums.ts'
import { isFiller, touches } from './tokens.ts'
import { countWeights, neighbourWeight, topicIndexOf, type TopicIndex } from './topic-index.ts'
import type { Thesaurus, TopicAnnotation } from './types.ts'
import type { WordReading } from './word-readings.ts'

const topicsMax = 32

const said = createSums()
const direct = createSums()
let spread = new Float64Array(0)

/**
 * What a text is about although it names no label in full: cross-lingual explicit semantic analysis (Gabrilovich and Markovitch 2007;
 * Potthast, Stein and Anderka 2008) with the concepts of the thesaurus as its dimensions. Each concept is weighed by how much the text
 * speaks in the words of its labels and of its neighbours' labels, so two texts without a common language meet in the same concepts. The
 * result depends on the text and the edition alone; its weights have the length 1.
 */
export function collectTopics(thesaurus: Thesaurus, fields: readonly ReadField[], language: Language | null): TopicAnnotation[] {
  if (language === null) return []
  const index = topicIndexOf(thesaurus, language)
  clearSums(said, index.idf.length)
  for (const field of fields) countWords(index, field)
  speak(index)
  spreadToNeighbours(index)
  const best = bestOf(index)
  let squares = 0
  for (let at = 0; at < best.count; at++) squares += (best.scores[at] ?? 0) * (best.scores[at] ?? 0)
  const length = Math.sqrt(squares)
  const topics: TopicAnnotation[] = []
  for (let at = 0; at < best.count; at++) {
    const weight = Math.round(((best.scores[at] ?? 0) / length) * 10_000) / 10_000
    if (weight > 0) topics.push({ id: thesaurus.conceptIds[best.concepts[at] ?? 0] ?? '', weight })
  }
  return topics
}

/** How often the field says each word of the index. */
function countWords(index: TopicIndex, { tokens, first, last, weight, source: { text }, base }: ReadField): void {
  const { scripts: scriptOf, starts, ends, marks, words, readings } = tokens
  const { units } = tokens.text
  for (let at = first; at < last; at++) {
    const script = scriptOf[at]
    let word: number | undefined
    if (script === scripts.han) {
      if (at + 1 >= last || scriptOf[at + 1] !== scripts.han || ((marks[at + 1] ?? 0) & touches) === 0) continue
      const [start = 0, end = 0] = [starts[at], ends[at + 1]]
      word =
        end - start === 2
          ? childOf(index.pairs, units[base + start] ?? 0, units[base + start + 1] ?? 0) - 1
          : index.words.get(text.slice(start, end))
    } else if (script !== scripts.digits && script !== scripts.other && ((marks[at] ?? 0) & isFiller) === 0) {
      word = numberOf(index, readings[words[at] ?? 0])
    }
    if (word !== undefined && word >= 0) addTo(said, word, weight)
  }
}

function numberOf({ words }: TopicIndex, reading: WordReading | undefined): number {
  if (!reading) return -1
  reading.topic ??= reading.form ? (words.get(reading.form.term) ?? -1) : -1
  return reading.topic
}

/** How much of the text is said in the words of each concept. */
function speak({ idf, from, concepts, counts, lengths }: TopicIndex): void {
  clearSums(direct, lengths.length)
  for (let nth = 0; nth < said.count; nth++) {
    const word = said.touched[nth] ?? 0
    const weight = idf[word] ?? 0
    const loud = (1 + Math.log(Math.max(1, said.amounts[word] ?? 0))) * weight
    for (let at = from[word] ?? 0, end = from[word + 1] ?? 0; at < end; at++) {
      addTo(direct, concepts[at] ?? 0, loud * ((countWeights[counts[at] ?? 0] ?? 0) * weight))
    }
  }
}

function spreadToNeighbours({ neighbours: { from, items, roots } }: TopicIndex): void {
  if (spread.length < direct.amounts.length) spread = new Float64Array(direct.amounts.length)
  spread.set(direct.amounts)
  for (let nth = 0; nth < direct.count; nth++) {
    const concept = direct.touched[nth] ?? 0
    const score = neighbourWeight * (direct.amounts[concept] ?? 0)
    for (let at = from[concept] ?? 0, end = from[concept + 1] ?? 0; at < end; at++) {
      const other = items[at] ?? 0
      spread[other] = (spread[other] ?? 0) + score / (roots[at] ?? 1)
    }
  }
}

const nearlyOne = 1 - 1e-12
const bestFew = { count: 0, concepts: new Int32Array(topicsMax), scores: new Float64Array(topicsMax) }

/** The best few, ties by the place in the thesaurus, without ordering the rest. */
function bestOf({ lengths }: TopicIndex): typeof bestFew {
  const { concepts, scores } = bestFew
  let count = 0
  let least = 0
  for (let concept = 0; concept < lengths.length; concept++) {
    const amount = spread[concept] ?? 0
    const length = lengths[concept] ?? 1
    // Almost all are refused here; who comes near is measured exactly.
    if (amount <= least * length * nearlyOne) continue
    const score = amount / length
    if (count === topicsMax && score <= least) continue
    let at = count < topicsMax ? count++ : topicsMax - 1
    for (; at > 0 && score > (scores[at - 1] ?? 0); at--) {
      scores[at] = scores[at - 1] ?? 0
      concepts[at] = concepts[at - 1] ?? 0
    }
    scores[at] = score
    concepts[at] = concept
    if (count === topicsMax) least = scores[count - 1] ?? 0
  }
  bestFew.count = count
  return bestFew
}
