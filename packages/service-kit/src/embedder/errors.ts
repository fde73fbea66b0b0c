export type EmbedderFault =
  /** No connection, no answer in time, or an answer that says the server cannot now. */
  | 'SIKU_EMBEDDER_AWAY'
  /** The server understood and will not: a wrong key, a wrong model, a text it cannot take. */
  | 'SIKU_EMBEDDER_REFUSED'
  /** An answer that is not one vector of the agreed length for each text. */
  | 'SIKU_EMBEDDER_ANSWER'
  /** The server has another model than when it was asked first. */
  | 'SIKU_EMBEDDER_CHANGED'

/** The embedder did not give vectors; matching goes on with concepts alone. */
export class EmbedderError extends Error {
  readonly code: EmbedderFault
  /** HTTP status, where there was one. */
  readonly status: number | undefined

  constructor(code: EmbedderFault, message: string, { status, cause }: { status?: number; cause?: unknown } = {}) {
    super(message, { cause })
    this.name = 'EmbedderError'
    this.code = code
    this.status = status
  }
}
