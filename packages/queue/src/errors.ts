export class QueueUnavailableError extends Error {
  readonly code = 'SIKU_QUEUE_UNAVAILABLE'
  readonly statusCode = 503
  constructor(doing: string, cause?: unknown) {
    super(
      `The queue did not answer while ${doing}; work goes on from the ledger, hints resume when it is back`,
      cause === undefined ? undefined : { cause }
    )
    this.name = 'QueueUnavailableError'
  }
}

export class QueueClosedError extends Error {
  readonly code = 'SIKU_QUEUE_CLOSED'
  constructor() {
    super('The queue was closed; listen before close, or create another queue')
    this.name = 'QueueClosedError'
  }
}
