export type ThesaurusFault = { file: string; line: number; fault: string; remedy: string; about?: FaultPart }

/** Which part of a concept is at fault. */
export type FaultPart = 'id' | 'field' | 'labels' | 'label' | 'broader' | 'relations' | 'treatment'

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

/** Labels are filed under numbers of so many bits. */
export class ThesaurusTooLargeError extends Error {
  readonly code = 'SIKU_THESAURUS_TOO_LARGE'

  constructor(what: string, max: number) {
    super(`The labels of the thesaurus have more than ${max} ${what}; take fields out, or give the numbers of edge-table.ts more bits`)
    this.name = 'ThesaurusTooLargeError'
  }
}

export class LanguageModelUnreadableError extends Error {
  readonly code = 'SIKU_THESAURUS_LANGUAGE_MODEL_UNREADABLE'

  constructor(file: string) {
    super(`${file} is not written as this edition of the language detector reads it; install the version of eld in the lockfile`)
    this.name = 'LanguageModelUnreadableError'
  }
}
