import type { Test } from 'tap'
import { accessCases } from './access-cases.ts'
import type { Open } from './asking.ts'
import { candidateCases } from './candidate-cases.ts'
import { highlightCases, languageCases } from './language-cases.ts'
import { filterCases, orderCases } from './list-cases.ts'
import { driftCases, failedRebuildCases, rebuildCases } from './rebuild-cases.ts'
import { vectorCases } from './vector-cases.ts'
import { wordCases } from './word-cases.ts'
import { positionCases, writingCases } from './writing-cases.ts'

/** What a search index promises, whatever engine answers. */
export async function searchConformance(t: Test, open: Open): Promise<void> {
  await t.test('words', (t) => wordCases(t, open))
  await t.test('languages', (t) => languageCases(t, open))
  await t.test('highlights', (t) => highlightCases(t, open))
  await t.test('filters and facets', (t) => filterCases(t, open))
  await t.test('order and pages', (t) => orderCases(t, open))
  await t.test('writing', (t) => writingCases(t, open))
  await t.test('places in the feed', (t) => positionCases(t, open))
  await t.test('who may see what', (t) => accessCases(t, open))
  await t.test('candidates', (t) => candidateCases(t, open))
  await t.test('vectors', (t) => vectorCases(t, open))
  await t.test('drift', (t) => driftCases(t, open))
  await t.test('rebuilding', (t) => rebuildCases(t, open))
  await t.test('rebuilding in vain', (t) => failedRebuildCases(t, open))
}
