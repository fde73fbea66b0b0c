import { randomBytes } from 'node:crypto'

/** The edge where time and chance come in; everything else is given `now` and `newId`. */
export const systemNow = (): Date => new Date()

/** UUID version 7 (RFC 9562): the time in front, so that keys made one after another lie side by side in an index. */
export function newId(): string {
  const bytes = randomBytes(16)
  bytes.writeUIntBE(Date.now(), 0, 6)
  bytes.writeUInt8(((bytes[6] ?? 0) & 0x0f) | 0x70, 6)
  bytes.writeUInt8(((bytes[8] ?? 0) & 0x3f) | 0x80, 8)
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
