import type { LibraryName } from '@siku/contracts'

export type Json = Record<string, unknown>

const declarations = { nonConfidential: true, rightToDisclose: true, noStateSecret: true, accuracy: true }
const water = { scheme: 'plan-field', edition: '2025-2027', code: 'water-environment' }

/** A complete draft for each library: it can be submitted as it is, and its public text tells nothing of its owner. */
const drafts: Record<LibraryName, Json & { details: Json }> = {
  'technology-reserve': {
    recordType: 'TO',
    sourceLanguage: 'zh-Hans',
    title: '太阳能反渗透苦咸水淡化装置',
    summary: '太阳能驱动的反渗透苦咸水淡化设备，用于村镇饮用水，能耗低。',
    description: '装置采用反渗透膜淡化苦咸水，适合盐度上升的浅层地下水，由太阳能光伏驱动，为村镇提供饮用水。',
    country: 'CN',
    visibility: 'network',
    keywords: ['苦咸水', '反渗透'],
    targetCountries: ['KE', 'KZ'],
    classification: [water],
    declarations,
    details: {
      problemSolved: '井水变咸，村民无法饮用。',
      advantages: '能耗低。',
      stage: 'on-market',
      iprStatus: 'granted',
      cooperationModes: ['supply'],
      performance: [{ parameter: '处理规模', value: 20, valueMax: 200, unit: 'm3/d' }]
    }
  },
  'cooperation-demand': {
    recordType: 'TR',
    sourceLanguage: 'en',
    title: 'Solar reverse osmosis desalination of brackish water',
    summary: 'Brackish water desalination by reverse osmosis, solar driven, for drinking water.',
    description:
      'Saline groundwater in the wells. Reverse osmosis desalination units with solar photovoltaic supply are asked for, for drinking water.',
    country: 'KE',
    visibility: 'network',
    keywords: ['desalination'],
    targetCountries: ['CN'],
    classification: [water],
    declarations,
    details: {
      seeks: 'technology',
      problem: 'Wells turn salty and people carry water for hours.',
      criteria: [{ kind: 'must', text: 'At least 20 m3 a day', parameter: 'capacity', operator: 'gte', value: 20, unit: 'm3/d' }]
    }
  },
  'project-results': {
    recordType: 'PR',
    sourceLanguage: 'zh-Hans',
    title: '牧区光伏净水样板站',
    summary: '三座站稳定运行十四个月。',
    description: '当地牧区井水含盐，项目装三套集装箱站，培训牧民十二名。',
    country: 'CN',
    visibility: 'network',
    targetCountries: ['KZ'],
    classification: [water],
    declarations,
    details: {
      kind: 'cooperation-project',
      outcomeTypes: ['demonstration'],
      countries: ['KZ'],
      evidenceGrade: 'document',
      attribution: 'assisted',
      lessons: '备件要放在当地。'
    }
  },
  'platform-institutions': {
    recordType: 'PI',
    sourceLanguage: 'zh-Hans',
    title: '技术转移与海外对接服务',
    summary: '技术经理人带着样机跑现场。',
    description: '看当地需求的真假，陪同现场测试，谈判到合同登记。',
    country: 'CN',
    visibility: 'network',
    classification: [{ ...water, code: 'new-energy' }],
    declarations,
    details: {
      type: 'technology-transfer',
      services: ['technology-transfer'],
      coverage: [{ country: 'KZ', services: ['technology-transfer'], mode: 'on-site' }],
      languages: [{ language: 'ru', level: 'working' }],
      credentials: [{ name: 'ISO 9001' }]
    }
  }
}

/** A draft of a library with other fields laid over it; `details` are laid over one by one too. */
export function draftOf(library: LibraryName, { details, ...over }: Json & { details?: Json } = {}): Json & { details: Json } {
  const draft = structuredClone(drafts[library])
  return { ...draft, ...over, details: { ...draft.details, ...details } }
}
