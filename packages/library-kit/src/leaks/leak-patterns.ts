export type LeakKind = 'owner name' | 'web address' | 'mail address' | 'phone number' | 'patent or certificate number' | 'file'

const topLevels =
  'com|cn|org|net|edu|gov|info|biz|io|eu|int|ru|by|kz|uz|kg|tj|tm|am|az|ge|rs|hu|pl|cz|de|fr|es|pt|br|mx|ar|cl|pe|' +
  'eg|sa|ae|ir|iq|om|qa|ma|dz|tn|ke|ng|et|za|tr|pk|bd|lk|mm|th|vn|ph|sg|mn|jp|kr|uk'

// `\b` knows ASCII only: before Chinese, Cyrillic or Arabic words the edge is said in Unicode properties.
const beforeHost = '(?<![a-z0-9@.-])'
const hostName = `[a-z0-9-]{2,63}(?:\\.[a-z0-9-]{2,63}){0,3}\\.(?:${topLevels})(?![\\p{L}\\p{N}])`
const office = '(?<![\\p{Script=Latin}\\p{N}])(?:ZL|CN|US|EP|WO|PCT|RU|JP|KR)[\\s/]{0,2}'
const officeNumber = '\\d(?:[\\s,./]?\\d){5,14}(?:\\.?X|\\s?[A-Z]\\d?)?(?![\\p{Script=Latin}\\p{N}])'
const rightInWords =
  '(?:专利号|專利號|授权号|公开号|登记号|证书编号|注册证号|许可证号|(?<!\\p{L})(?:patent|brevet|patente|патент[а-я]{0,2})|براءة(?: اختراع)?)'
const rightNumber = '\\s?(?:no\\.?|n°|nº|№|number|رقم)?\\s?[:：]?\\s?(?=[A-Z./-]{0,6}\\d)[A-Z0-9./-]{3,29}[A-Z0-9]'

/** What tells somebody without naming him, by kind; read in text whose widths were folded. */
export const leakPatterns: readonly { kind: LeakKind; pattern: RegExp }[] = [
  { kind: 'mail address', pattern: /[\p{L}\p{N}._%+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,4}/giu },
  { kind: 'web address', pattern: /(?:https?:\/\/|www\.)[^\s<>"'，。；、（）]{2,200}/giu },
  { kind: 'web address', pattern: new RegExp(`${beforeHost}${hostName}(?:/[^\\s]{0,200})?`, 'giu') },
  { kind: 'patent or certificate number', pattern: new RegExp(office + officeNumber, 'giu') },
  { kind: 'patent or certificate number', pattern: new RegExp(rightInWords + rightNumber, 'giu') },
  { kind: 'phone number', pattern: /(?<![\p{N}.,])(?:\+|00)\d{1,3}[\s-]?(?:\(?\d{1,4}\)?[\s-]?){2,5}\d{2,4}(?!\p{N})/gu },
  { kind: 'phone number', pattern: /(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}-\d{7,8}|400-\d{3}-?\d{4})(?!\d)/gu },
  { kind: 'phone number', pattern: /(?<!\d)8\s?\(\d{3,5}\)\s?\d[\d\s-]{4,9}\d(?!\d)/gu }
]
