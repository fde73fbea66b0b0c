import { emptyPublishedText, type LibraryName, type PublishedAccess, type PublishedText, type PublishedTranslation } from '@siku/contracts'
import { numberDocuments, writeAnnotations, writeDocument, documentHash, type DocumentToWrite } from '@siku/db'
import { annotateDocument } from '@siku/service-kit'
import { loadThesaurus } from '@siku/thesaurus'
import type { Fixture } from './gateway-fixture.ts'

export const thesaurus = loadThesaurus()

export type Posting = {
  id: string
  library?: LibraryName
  language?: string
  title: string
  summary?: string
  translations?: PublishedTranslation[]
  country?: string
  access?: Partial<PublishedAccess>
  sectors?: string[]
}

export const idOf = (number: number) => `5a000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** Public text without anything that a test does not speak of. */
const blank = { ...emptyPublishedText, stage: 'demonstration', trl: 7, cooperationModes: ['joint-development'] }

/** Public, cleared and somebody's, unless `access` says otherwise. */
const open = {
  version: 1,
  revision: 1,
  tombstone: false,
  state: 'published',
  visibility: 'public-anonymous',
  openForInterest: true,
  controlState: 'not-listed',
  clearedCountries: [],
  ownerKey: 'somebody',
  excludedKeys: [],
  excludedCountries: [],
  validUntil: null,
  publishedAt: '2027-01-01T00:00:00.000Z'
} as const

export function documentOf(posting: Posting): DocumentToWrite {
  const {
    id,
    library = 'technology-reserve',
    language = 'zh',
    title,
    summary = '',
    translations = [],
    country = 'CN',
    access = {},
    sectors = []
  } = posting
  const text: PublishedText = {
    ...blank,
    title,
    summary,
    translations,
    sectors,
    country,
    reference: `TO-${country}-20270101-${id.slice(-2)}`,
    recordType: library === 'technology-reserve' ? 'TO' : 'TR',
    sourceLanguage: language,
    owner: { name: null, type: 'enterprise', country, district: 'haidian' }
  }
  return { ...open, library, id, country, text, ...access }
}

/** Publishes as a library would: row, annotation and place in the feed. */
export async function publish({ ownerDb, ctx }: Fixture, postings: readonly Posting[]): Promise<void> {
  await ownerDb.withTx(ctx.actor, async (tx) => {
    for (const document of postings.map(documentOf)) {
      await writeDocument(tx, document, 'test')
      await writeAnnotations(tx, [
        {
          library: document.library,
          id: document.id,
          version: document.version,
          edition: thesaurus.edition,
          hash: documentHash(document),
          annotation: annotateDocument(thesaurus, document.text)
        }
      ])
    }
    for (const library of ['technology-reserve', 'cooperation-demand'] as const) {
      await numberDocuments(
        tx,
        library,
        postings.filter((posting) => (posting.library ?? 'technology-reserve') === library).map(({ id }) => ({ id, revision: 1 }))
      )
    }
  })
}

export const canary = '紫云英'
export const postings: Posting[] = [
  {
    id: idOf(1),
    title: '太阳能提水与滴灌一体化系统',
    summary: '光伏水泵为偏远农田提水，并与滴灌结合。',
    sectors: ['energy-saving-environment']
  },
  { id: idOf(2), title: `盐碱地${canary}种植技术`, access: { controlState: 'restricted' }, sectors: ['new-materials'] },
  { id: idOf(3), title: `${canary}遥感监测`, access: { controlState: 'unassessed' }, sectors: ['new-materials'] },
  { id: idOf(4), title: `${canary}育种数据库`, access: { visibility: 'network' }, sectors: ['health'] },
  {
    id: idOf(5),
    title: `${canary}限制出口但对哈放行`,
    access: { controlState: 'restricted', clearedCountries: ['KZ'] },
    sectors: ['software-services']
  },
  { id: idOf(6), library: 'cooperation-demand', language: 'fr', title: 'Pompage solaire pour l’irrigation goutte à goutte', country: 'MA' },
  { id: idOf(7), library: 'cooperation-demand', language: 'ar', title: 'ضخ المياه بالطاقة الشمسية', country: 'EG' },
  {
    id: idOf(8),
    title: '污水处理膜生物反应器',
    translations: [
      { language: 'en', title: 'Machine made title', summary: 'm', status: 'machine' },
      { language: 'en', title: 'Membrane bioreactor for sewage', summary: 'r', status: 'reviewed' }
    ]
  }
]
