import type { LibraryFixture } from '@siku/library-kit/testing'

const details = {
  kind: 'technology-transfer',
  outcomeTypes: ['contract', 'staff-trained'],
  countries: ['UZ'],
  evidenceGrade: 'document',
  attribution: 'assisted',
  lessons: '先培训当地操作人员，再交付设备。',
  impact: [{ measure: '受益人口', value: 3200, unit: '人' }]
}

/** A result that can be submitted as it is. */
export const fixture: LibraryFixture = {
  role: 'member',
  draft: {
    recordType: 'PR',
    sourceLanguage: 'zh-Hans',
    title: '村镇苦咸水淡化示范工程',
    summary: '在两个州建成六座淡化站并完成操作人员培训。',
    description: '项目历时两年，建成六座小型淡化站，培训操作人员四十名，设备运行稳定。',
    country: 'CN',
    visibility: 'public-anonymous',
    keywords: ['淡化', '培训'],
    targetCountries: ['UZ'],
    declarations: { nonConfidential: true, rightToDisclose: true, noStateSecret: true, accuracy: true },
    details
  },
  confidential: { details: { ...details, contract: { kind: 'service', registrationNumber: 'CANARY-7f3a' } }, pointer: '/details/contract' },
  visibleText: { details: (text) => ({ ...details, project: { fundingSource: text } }), pointer: '/details/project/fundingSource' }
}
