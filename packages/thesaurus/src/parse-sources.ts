import { languages, type Language } from '@siku/contracts'
import { ThesaurusInvalidError, type ThesaurusFault } from './errors.ts'
import { cleanLabel } from './label-key.ts'
import {
  conceptKinds,
  labelTreatments,
  relationKinds,
  type Concept,
  type ConceptKind,
  type FieldSetting,
  type LabelRule,
  type LabelTreatment,
  type Relation,
  type RelationKind
} from './types.ts'

type Row = { cells: string[]; origin: { file: string; line: number } }

const conceptColumns = ['id', 'kind', 'broader', 'relations', ...languages]

function rowsOf(file: string, content: string, columns: readonly string[]): Row[] {
  const lines = content.split('\n').map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
  if (lines[0] !== columns.join('\t')) {
    throw new ThesaurusInvalidError([
      { file, line: 1, fault: 'the header is not as agreed', remedy: `Make the first line these tab-separated names: ${columns.join(' ')}` }
    ])
  }
  const faults: ThesaurusFault[] = []
  const rows: Row[] = []
  lines.slice(1).forEach((text, index) => {
    const origin = { file, line: index + 2 }
    if (text.trim() === '' || text.startsWith('#')) return
    const cells = text.split('\t').map((cell) => cell.trim())
    if (cells.length === columns.length) rows.push({ cells, origin })
    else
      faults.push({
        ...origin,
        fault: `${cells.length} cells instead of ${columns.length}`,
        remedy: 'Separate the cells by single tabs; leave a cell empty rather than out'
      })
  })
  if (faults.length > 0) throw new ThesaurusInvalidError(faults)
  return rows
}

function listOf(cell: string, separator: string): string[] {
  if (cell === '') return []
  const parts = cell.split(separator)
  const list: string[] = []
  for (const part of parts) {
    const trimmed = part.trim()
    if (trimmed !== '') list.push(trimmed)
  }
  return list
}

/** One file of concepts: columns id, kind, broader, relations and one per language. */
export function parseConcepts(file: string, content: string, faults: ThesaurusFault[]): Concept[] {
  const field = file.replace(/\.tsv$/, '')
  return rowsOf(file, content, conceptColumns).map(({ cells, origin }) => {
    const [id = '', kind = '', broader = '', relations = '', ...labelCells] = cells
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) {
      faults.push({
        ...origin,
        fault: `"${id}" is no concept id`,
        remedy: 'Use small letters, digits and single hyphens, such as drip-irrigation'
      })
    }
    if (!conceptKinds.includes(kind as ConceptKind)) {
      faults.push({ ...origin, fault: `kind "${kind}" is unknown`, remedy: `Use one of ${conceptKinds.join(', ')}` })
    }
    return {
      id,
      kind: kind as ConceptKind,
      field,
      broader: listOf(broader, ';'),
      relations: listOf(relations, ';').map((text) => parseRelation(text, origin, faults)),
      labels: labelsOf(labelCells),
      origin
    }
  })
}

function parseRelation(text: string, origin: Row['origin'], faults: ThesaurusFault[]): Relation {
  const [kind = '', target = ''] = text.split(':')
  if (!relationKinds.includes(kind as RelationKind) || target === '') {
    faults.push({
      ...origin,
      fault: `relation "${text}" is unknown`,
      remedy: `Write kind:concept-id with one of ${relationKinds.join(', ')}`
    })
  }
  return { kind: kind as RelationKind, target }
}

function labelsOf(cells: string[]): Partial<Record<Language, string[]>> {
  const labels: Partial<Record<Language, string[]>> = {}
  languages.forEach((language, column) => {
    const list = listOf(cells[column] ?? '', '|').map(cleanLabel)
    if (list.length > 0) labels[language] = list
  })
  return labels
}

/** `ambiguous.tsv`: how labels that are dangerous alone are to be read. */
export function parseLabelRules(file: string, content: string, faults: ThesaurusFault[]): LabelRule[] {
  return rowsOf(file, content, ['language', 'label', 'treatment', 'concepts', 'note']).map(({ cells, origin }) => {
    const [language = '', label = '', treatment = '', concepts = ''] = cells
    if (!languages.includes(language as Language)) {
      faults.push({ ...origin, fault: `language "${language}" is unknown`, remedy: `Use one of ${languages.join(', ')}` })
    }
    if (!labelTreatments.includes(treatment as LabelTreatment)) {
      faults.push({ ...origin, fault: `treatment "${treatment}" is unknown`, remedy: `Use one of ${labelTreatments.join(', ')}` })
    }
    return {
      language: language as Language,
      label: cleanLabel(label),
      treatment: treatment as LabelTreatment,
      concepts: listOf(concepts, ';'),
      origin
    }
  })
}

/** `fields.tsv`: the files to load, the weight of their layer and their titles. */
export function parseFields(file: string, content: string, faults: ThesaurusFault[]): FieldSetting[] {
  return rowsOf(file, content, ['field', 'weight', ...languages]).map(({ cells, origin }) => {
    const [field = '', weight = '', ...titles] = cells
    const value = Number(weight)
    if (!(value > 0 && value <= 1)) {
      faults.push({
        ...origin,
        fault: `weight "${weight}" of field ${field} is out of range`,
        remedy: 'Give a number above 0 and at most 1'
      })
    }
    return { field, weight: value, title: Object.fromEntries(languages.map((language, column) => [language, titles[column] ?? ''])) }
  })
}
