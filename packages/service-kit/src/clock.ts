import { randomFillSync } from 'node:crypto'

/** The edge where time and chance come in; everything else is given `now` and `newId`. */
export const systemNow = (): Date => new Date()

const idBytes = 16
/** Asking the system for chance costs more than all the rest of an id, so it is asked for many at once. */
const pool = Buffer.alloc(idBytes * 256)
let used = pool.length

/** UUID version 7 (RFC 9562): the time in front, so that keys made one after another lie side by side in an index. */
export function newId(): string {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  const at = used
  used += idBytes
  pool.writeUIntBE(Date.now(), at, 6)
  pool.writeUInt8(((pool[at + 6] ?? 0) & 0x0f) | 0x70, at + 6)
  pool.writeUInt8(((pool[at + 8] ?? 0) & 0x3f) | 0x80, at + 8)
  const hex = pool.toString('hex', at, used)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
