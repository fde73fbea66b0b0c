export class SearchError extends Error {
  readonly code: string
  readonly statusCode: number
  constructor(code: string, message: string, statusCode: number, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause })
    this.name = 'SearchError'
    this.code = code
    this.statusCode = statusCode
  }
}

export class SearchUnavailableError extends SearchError {
  constructor(doing: string, cause?: unknown) {
    super('SIKU_SEARCH_UNAVAILABLE', `The search engine did not answer while ${doing}; try again when it is back`, 503, cause)
    this.name = 'SearchUnavailableError'
  }
}

export class SearchBehindError extends SearchError {
  constructor(library: string, wanted: number, reached: number) {
    super('SIKU_SEARCH_BEHIND', `The index of ${library} has reached position ${reached}, not yet ${wanted}; try again shortly`, 503)
    this.name = 'SearchBehindError'
  }
}

export class SearchRefusedError extends SearchError {
  /** The engine's own code, such as `invalid_search_filter`. */
  readonly engineCode: string
  constructor(doing: string, engineCode: string, message: string, cause?: unknown) {
    super('SIKU_SEARCH_REFUSED', `The search engine refused ${doing} (${engineCode}): ${message}`, 500, cause)
    this.name = 'SearchRefusedError'
    this.engineCode = engineCode
  }
}

export class SearchQueryError extends SearchError {
  constructor(message: string) {
    super('SIKU_SEARCH_QUERY_INVALID', message, 400)
    this.name = 'SearchQueryError'
  }
}
