export type EmbeddedErrorCode =
  | 'SIKU_EMBEDDED_NO_BINARIES'
  | 'SIKU_EMBEDDED_INITIALISATION_FAILED'
  | 'SIKU_EMBEDDED_START_FAILED'
  | 'SIKU_EMBEDDED_IN_USE'
  | 'SIKU_EMBEDDED_WRONG_VERSION'
  | 'SIKU_EMBEDDED_NO_UNPRIVILEGED_USER'

export class EmbeddedError extends Error {
  readonly code: EmbeddedErrorCode

  constructor(code: EmbeddedErrorCode, message: string) {
    super(message)
    this.name = 'EmbeddedError'
    this.code = code
  }
}
