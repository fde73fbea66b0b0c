export type ThesaurusFault = { file: string; line: number; fault: string; remedy: string }

/** Refuses a thesaurus that does not hold together; every fault names its file, its line and what would be right. */
export class ThesaurusInvalidError extends Error {
  readonly code = 'SIKU_THESAURUS_INVALID'
  readonly faults: ThesaurusFault[]

  constructor(faults: ThesaurusFault[]) {
    const lines = faults.slice(0, 20).map((fault) => `${fault.file}:${fault.line}: ${fault.fault}. ${fault.remedy}`)
    const rest = faults.length > 20 ? [`and ${faults.length - 20} more`] : []
    super([`The thesaurus has ${faults.length} fault(s):`, ...lines, ...rest].join('\n'))
    this.name = 'ThesaurusInvalidError'
    this.faults = faults
  }
}

export class ConceptUnknownError extends Error {
  readonly code = 'SIKU_THESAURUS_CONCEPT_UNKNOWN'

  constructor(conceptId: string, edition: string) {
    super(`Concept "${conceptId}" is not in thesaurus edition ${edition}; use an id listed in thesaurus.conceptIds`)
    this.name = 'ConceptUnknownError'
  }
}
