import type { LibraryFixture } from '@siku/library-kit/testing'

const details = {
  seeks: 'technology',
  problem: 'Les puits du village deviennent salés et personne ne peut boire leur eau.',
  criteria: [{ kind: 'must', text: 'au moins 50 mètres cubes par jour', parameter: 'débit', operator: 'gte', value: 50, unit: 'm3/d' }],
  cooperationModes: ['supply', 'training']
}

/** A demand that can be submitted as it is. */
export const fixture: LibraryFixture = {
  role: 'member',
  draft: {
    recordType: 'TR',
    sourceLanguage: 'fr',
    title: 'Dessalement d’eau saumâtre pour des villages',
    summary: 'Nous cherchons de petites unités de dessalement, sobres en énergie.',
    description: 'Dans la vallée, les eaux souterraines peu profondes deviennent salées. Il faut des unités simples, réparables sur place.',
    country: 'SN',
    visibility: 'public-anonymous',
    keywords: ['dessalement', 'eau potable'],
    targetCountries: ['CN'],
    declarations: { nonConfidential: true, rightToDisclose: true, noStateSecret: true, accuracy: true },
    details
  },
  confidential: {
    details: { ...details, endUser: { name: 'CANARY-7f3a', type: 'community', country: 'SN' } },
    pointer: '/details/endUser/name'
  },
  visibleText: {
    details: (text) => ({ ...details, procurement: { tenderReference: text.slice(0, 100) } }),
    pointer: '/details/procurement/tenderReference'
  }
}
