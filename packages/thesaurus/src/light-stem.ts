import type { Language } from '@siku/contracts'

const stemMin = 3
const silentEMin = 4

/**
 * Takes inflection off and leaves derivation on: generators and generator meet, generator and generation do not (a full stemmer would join
 * them). Rules after the light stemmers of Harman (1991) and Savoy (1999).
 */
export function lightStem(word: string, language: Language): string {
  if (language === 'en') return english(word)
  if (language === 'fr') return french(word)
  if (language === 'es') return spanish(word)
  if (language === 'pt') return portuguese(word)
  return word
}

function english(word: string): string {
  let stem = word
  if (/[^aeiou]ies$/.test(stem) && stem.length > 4) stem = `${stem.slice(0, -3)}y`
  else if (/(?:x|ch|sh|ss|zz)es$/.test(stem)) stem = stem.slice(0, -2)
  else if (/[^sui]s$/.test(stem) && stem.length > stemMin) stem = stem.slice(0, -1)
  if (/[aeiouy].*ing$/.test(stem) && stem.length > 6) stem = undouble(stem.slice(0, -3))
  else if (/[aeiouy].*ed$/.test(stem) && stem.length > 5) stem = undouble(stem.slice(0, -2))
  // Short words keep their e: rate is no rat.
  return stem.length > silentEMin ? stem.replace(/e$/, '') : stem
}

const undouble = (stem: string): string => (/([bdgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem)

function french(word: string): string {
  let stem = word.length > 4 && word.endsWith('aux') && !word.endsWith('eaux') ? `${word.slice(0, -3)}al` : dropEnd(word, /[sx]$/)
  stem = dropEnd(stem, /e$/)
  return stem.endsWith('ell') || stem.endsWith('enn') || stem.endsWith('onn') ? stem.slice(0, -1) : stem
}

function spanish(word: string): string {
  const single = /[^aeiouáéíóú]es$/.test(word) ? word.slice(0, -2) : dropEnd(word, /s$/)
  const bare = single.endsWith('ces') ? `${single.slice(0, -3)}z` : single
  // Plurals lose the accent: camión, camiones.
  return dropEnd(bare, /[aoe]$/).replace(/ión$/, 'ion')
}

function portuguese(word: string): string {
  let stem = word
  if (/(?:ões|ães|ãos)$/.test(stem)) stem = `${stem.slice(0, -3)}ão`
  else if (/[aeou]is$/.test(stem) && stem.length > 4) stem = `${stem.slice(0, -2)}l`
  else if (stem.endsWith('ns')) stem = `${stem.slice(0, -2)}m`
  else if (/[rz]es$/.test(stem)) stem = stem.slice(0, -2)
  else stem = dropEnd(stem, /s$/)
  return dropEnd(stem, /[aoe]$/)
}

const dropEnd = (word: string, ending: RegExp): string => (word.length > stemMin ? word.replace(ending, '') : word)
