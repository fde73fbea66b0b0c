import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { compileThesaurus } from './compile-thesaurus.ts'
import { ThesaurusInvalidError, type ThesaurusFault } from './errors.ts'
import { parseConcepts, parseFields, parseLabelRules } from './parse-sources.ts'
import type { Thesaurus, ThesaurusSource } from './types.ts'

const shipped = fileURLToPath(new URL('../data/', import.meta.url))

/** Reads the text files of a folder (the shipped ones by default) and compiles them. */
export function loadThesaurus(options: { folder?: string } = {}): Thesaurus {
  return compileThesaurus(readThesaurusSource(options.folder ?? shipped))
}

export function readThesaurusSource(folder: string = shipped): ThesaurusSource {
  const faults: ThesaurusFault[] = []
  const read = (file: string) => readFileSync(join(folder, file), 'utf8')
  const fields = parseFields('fields.tsv', read('fields.tsv'), faults)
  const source: ThesaurusSource = {
    version: read('version.txt').trim(),
    fields,
    concepts: fields.flatMap(({ field }) => parseConcepts(`${field}.tsv`, read(`${field}.tsv`), faults)),
    labelRules: parseLabelRules('ambiguous.tsv', read('ambiguous.tsv'), faults)
  }
  if (faults.length > 0) throw new ThesaurusInvalidError(faults)
  return source
}
