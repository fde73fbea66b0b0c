export class DeadlineError extends Error {
  constructor(ms: number) {
    super(`no answer within ${ms} ms`)
    this.name = 'DeadlineError'
  }
}

/** Gives up waiting, not working: a late answer is dropped, a late failure does not surface. */
export function within<T>(ms: number, answer: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(ms)), ms)
    answer.then(resolve, reject).finally(() => clearTimeout(timer))
  })
}
