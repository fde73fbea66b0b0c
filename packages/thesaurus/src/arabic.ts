/**
 * Arabic for matching: one spelling for alef, ya and ta marbuta, light clitics off, and a consonant skeleton for broken plurals.
 * Light stemming after Larkey, Ballesteros and Connell (2002); a heavy root stemmer would conflate too much.
 */
export function normaliseArabic(word: string): string {
  return word
    .replace(/[أإآٱ]/g, 'ا')
    .replace(/[ىئ]/g, 'ي')
    .replace(/ؤ/g, 'و')
    .replace(/ة/g, 'ه')
    .replace(/ک/g, 'ك')
    .replace(/ی/g, 'ي')
}

const articles = ['وبال', 'فبال', 'وكال', 'فكال', 'وال', 'فال', 'بال', 'كال', 'ولل', 'فلل', 'ال', 'لل']
const conjunctions = ['و', 'ف']
/** Before a short rest these are more often a root letter: كبير is not "like a well". */
const particles = ['وب', 'ول', 'وك', 'فب', 'فل', 'ب', 'ك', 'ل', 'س']
const possessives = ['هما', 'ها', 'هم', 'هن', 'نا', 'كم', 'ه', 'ي', 'ك']
const endings = ['تين', 'تان', 'يات', 'يون', 'يين', 'ات', 'ان', 'ون', 'ين', 'يه', 'ه', 'ي', 'ا']

/** The stem under which a label word is filed: article and inflection off, but never a bare particle, which may be a root letter. */
export function arabicLabelStem(word: string): string {
  const normal = normaliseArabic(word)
  return lightStem(withoutArticle(normal) ?? normal)
}

/** Every stem a word of a running text may stand for. */
export function arabicTextStems(word: string): string[] {
  const normal = normaliseArabic(word)
  const bases = new Set<string>([normal])
  const bare = withoutArticle(normal)
  if (bare !== undefined) bases.add(bare)
  else {
    for (const [prefixes, restMin] of [
      [conjunctions, 3],
      [particles, 4]
    ] as const) {
      for (const prefix of prefixes) {
        if (normal.startsWith(prefix) && normal.length - prefix.length >= restMin) bases.add(normal.slice(prefix.length))
      }
    }
  }
  const stems = new Set<string>()
  for (const base of bases) {
    stems.add(lightStem(base))
    for (const possessive of possessives) {
      if (base.endsWith(possessive) && base.length - possessive.length >= 3) {
        const owned = base.slice(0, -possessive.length)
        // Before a possessive the ta marbuta is written ت: مضختنا is مضخة.
        stems.add(lightStem(owned.endsWith('ت') && !owned.endsWith('ات') ? `${owned.slice(0, -1)}ه` : owned))
      }
    }
  }
  return [...stems]
}

/**
 * Consonants of a stem: مصانع and مصنع, محاصيل and محصول, أنظمة and نظام meet here.
 * Undefined where too little is left to tell words apart.
 */
export function arabicSkeleton(stem: string): string | undefined {
  const skeleton = stem.replace(/[اويء]/g, '')
  return skeleton.length >= 3 ? skeleton : undefined
}

function withoutArticle(word: string): string | undefined {
  for (const article of articles) {
    if (word.startsWith(article) && word.length - article.length >= 2) return word.slice(article.length)
  }
  return undefined
}

function lightStem(word: string): string {
  for (const ending of endings) {
    if (word.endsWith(ending) && word.length - ending.length >= 3) return word.slice(0, -ending.length)
  }
  return word
}
