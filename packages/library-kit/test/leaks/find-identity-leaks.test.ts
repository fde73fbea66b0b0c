import type { Draft } from '@siku/contracts'
import { findIdentityLeaks } from '@siku/library-kit'
import t from 'tap'
import { sampleLibrary } from '../sample-library.ts'

const library = sampleLibrary('technology-reserve')
const ownerOf = (name: string) => ({ name, type: 'enterprise', country: 'CN', district: null })
const bare: Draft = {
  recordType: 'TO',
  sourceLanguage: 'zh',
  title: '',
  summary: '',
  description: '',
  country: 'CN',
  visibility: 'public-anonymous',
  details: {}
}
const leaksIn = (text: string, owner = '青禾股份有限公司', over: Partial<Draft> = {}) =>
  findIdentityLeaks(library, ownerOf(owner), { ...bare, description: text, ...over })
const found = (text: string, owner?: string) => leaksIn(text, owner).map(({ kind, excerpt }) => `${kind}: ${excerpt}`)

t.test('an owner is told by its name, whole or without what many names share', (t) => {
  const told: [owner: string, text: string, excerpts: string[]][] = [
    ['北京清源水务科技有限公司', '清源水务科技研制', ['清源水务科技']],
    ['清源集团有限公司', '由清源提供', ['清源']],
    ['中国（北京）清源研究院', '清源研究院的成果', ['清源研究院']],
    ['北京大学', '北京大学的实验室', ['北京大学']],
    ['Coca-Cola (Beijing) Ltd.', 'made by coca-cola here', ['coca-cola']],
    ['Bio Inc.', 'Bio makes it', ['Bio']],
    ['ООО «Чистая вода»', 'компания Чистая вода', ['Чистая вода']],
    ['АО Водоканал', 'насосы Водоканала', ['Водоканал']],
    ['شركة المياه النقية', 'من إنتاج المياه النقية', ['المياه النقية']],
    ['Société  de l’Eau SARL', 'la société de\n l’eau', ['société de\n l’eau']],
    ['C++ Lab [A]*', 'by C++ Lab [A]*', ['C++ Lab [A]*']],
    ['Clear Source Water Ltd', 'Clear-Source_Water.pdf and ClearSourceWater', ['Clear-Source_Water', 'ClearSourceWater']],
    ['Clear Source Water Ltd', 'a clear source, watered', []]
  ]
  for (const [owner, text, excerpts] of told)
    t.same(
      found(text, owner),
      excerpts.map((excerpt) => `owner name: ${excerpt}`),
      owner
    )
  t.end()
})

t.test('words that only look like a name tell nothing', (t) => {
  const quiet: [owner: string, text: string][] = [
    ['北京大学', '适合大学实验室'],
    ['中国科学院', '科学院系统'],
    ['北京有限公司', '北京的公司'],
    ['Bio Inc.', 'biology and biomass'],
    ['АО Вода', 'завода'],
    ['', '任何文字'],
    ['云', '云计算']
  ]
  for (const [owner, text] of quiet) t.same(found(text, owner), [], owner)
  t.end()
})

t.test('addresses and numbers are found in the scripts of the product', (t) => {
  const told: [text: string, found: string[]][] = [
    ['邮箱：li.hua@example.cn。', ['mail address: li.hua@example.cn']],
    ['write to info (at) example.org', ['mail address: info (at) example.org']],
    ['ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｃｏｍ', ['mail address: ｉｎｆｏ＠ｅｘａｍｐｌｅ．ｃｏｍ']],
    ['见https://例子.测试/a，谢谢', ['web address: https://例子.测试/a']],
    ['siku.example.kz/page 2', ['web address: siku.example.kz/page']],
    ['专利号：202110123456.7', ['patent or certificate number: 专利号：202110123456.7']],
    ['专利ZL 2021 1 0123456.7已授权', ['patent or certificate number: ZL 2021 1 0123456.7']],
    ['US 11,234,567 B2', ['patent or certificate number: US 11,234,567 B2']],
    ['WO 2020/123456', ['patent or certificate number: WO 2020/123456']],
    ['патент № 2712345.', ['patent or certificate number: патент № 2712345']],
    ['brevet n° FR3012345', ['patent or certificate number: brevet n° FR3012345']],
    ['براءة رقم ١٢٣٤٥٦', ['patent or certificate number: براءة رقم ١٢٣٤٥٦']],
    ['手机１３８１２３４５６７８', ['phone number: １３８１２３４５６７８']],
    ['+7 (727) 000-00-00', ['phone number: +7 (727) 000-00-00']],
    ['тел. 8 (495) 123-45-67', ['phone number: 8 (495) 123-45-67']],
    ['هاتف: ‎+966 11 234 5678', ['phone number: +966 11 234 5678']],
    ['热线400-810-1234', ['phone number: 400-810-1234']]
  ]
  for (const [text, expected] of told) t.same(found(text), expected, text)
  t.end()
})

t.test('figures, standards and dates of an honest description are no findings', (t) => {
  for (const text of [
    '处理规模每日20至200立方米，电耗低于1.2千瓦时',
    'GB/T 22900-2022、ISO 9001:2015、CN 标准',
    'pH 6.5-8.5; 2024-03-01; 10 000–50 000 m3',
    'Цена 1 200 000 руб., расход 13,5 л/с',
    'de 0,5 à 1,2 kWh/m3, e.g. pumps etc.',
    'من 20 إلى 200 متر مكعب',
    'patent pending',
    'патентная защита',
    'US 2500',
    'TCP/IP, 3.com ponents',
    '专利已授权'
  ])
    t.same(found(text), [], text)
  t.end()
})

t.test('places count code points, and every public text of the draft is looked at', (t) => {
  const over = {
    title: '𠀀𠀀 a@example.org',
    keywords: ['x', 'www.example.org'],
    confidentialText: 'b@example.org',
    translations: [{ language: 'en', title: 'T', summary: '🚰 c@example.org', method: 'human', status: 'draft' }],
    details: { note: 'd@example.org', code: '13812345678', day: '2027-01-01' }
  } as unknown as Partial<Draft>
  const leaks = leaksIn('', '青禾', over)
  const places = leaks.map(({ pointer, start, end }) => `${pointer} ${start}-${end}`)
  t.same(places.toSorted(), ['/details/note 0-13', '/keywords/1 0-15', '/title 3-16', '/translations/0/summary 2-15'])
  t.same(
    leaksIn('见 www.example.org', '青禾')[0]?.key,
    leaksIn('前面多了几个字，见 www.example.org', '青禾')[0]?.key,
    'a key follows the passage, not its place'
  )
  t.equal(
    new Set([...leaks, ...leaksIn('a@example.org', '青禾')].map((leak) => leak.key)).size,
    leaks.length + 1,
    'the same words elsewhere are another passage'
  )
  t.end()
})
