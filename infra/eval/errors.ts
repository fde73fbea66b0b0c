export class CollectionError extends Error {
  readonly code = 'SIKU_EVAL_COLLECTION'

  constructor(message: string) {
    super(message)
    this.name = 'CollectionError'
  }
}

/** Something was asked for that this build or this machine does not have. */
export class EvalUnavailableError extends Error {
  readonly code = 'SIKU_EVAL_UNAVAILABLE'

  constructor(message: string) {
    super(message)
    this.name = 'EvalUnavailableError'
  }
}
