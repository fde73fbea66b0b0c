import type { planFields, planRegions } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const planField = {
  name: 'plan-field', edition: '2025-2027', source: '“一带一路”科技创新北京行动计划（2025-2027年）二（一）1、二（二）3-7',
  values: {
    'modern-agriculture': { zh: '现代农业', en: 'Modern agriculture', fr: 'Agriculture moderne', ru: 'Современное сельское хозяйство', ar: 'الزراعة الحديثة', es: 'Agricultura moderna', pt: 'Agricultura moderna' },
    'new-energy': { zh: '新能源', en: 'New energy', fr: 'Énergies nouvelles', ru: 'Новая энергетика', ar: 'الطاقة الجديدة', es: 'Nuevas energías', pt: 'Novas energias' },
    'commercial-space': { zh: '商业航天', en: 'Commercial space', fr: 'Spatial commercial', ru: 'Коммерческая космонавтика', ar: 'الفضاء التجاري', es: 'Espacio comercial', pt: 'Espaço comercial' },
    'rail-construction': { zh: '轨道交通与建筑', en: 'Rail transit and construction', fr: 'Transport ferroviaire et construction', ru: 'Рельсовый транспорт и строительство', ar: 'النقل بالسكك الحديدية والبناء', es: 'Transporte ferroviario y construcción', pt: 'Transporte ferroviário e construção' },
    fintech: { zh: '科技金融与金融科技', en: 'Technology finance and fintech', fr: 'Finance technologique et fintech', ru: 'Финансирование технологий и финтех', ar: 'تمويل التكنولوجيا والتكنولوجيا المالية', es: 'Financiación tecnológica y tecnofinanzas', pt: 'Finanças tecnológicas e fintech' },
    'water-environment': { zh: '水环境治理', en: 'Water environment', fr: 'Eau et environnement', ru: 'Водная среда', ar: 'البيئة المائية', es: 'Agua y medio ambiente', pt: 'Água e ambiente' },
    'disaster-safety': { zh: '防灾减灾与公共安全', en: 'Disaster reduction and public safety', fr: 'Prévention des catastrophes et sécurité publique', ru: 'Предупреждение бедствий и общественная безопасность', ar: 'الحد من الكوارث والسلامة العامة', es: 'Reducción de desastres y seguridad pública', pt: 'Redução de catástrofes e segurança pública' },
    biotech: { zh: '生物技术', en: 'Biotechnology', fr: 'Biotechnologie', ru: 'Биотехнологии', ar: 'التكنولوجيا الحيوية', es: 'Biotecnología', pt: 'Biotecnologia' }
  } satisfies LabelsFor<typeof planFields>
}

export const planRegion = {
  name: 'plan-region', edition: '2025-2027', source: '“一带一路”科技创新北京行动计划（2025-2027年）二（一）1；区域划分为本平台所定',
  values: {
    'southeast-asia': { zh: '东南亚', en: 'South-East Asia', fr: 'Asie du Sud-Est', ru: 'Юго-Восточная Азия', ar: 'جنوب شرق آسيا', es: 'Sudeste Asiático', pt: 'Sudeste Asiático' },
    'south-asia': { zh: '南亚', en: 'South Asia', fr: 'Asie du Sud', ru: 'Южная Азия', ar: 'جنوب آسيا', es: 'Asia Meridional', pt: 'Ásia Meridional' },
    'east-asia': { zh: '东亚', en: 'East Asia', fr: 'Asie de l\'Est', ru: 'Восточная Азия', ar: 'شرق آسيا', es: 'Asia Oriental', pt: 'Ásia Oriental' },
    'central-asia': { zh: '中亚', en: 'Central Asia', fr: 'Asie centrale', ru: 'Центральная Азия', ar: 'آسيا الوسطى', es: 'Asia Central', pt: 'Ásia Central' },
    'russia-caucasus': { zh: '俄罗斯与高加索', en: 'Russia and the Caucasus', fr: 'Russie et Caucase', ru: 'Россия и Кавказ', ar: 'روسيا والقوقاز', es: 'Rusia y el Cáucaso', pt: 'Rússia e Cáucaso' },
    'middle-east': { zh: '中东', en: 'Middle East', fr: 'Moyen-Orient', ru: 'Ближний Восток', ar: 'الشرق الأوسط', es: 'Oriente Medio', pt: 'Médio Oriente' },
    africa: { zh: '非洲', en: 'Africa', fr: 'Afrique', ru: 'Африка', ar: 'أفريقيا', es: 'África', pt: 'África' },
    'central-eastern-europe': { zh: '中东欧', en: 'Central and Eastern Europe', fr: 'Europe centrale et orientale', ru: 'Центральная и Восточная Европа', ar: 'وسط وشرق أوروبا', es: 'Europa Central y Oriental', pt: 'Europa Central e Oriental' },
    'western-europe': { zh: '西欧、北欧与南欧', en: 'Western, Northern and Southern Europe', fr: 'Europe de l\'Ouest, du Nord et du Sud', ru: 'Западная, Северная и Южная Европа', ar: 'غرب وشمال وجنوب أوروبا', es: 'Europa Occidental, del Norte y del Sur', pt: 'Europa Ocidental, do Norte e do Sul' },
    'latin-america': { zh: '拉丁美洲和加勒比', en: 'Latin America and the Caribbean', fr: 'Amérique latine et Caraïbes', ru: 'Латинская Америка и Карибский бассейн', ar: 'أمريكا اللاتينية والكاريبي', es: 'América Latina y el Caribe', pt: 'América Latina e Caraíbas' },
    'north-america': { zh: '北美', en: 'North America', fr: 'Amérique du Nord', ru: 'Северная Америка', ar: 'أمريكا الشمالية', es: 'América del Norte', pt: 'América do Norte' },
    oceania: { zh: '大洋洲', en: 'Oceania', fr: 'Océanie', ru: 'Океания', ar: 'أوقيانوسيا', es: 'Oceanía', pt: 'Oceânia' }
  } satisfies LabelsFor<typeof planRegions>
}
