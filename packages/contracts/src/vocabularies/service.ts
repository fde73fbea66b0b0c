import type { services } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const service = {
  name: 'service', edition: '2014', source: '国务院关于加快科技服务业发展的若干意见（国发〔2014〕49号）九类; services for going abroad are ours',
  values: {
    'research-development': { zh: '研究开发及其服务', en: 'Research and development', fr: 'Recherche et développement', ru: 'Исследования и разработки', ar: 'البحث والتطوير', es: 'Investigación y desarrollo', pt: 'Investigação e desenvolvimento' },
    'technology-transfer': { zh: '技术转移服务', en: 'Technology transfer', fr: 'Transfert de technologie', ru: 'Трансфер технологий', ar: 'نقل التكنولوجيا', es: 'Transferencia de tecnología', pt: 'Transferência de tecnologia' },
    'inspection-certification': { zh: '检验检测认证服务', en: 'Inspection, testing and certification', fr: 'Inspection, essais et certification', ru: 'Инспекция, испытания и сертификация', ar: 'الفحص والاختبار والاعتماد', es: 'Inspección, ensayo y certificación', pt: 'Inspeção, ensaio e certificação' },
    incubation: { zh: '创业孵化服务', en: 'Business incubation', fr: 'Incubation d\'entreprises', ru: 'Бизнес-инкубация', ar: 'احتضان الأعمال', es: 'Incubación de empresas', pt: 'Incubação de empresas' },
    'intellectual-property': { zh: '知识产权服务', en: 'Intellectual property services', fr: 'Services de propriété intellectuelle', ru: 'Услуги в сфере интеллектуальной собственности', ar: 'خدمات الملكية الفكرية', es: 'Servicios de propiedad intelectual', pt: 'Serviços de propriedade intelectual' },
    'sci-tech-consulting': { zh: '科技咨询服务', en: 'Science and technology consulting', fr: 'Conseil scientifique et technologique', ru: 'Научно-технический консалтинг', ar: 'الاستشارات العلمية والتكنولوجية', es: 'Consultoría científica y tecnológica', pt: 'Consultoria científica e tecnológica' },
    'sci-tech-finance': { zh: '科技金融服务', en: 'Technology finance', fr: 'Financement de la technologie', ru: 'Финансирование технологий', ar: 'تمويل التكنولوجيا', es: 'Financiación de la tecnología', pt: 'Financiamento da tecnologia' },
    'science-popularisation': { zh: '科学技术普及服务', en: 'Science popularisation', fr: 'Diffusion de la culture scientifique', ru: 'Популяризация науки', ar: 'تبسيط العلوم ونشرها', es: 'Divulgación científica', pt: 'Divulgação científica' },
    comprehensive: { zh: '综合科技服务', en: 'Comprehensive technology services', fr: 'Services technologiques intégrés', ru: 'Комплексные технологические услуги', ar: 'خدمات تكنولوجية شاملة', es: 'Servicios tecnológicos integrales', pt: 'Serviços tecnológicos integrados' },
    'market-entry': { zh: '海外市场准入', en: 'Market entry', fr: 'Accès au marché', ru: 'Выход на рынок', ar: 'دخول الأسواق', es: 'Entrada en el mercado', pt: 'Entrada no mercado' },
    'odi-filing': { zh: '境外投资备案', en: 'Outbound investment filing', fr: 'Déclaration d\'investissement à l\'étranger', ru: 'Регистрация зарубежных инвестиций', ar: 'تسجيل الاستثمار في الخارج', es: 'Registro de inversión en el exterior', pt: 'Registo de investimento no exterior' },
    'export-control-advice': { zh: '出口管制合规咨询', en: 'Export control advice', fr: 'Conseil en contrôle des exportations', ru: 'Консультации по экспортному контролю', ar: 'استشارات ضوابط التصدير', es: 'Asesoría en control de exportaciones', pt: 'Consultoria em controlo de exportações' },
    'technology-export-registration': { zh: '技术出口合同登记', en: 'Technology export contract registration', fr: 'Enregistrement des contrats d\'exportation de technologie', ru: 'Регистрация договоров экспорта технологий', ar: 'تسجيل عقود تصدير التكنولوجيا', es: 'Registro de contratos de exportación de tecnología', pt: 'Registo de contratos de exportação de tecnologia' },
    'overseas-ip': { zh: '海外知识产权布局与维权', en: 'Intellectual property abroad', fr: 'Propriété intellectuelle à l\'étranger', ru: 'Защита интеллектуальной собственности за рубежом', ar: 'الملكية الفكرية في الخارج', es: 'Propiedad intelectual en el exterior', pt: 'Propriedade intelectual no exterior' },
    'product-certification': { zh: '产品准入认证', en: 'Product certification', fr: 'Certification de produits', ru: 'Сертификация продукции', ar: 'اعتماد المنتجات', es: 'Certificación de productos', pt: 'Certificação de produtos' },
    tax: { zh: '税务服务', en: 'Tax services', fr: 'Services fiscaux', ru: 'Налоговые услуги', ar: 'خدمات ضريبية', es: 'Servicios fiscales', pt: 'Serviços fiscais' },
    'legal-dispute': { zh: '法律与争议解决', en: 'Legal services and dispute resolution', fr: 'Services juridiques et règlement des différends', ru: 'Юридические услуги и разрешение споров', ar: 'خدمات قانونية وتسوية المنازعات', es: 'Servicios jurídicos y solución de controversias', pt: 'Serviços jurídicos e resolução de litígios' },
    standards: { zh: '标准化服务', en: 'Standards', fr: 'Normalisation', ru: 'Стандартизация', ar: 'التقييس', es: 'Normalización', pt: 'Normalização' },
    'landing-space': { zh: '海外落地空间', en: 'Landing space', fr: 'Espace d\'accueil', ru: 'Площадка для размещения', ar: 'مساحات استقبال الشركات', es: 'Espacio de aterrizaje', pt: 'Espaço de acolhimento' },
    recruitment: { zh: '人才招聘', en: 'Recruitment', fr: 'Recrutement', ru: 'Подбор персонала', ar: 'التوظيف', es: 'Contratación de personal', pt: 'Recrutamento' },
    'translation-interpretation': { zh: '笔译口译', en: 'Translation and interpretation', fr: 'Traduction et interprétation', ru: 'Письменный и устный перевод', ar: 'الترجمة التحريرية والفورية', es: 'Traducción e interpretación', pt: 'Tradução e interpretação' },
    'logistics-customs': { zh: '物流与报关', en: 'Logistics and customs clearance', fr: 'Logistique et dédouanement', ru: 'Логистика и таможенное оформление', ar: 'الخدمات اللوجستية والتخليص الجمركي', es: 'Logística y despacho de aduanas', pt: 'Logística e desalfandegamento' },
    'export-credit-insurance': { zh: '出口信用保险', en: 'Export credit insurance', fr: 'Assurance-crédit à l\'exportation', ru: 'Страхование экспортных кредитов', ar: 'تأمين ائتمان الصادرات', es: 'Seguro de crédito a la exportación', pt: 'Seguro de crédito à exportação' },
    financing: { zh: '融资服务', en: 'Financing', fr: 'Financement', ru: 'Финансирование', ar: 'التمويل', es: 'Financiación', pt: 'Financiamento' },
    exhibition: { zh: '展览展示', en: 'Exhibitions', fr: 'Expositions', ru: 'Выставки', ar: 'المعارض', es: 'Ferias y exposiciones', pt: 'Feiras e exposições' },
    training: { zh: '培训服务', en: 'Training', fr: 'Formation', ru: 'Обучение', ar: 'التدريب', es: 'Formación', pt: 'Formação' }
  } satisfies LabelsFor<typeof services>
}
