export class WeightsInvalidError extends Error {
  readonly code = 'SIKU_MATCHER_WEIGHTS_INVALID'

  constructor(fault: string, remedy: string) {
    super(`The weights file cannot be used: ${fault}. ${remedy}`)
    this.name = 'WeightsInvalidError'
  }
}

export class EditionMismatchError extends Error {
  readonly code = 'SIKU_MATCHER_EDITION_MISMATCH'

  constructor(id: string, found: string, wanted: string) {
    super(`Record ${id} was annotated with thesaurus edition ${found}; annotate it again with edition ${wanted} before scoring`)
    this.name = 'EditionMismatchError'
  }
}
