import { fileTypeFromBuffer } from 'file-type'
import { FileTypeRefused } from './errors.ts'

const office = 'application/vnd.openxmlformats-officedocument'
const allowed = new Set([
  'application/pdf',
  'image/png',
  'image/jpeg',
  `${office}.wordprocessingml.document`,
  `${office}.spreadsheetml.sheet`,
  `${office}.presentationml.presentation`
])

/** The media type that the bytes themselves show; a name or a header is believed only for plain text that is valid UTF-8. */
export async function sniffMediaType(name: string, bytes: Buffer): Promise<string> {
  const found = await fileTypeFromBuffer(bytes)
  if (found && allowed.has(found.mime)) return found.mime
  if (found) throw FileTypeRefused(found.mime)
  if (!isPlainText(bytes)) throw FileTypeRefused('unknown')
  return name.toLowerCase().endsWith('.csv') ? 'text/csv' : 'text/plain'
}

function isPlainText(bytes: Buffer): boolean {
  if (bytes.includes(0)) return false
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return !/^\s*</u.test(text)
  } catch {
    return false
  }
}
