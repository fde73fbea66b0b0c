export type TestingErrorCode = 'SIKU_TESTING_NO_DATABASE' | 'SIKU_TESTING_NOT_MIGRATED' | 'SIKU_TESTING_NOT_IN_TIME' | 'SIKU_TESTING_REDIS'

export class TestingError extends Error {
  readonly code: TestingErrorCode

  constructor(code: TestingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'TestingError'
    this.code = code
  }
}
