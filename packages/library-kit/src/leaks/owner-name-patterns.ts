// Legal forms and place names tell nothing by themselves; what is left of the name does. `\b` would not see Cyrillic.
const legalForms = [
  /(?:股份)?(?:有限责任|有限)?公司$/u,
  /集团$/u,
  /(?<![\p{L}\p{N}])(?:co\.?,? ?ltd|ltd|llc|inc|corp|gmbh|s\.?a\.?r\.?l|s\.?a|ооо|оао|зао|пао|ао|тоо)(?![\p{L}\p{N}])\.?,?/giu,
  /^(?:شركة|مؤسسة)\s+/u
]
const placeNames = /^(?:北京市?|中国|上海市?|天津市?|河北省?)/u
const quotes = /[«»„“”"《》]/gu
/** What many names end in: `北京大学` without its place is any university. */
const generic = /^(?:大学|学院|研究院|研究所|科学院|医院|中心|集团|协会|学会|商会|科技|技术)$/u
const coreLengthMin = 2

/** Patterns of the owner's name as a whole and of its core, over white space of any kind and whatever joins words in names of files. */
export function ownerNamePatterns(name: string): RegExp[] {
  const whole = name.trim()
  const core = coreOf(whole)
  const names = core !== whole && !generic.test(core) ? [whole, core] : [whole]
  return names.filter((text) => [...text].length >= coreLengthMin).map(patternOf)
}

function coreOf(whole: string): string {
  const bare = legalForms.reduce((rest, form) => rest.replace(form, ' ').trim(), whole.replaceAll(/[（(].*?[)）]/gu, ' ').trim())
  return bare.replace(placeNames, '').replaceAll(quotes, ' ').replaceAll(/\s+/gu, ' ').trim()
}

/** Latin and Cyrillic names stand as words of their own, Cyrillic ones with any ending; Chinese and Arabic ones anywhere. */
function patternOf(name: string): RegExp {
  const before = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{N}]/u.test(name) ? '(?<![\\p{L}\\p{N}])' : ''
  const after = /[\p{Script=Latin}\p{N}]$/u.test(name) ? '(?![\\p{L}\\p{N}])' : ''
  const words = name.split(/\s+/u).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\/]/gu, '\\$&'))
  return new RegExp(`${before}${words.join('[\\s_.-]*')}${after}`, 'giu')
}
