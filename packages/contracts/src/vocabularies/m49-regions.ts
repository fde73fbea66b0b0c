import type { Labels } from '../language.ts'

const values = {
  '001': { zh: '世界', en: 'World', fr: 'Monde', ru: 'Весь мир', ar: 'العالم', es: 'Mundo', pt: 'Mundo' },
  '002': { zh: '非洲', en: 'Africa', fr: 'Afrique', ru: 'Африка', ar: 'أفريقيا', es: 'África', pt: 'África' },
  '009': { zh: '大洋洲', en: 'Oceania', fr: 'Océanie', ru: 'Океания', ar: 'أوقيانوسيا', es: 'Oceanía', pt: 'Oceânia' },
  '019': { zh: '美洲', en: 'Americas', fr: 'Amériques', ru: 'Америка', ar: 'الأمريكتان', es: 'América', pt: 'América' },
  '142': { zh: '亚洲', en: 'Asia', fr: 'Asie', ru: 'Азия', ar: 'آسيا', es: 'Asia', pt: 'Ásia' },
  '150': { zh: '欧洲', en: 'Europe', fr: 'Europe', ru: 'Европа', ar: 'أوروبا', es: 'Europa', pt: 'Europa' },
  '202': { zh: '撒哈拉以南非洲', en: 'Sub-Saharan Africa', fr: 'Afrique subsaharienne', ru: 'Африка к югу от Сахары', ar: 'أفريقيا جنوب الصحراء الكبرى', es: 'África Subsahariana', pt: 'África Subsariana' },
  '419': { zh: '拉丁美洲和加勒比', en: 'Latin America and the Caribbean', fr: 'Amérique latine et Caraïbes', ru: 'Латинская Америка и Карибский бассейн', ar: 'أمريكا اللاتينية والكاريبي', es: 'América Latina y el Caribe', pt: 'América Latina e Caraíbas' },
  '005': { zh: '南美洲', en: 'South America', fr: 'Amérique du Sud', ru: 'Южная Америка', ar: 'أمريكا الجنوبية', es: 'América del Sur', pt: 'América do Sul' },
  '011': { zh: '西非', en: 'Western Africa', fr: 'Afrique occidentale', ru: 'Западная Африка', ar: 'غرب أفريقيا', es: 'África Occidental', pt: 'África Ocidental' },
  '013': { zh: '中美洲', en: 'Central America', fr: 'Amérique centrale', ru: 'Центральная Америка', ar: 'أمريكا الوسطى', es: 'América Central', pt: 'América Central' },
  '014': { zh: '东非', en: 'Eastern Africa', fr: 'Afrique orientale', ru: 'Восточная Африка', ar: 'شرق أفريقيا', es: 'África Oriental', pt: 'África Oriental' },
  '015': { zh: '北非', en: 'Northern Africa', fr: 'Afrique septentrionale', ru: 'Северная Африка', ar: 'شمال أفريقيا', es: 'África Septentrional', pt: 'África Setentrional' },
  '017': { zh: '中部非洲', en: 'Middle Africa', fr: 'Afrique centrale', ru: 'Центральная Африка', ar: 'وسط أفريقيا', es: 'África Central', pt: 'África Central' },
  '018': { zh: '南部非洲', en: 'Southern Africa', fr: 'Afrique australe', ru: 'Южная Африка', ar: 'الجنوب الأفريقي', es: 'África Meridional', pt: 'África Austral' },
  '021': { zh: '北美洲', en: 'Northern America', fr: 'Amérique septentrionale', ru: 'Северная Америка', ar: 'أمريكا الشمالية', es: 'América Septentrional', pt: 'América Setentrional' },
  '029': { zh: '加勒比', en: 'Caribbean', fr: 'Caraïbes', ru: 'Карибский бассейн', ar: 'منطقة البحر الكاريبي', es: 'Caribe', pt: 'Caraíbas' },
  '030': { zh: '东亚', en: 'Eastern Asia', fr: 'Asie orientale', ru: 'Восточная Азия', ar: 'شرق آسيا', es: 'Asia Oriental', pt: 'Ásia Oriental' },
  '034': { zh: '南亚', en: 'Southern Asia', fr: 'Asie du Sud', ru: 'Южная Азия', ar: 'جنوب آسيا', es: 'Asia Meridional', pt: 'Ásia Meridional' },
  '035': { zh: '东南亚', en: 'South-eastern Asia', fr: 'Asie du Sud-Est', ru: 'Юго-Восточная Азия', ar: 'جنوب شرق آسيا', es: 'Asia Sudoriental', pt: 'Sudeste Asiático' },
  '039': { zh: '南欧', en: 'Southern Europe', fr: 'Europe méridionale', ru: 'Южная Европа', ar: 'جنوب أوروبا', es: 'Europa Meridional', pt: 'Europa Meridional' },
  '053': { zh: '澳大利亚和新西兰', en: 'Australia and New Zealand', fr: 'Australie et Nouvelle-Zélande', ru: 'Австралия и Новая Зеландия', ar: 'أستراليا ونيوزيلندا', es: 'Australia y Nueva Zelandia', pt: 'Austrália e Nova Zelândia' },
  '054': { zh: '美拉尼西亚', en: 'Melanesia', fr: 'Mélanésie', ru: 'Меланезия', ar: 'ميلانيزيا', es: 'Melanesia', pt: 'Melanésia' },
  '057': { zh: '密克罗尼西亚', en: 'Micronesia', fr: 'Micronésie', ru: 'Микронезия', ar: 'ميكرونيزيا', es: 'Micronesia', pt: 'Micronésia' },
  '061': { zh: '波利尼西亚', en: 'Polynesia', fr: 'Polynésie', ru: 'Полинезия', ar: 'بولينيزيا', es: 'Polinesia', pt: 'Polinésia' },
  '143': { zh: '中亚', en: 'Central Asia', fr: 'Asie centrale', ru: 'Центральная Азия', ar: 'آسيا الوسطى', es: 'Asia Central', pt: 'Ásia Central' },
  '145': { zh: '西亚', en: 'Western Asia', fr: 'Asie occidentale', ru: 'Западная Азия', ar: 'غرب آسيا', es: 'Asia Occidental', pt: 'Ásia Ocidental' },
  '151': { zh: '东欧', en: 'Eastern Europe', fr: 'Europe orientale', ru: 'Восточная Европа', ar: 'شرق أوروبا', es: 'Europa Oriental', pt: 'Europa Oriental' },
  '154': { zh: '北欧', en: 'Northern Europe', fr: 'Europe septentrionale', ru: 'Северная Европа', ar: 'شمال أوروبا', es: 'Europa Septentrional', pt: 'Europa Setentrional' },
  '155': { zh: '西欧', en: 'Western Europe', fr: 'Europe occidentale', ru: 'Западная Европа', ar: 'غرب أوروبا', es: 'Europa Occidental', pt: 'Europa Ocidental' }
} satisfies Record<string, Labels>

export type M49Region = keyof typeof values

export const m49Region = { name: 'm49-region', edition: '2024', source: 'UN Statistics Division, Standard country or area codes (M49)', values }

/** The region each M49 region lies in; the world lies in none. */
export const m49Parents: Readonly<Record<Exclude<M49Region, '001'>, M49Region>> = {
  '002': '001', '009': '001', '019': '001', '142': '001', '150': '001',
  '202': '002', '015': '002', '011': '202', '014': '202', '017': '202', '018': '202',
  '419': '019', '021': '019', '005': '419', '013': '419', '029': '419',
  '030': '142', '034': '142', '035': '142', '143': '142', '145': '142',
  '039': '150', '151': '150', '154': '150', '155': '150',
  '053': '009', '054': '009', '057': '009', '061': '009'
}
