import type { Language } from '@siku/contracts'

const commaIsDecimal: readonly (Language | null)[] = ['fr', 'ru', 'es', 'pt']
const pointGroups: readonly (Language | null)[] = ['es', 'pt']

/** Reads a number as the language writes it: 1,200 · 1.200 · 1 200 · 1'200 · 1٬200٫5. Digits are ASCII already. */
export function parseNumber(written: string, language: Language | null): number {
  const text = written
    .replace(/[ '’٬]/g, '')
    .replace(/٫/g, '.')
    .replace(/،/g, ',')
  const comma = text.lastIndexOf(',')
  const point = text.lastIndexOf('.')
  if (comma >= 0 && point >= 0) {
    return comma > point ? Number(text.replaceAll('.', '').replace(',', '.')) : Number(text.replaceAll(',', ''))
  }
  if (comma >= 0) return readSeparator(text, ',', !commaIsDecimal.includes(language))
  if (point >= 0) return readSeparator(text, '.', pointGroups.includes(language))
  return Number(text)
}

function readSeparator(text: string, separator: ',' | '.', groupsThousands: boolean): number {
  const parts = text.split(separator)
  const grouped = parts.slice(1).every((part) => part.length === 3) && (parts[0] ?? '').length <= 3 && parts[0] !== '0'
  // More than one separator can only group; a single one before three digits is read as the language does.
  if (grouped && (parts.length > 2 || groupsThousands)) return Number(parts.join(''))
  return Number(`${parts[0]}.${parts.slice(1).join('')}`)
}
