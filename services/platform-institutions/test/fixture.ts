import type { LibraryFixture } from '@siku/library-kit/testing'

const details = {
  type: 'testing-certification',
  services: ['inspection-certification', 'product-certification'],
  coverage: [{ country: 'KZ', services: ['product-certification', 'standards'], mode: 'partner' }],
  languages: [{ language: 'ru', level: 'professional' }]
}

/** An institution that can be submitted as it is. */
export const fixture: LibraryFixture = {
  role: 'institution-editor',
  draft: {
    recordType: 'PI',
    sourceLanguage: 'zh-Hans',
    title: '欧亚经济联盟产品认证服务',
    summary: '协助企业完成产品认证与检测。',
    description: '提供认证咨询、样品检测、文件翻译与现场审核陪同，覆盖中亚主要市场。',
    country: 'CN',
    visibility: 'public-anonymous',
    keywords: ['认证', '检测'],
    targetCountries: ['KZ'],
    declarations: { nonConfidential: true, rightToDisclose: true, noStateSecret: true, accuracy: true },
    details
  },
  visibleText: { details: (text) => ({ ...details, pricing: { model: 'fixed', note: text } }), pointer: '/details/pricing/note' }
}
