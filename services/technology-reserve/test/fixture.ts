import type { LibraryFixture } from '@siku/library-kit/testing'

const details = {
  problemSolved: '井水变咸，村民无法饮用。',
  advantages: '能耗低，可太阳能驱动。',
  stage: 'on-market',
  iprStatus: 'granted',
  cooperationModes: ['supply', 'technical-service'],
  performance: [{ parameter: '处理规模', value: 20, valueMax: 200, unit: 'm3/d' }]
}

/** A technology that can be submitted as it is. */
export const fixture: LibraryFixture = {
  role: 'member',
  draft: {
    recordType: 'TO',
    sourceLanguage: 'zh-Hans',
    title: '低压反渗透苦咸水淡化装置',
    summary: '用于村镇饮水的小型苦咸水淡化设备，能耗低。',
    description: '装置采用低压反渗透膜，处理规模每日20至200立方米，吨水电耗低于1.2千瓦时，适合盐度上升的浅层地下水。',
    country: 'CN',
    visibility: 'public-anonymous',
    keywords: ['苦咸水', '反渗透'],
    targetCountries: ['KZ', 'UZ'],
    classification: [
      { scheme: 'beijing-high-precision', edition: '2017', code: 'energy-saving-environment', isPrimary: true, assignedBy: 'owner' },
      { scheme: 'een-technology', edition: '2024', code: '04005004' }
    ],
    declarations: { nonConfidential: true, rightToDisclose: true, noStateSecret: true, accuracy: true },
    details
  },
  confidential: {
    details: { ...details, ipRights: [{ type: 'invention-patent', office: 'CN', number: 'CANARY-7f3a', status: 'granted' }] },
    pointer: '/details/ipRights'
  },
  visibleText: {
    details: (text) => ({ ...details, comparison: [{ baseline: '现有工艺', metric: '能耗', ours: text, theirs: '高' }] }),
    pointer: '/details/comparison/0/ours'
  }
}
