import type { cooperationModes, PublishedText, seekings, services } from '@siku/contracts'
import { dossierWeights } from './dossier-weights.ts'

type Service = (typeof services)[number]

/** What a demand will need help with, by what it looks for. */
const bySeeking: Record<(typeof seekings)[number], readonly Service[]> = {
  technology: ['technology-transfer', 'market-entry', 'sci-tech-consulting'],
  'research-partner': ['research-development', 'technology-transfer', 'intellectual-property'],
  facility: ['inspection-certification', 'research-development', 'sci-tech-consulting'],
  training: ['training', 'science-popularisation', 'translation-interpretation'],
  park: ['landing-space', 'incubation', 'odi-filing'],
  investment: ['financing', 'sci-tech-finance', 'odi-filing']
}

/** And by the form of cooperation it has in mind. */
const byMode: Record<(typeof cooperationModes)[number], readonly Service[]> = {
  assignment: ['technology-export-registration', 'intellectual-property', 'overseas-ip'],
  'exclusive-licence': ['technology-export-registration', 'overseas-ip', 'legal-dispute'],
  'sole-licence': ['technology-export-registration', 'overseas-ip', 'legal-dispute'],
  'non-exclusive-licence': ['technology-export-registration', 'overseas-ip'],
  'technical-service': ['technology-export-registration', 'sci-tech-consulting'],
  'technical-consulting': ['sci-tech-consulting', 'technology-export-registration'],
  'joint-development': ['research-development', 'overseas-ip', 'legal-dispute'],
  'commissioned-development': ['research-development', 'intellectual-property'],
  'joint-venture': ['odi-filing', 'legal-dispute', 'tax'],
  'equity-contribution': ['odi-filing', 'financing', 'tax'],
  manufacturing: ['odi-filing', 'standards', 'recruitment'],
  supply: ['product-certification', 'logistics-customs', 'export-credit-insurance'],
  distribution: ['market-entry', 'logistics-customs', 'exhibition'],
  turnkey: ['logistics-customs', 'export-credit-insurance', 'financing'],
  'demonstration-project': ['market-entry', 'product-certification'],
  training: ['training'],
  'joint-lab': ['research-development', 'standards'],
  investment: ['financing', 'odi-filing'],
  'talent-exchange': ['recruitment', 'training'],
  'standards-cooperation': ['standards', 'product-certification']
}

/** Services a demand will need, each with how much it counts; those that it asks for itself most. */
export function neededServices({ seeks, cooperationModes: modes, services: asked }: PublishedText): Map<string, number> {
  const needed = new Map<string, number>()
  const add = (names: readonly string[] | undefined, weight: number) => {
    for (const name of names ?? []) needed.set(name, (needed.get(name) ?? 0) + weight)
  }
  const weights = dossierWeights().services
  add(asked, weights.asked)
  add(bySeeking[(seeks ?? 'technology') as keyof typeof bySeeking], weights.bySeeking)
  for (const mode of modes) add(byMode[mode as keyof typeof byMode], weights.byMode)
  return needed
}
