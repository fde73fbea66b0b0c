import type { Draft, OwnerSnapshot } from '@siku/contracts'
import { contentHash } from '@siku/db'
import type { Library } from '../define-library.ts'
import { ownerNamePatterns } from './owner-name-patterns.ts'
import { publicPassages } from './public-passages.ts'

export type LeakKind = 'owner name' | 'web address' | 'mail address' | 'phone number' | 'patent or certificate number'

/** A passage that may tell who the owner is. `start` and `end` count code points in the text at `pointer`. */
export type Leak = { key: string; kind: LeakKind; pointer: string; start: number; end: number; excerpt: string }

const topLevels =
  'com|cn|org|net|edu|gov|info|biz|io|eu|int|ru|by|kz|uz|kg|tj|tm|am|az|ge|rs|hu|pl|cz|de|fr|es|pt|br|mx|ar|cl|pe|eg|sa|ae|ir|iq|om|qa|ma|dz|tn|ke|ng|et|za|tr|pk|bd|lk|mm|th|vn|ph|sg|mn|jp|kr|uk'

// `\b` knows ASCII only: before Chinese, Cyrillic or Arabic words the edge is said in Unicode properties.
const patterns: readonly { kind: LeakKind; pattern: RegExp }[] = [
  { kind: 'mail address', pattern: /[\p{L}\p{N}._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/giu },
  { kind: 'web address', pattern: /(?:https?:\/\/|www\.)[^\s<>"'，。；、（）]{2,200}/giu },
  { kind: 'web address', pattern: new RegExp(`(?<![a-z0-9@.-])[a-z0-9-]{2,63}(?:\\.[a-z0-9-]{2,63}){0,3}\\.(?:${topLevels})(?![\\p{L}\\p{N}])(?:/[^\\s]{0,200})?`, 'giu') },
  { kind: 'patent or certificate number', pattern: /(?<![\p{Script=Latin}\p{N}])(?:ZL|CN|US|EP|WO|PCT|RU|JP|KR)[\s/]{0,2}\d(?:[\s,./]?\d){5,14}(?:\.?X|\s?[A-Z]\d?)?(?![\p{Script=Latin}\p{N}])/giu },
  { kind: 'patent or certificate number', pattern: /(?:专利号|專利號|授权号|公开号|登记号|证书编号|注册证号|许可证号|(?<!\p{L})(?:patent|brevet|patente|патент[а-я]{0,2})|براءة(?: اختراع)?)\s?(?:no\.?|n°|nº|№|number|رقم)?\s?[:：]?\s?(?=[A-Z./-]{0,6}\d)[A-Z0-9./-]{3,29}[A-Z0-9]/giu },
  { kind: 'phone number', pattern: /(?<![\p{N}.,])(?:\+|00)\d{1,3}[\s-]?(?:\(?\d{1,4}\)?[\s-]?){2,5}\d{2,4}(?!\p{N})|(?<!\d)1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}(?!\d)|(?<!\d)0\d{2,3}-\d{7,8}(?!\d)|(?<!\d)400-\d{3}-?\d{4}(?!\d)|(?<!\d)8\s?\(\d{3,5}\)\s?\d[\d\s-]{4,9}\d(?!\d)/gu }
]

/** Passages of the public text that may tell who the owner is: names, addresses, numbers. Shown to the author, removed or confirmed. */
export function findIdentityLeaks(library: Library, owner: OwnerSnapshot, draft: Draft): Leak[] {
  const kinds = [...ownerNamePatterns(owner.name).map((pattern) => ({ kind: 'owner name' as const, pattern })), ...patterns]
  const leaks: Leak[] = []
  for (const { pointer, text } of publicPassages(library, draft)) {
    const folded = foldWidths(text)
    for (const { kind, pattern } of kinds) {
      for (const found of folded.matchAll(pattern)) leaks.push(leakAt({ kind, pointer, text, index: found.index, length: found[0].length }))
    }
  }
  const whole = leaks.filter((leak) => !leaks.some((other) => isWithin(leak, other)))
  return whole.filter((leak, index) => whole.findIndex((other) => other.key === leak.key) === index)
}

/** A part of a finding, such as the core of a name in the whole name, is no finding of its own. */
const isWithin = (leak: Leak, other: Leak): boolean =>
  leak.pointer === other.pointer && other.start <= leak.start && leak.end <= other.end && leak.end - leak.start < other.end - other.start

/** Full-width letters, digits and the signs within addresses, and Arabic-Indic digits, read as plain ones; each keeps its place. */
function foldWidths(text: string): string {
  return text
    .replaceAll(/[\uff0b\uff0d-\uff1a\uff20\uff21-\uff3a\uff41-\uff5a]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\u0660-\u0669]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x0660 + 0x30))
    .replaceAll(/[\u06f0-\u06f9]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0x06f0 + 0x30))
}

function leakAt({ kind, pointer, text, index, length }: { kind: LeakKind; pointer: string; text: string; index: number; length: number }): Leak {
  const start = [...text.slice(0, index)].length
  const excerpt = text.slice(index, index + length).trim()
  const end = start + [...text.slice(index, index + length)].length
  // The key follows the passage and not its place, so that a confirmation survives an edit elsewhere.
  return { key: contentHash([kind, pointer, excerpt]).slice(0, 16), kind, pointer, start, end, excerpt: [...excerpt].slice(0, 80).join('') }
}
