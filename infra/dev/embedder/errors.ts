export type LocalEmbedderErrorCode =
  | 'SIKU_LOCAL_EMBEDDER_NO_PYTHON'
  | 'SIKU_LOCAL_EMBEDDER_NOT_INSTALLED'
  | 'SIKU_LOCAL_EMBEDDER_NOT_STARTED'

/** Why there is no embedder on this machine; the message says what would be needed. */
export class LocalEmbedderError extends Error {
  readonly code: LocalEmbedderErrorCode

  constructor(code: LocalEmbedderErrorCode, message: string) {
    super(message)
    this.name = 'LocalEmbedderError'
    this.code = code
  }
}
