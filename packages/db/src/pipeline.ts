export type Statement = { query: string; params: readonly unknown[] }

export type Pipeline = ReturnType<typeof createPipeline>

/** Below what makes the driver's socket push back (16 KiB), whatever lies in it already. */
const bytesMax = 12 * 1024
const statementsMax = 32
const frameBytes = 64

/**
 * Decides which statements of one connection may be sent before those under way are answered. The driver keeps a statement in a queue of
 * its own, from where it would run after a reconnect and outside its transaction, while it prepares another one or its socket pushes back.
 * So a statement follows at once only if this connection has it prepared and little is under way; any other waits, and is waited for.
 */
export function createPipeline() {
  const prepared = new Map<string, string>()
  let waiting = 0
  let bytes = 0
  let underWay = 0
  let last: Promise<unknown> = Promise.resolve()

  const keepOrder = <T>(turn: Promise<T>, settle: () => void): Promise<T> => {
    last = turn.then(settle, settle)
    return turn
  }

  return {
    canFollow: ({ query, params }: Statement, size: number): boolean =>
      waiting === 0 && underWay < statementsMax && bytes + size <= bytesMax && prepared.get(query) === kindsOf(params),
    follow<T>(size: number, send: () => Promise<T>): Promise<T> {
      bytes += size
      underWay += 1
      return keepOrder(send(), () => {
        bytes -= size
        underWay -= 1
      })
    },
    wait<T>(send: () => Promise<T>): Promise<T> {
      waiting += 1
      return keepOrder(last.then(send), () => {
        waiting -= 1
      })
    },
    /** The connection has answered it, so it has it prepared. */
    learn: ({ query, params }: Statement) => {
      const kinds = kindsOf(params)
      if (kinds !== undefined) prepared.set(query, kinds)
    },
    /** After an error or a reconnect nothing is sure to be prepared still. */
    forget: () => prepared.clear()
  }
}

/** Bytes that a statement takes on the wire, roughly; none where a parameter is of a kind that is measured by nobody. */
export function sizeOf({ params }: Statement): number {
  let size = frameBytes
  for (const param of params) size += typeof param === 'string' ? Buffer.byteLength(param) + 4 : 32
  return size
}

/** The driver prepares a statement anew for other kinds of parameters. Lists and bytes are left to wait. */
function kindsOf(params: readonly unknown[]): string | undefined {
  let kinds = ''
  for (const param of params) {
    const isPlain = param === null || typeof param === 'string' || typeof param === 'number'
    if (!isPlain && typeof param !== 'boolean') return undefined
    kinds += isPlain ? '0' : 'b'
  }
  return kinds
}
