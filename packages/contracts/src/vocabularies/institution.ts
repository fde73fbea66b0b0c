import type { institutionTypes, languageLevels, pricings, serviceModes } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const institutionType = {
  name: 'institution-type', edition: '2026', source: 'Kinds of institution that help companies abroad',
  values: {
    'technology-transfer': { zh: '技术转移机构', en: 'Technology transfer agency', fr: 'Organisme de transfert de technologie', ru: 'Центр трансфера технологий', ar: 'مؤسسة نقل التكنولوجيا', es: 'Agencia de transferencia de tecnología', pt: 'Agência de transferência de tecnologia' },
    'international-base': { zh: '国际科技合作基地', en: 'International S&T cooperation base', fr: 'Base de coopération scientifique internationale', ru: 'База международного научно-технического сотрудничества', ar: 'قاعدة للتعاون العلمي الدولي', es: 'Base de cooperación científica internacional', pt: 'Base de cooperação científica internacional' },
    'joint-lab': { zh: '联合实验室', en: 'Joint laboratory', fr: 'Laboratoire conjoint', ru: 'Совместная лаборатория', ar: 'مختبر مشترك', es: 'Laboratorio conjunto', pt: 'Laboratório conjunto' },
    incubator: { zh: '孵化器、加速器', en: 'Incubator or accelerator', fr: 'Incubateur ou accélérateur', ru: 'Инкубатор или акселератор', ar: 'حاضنة أو مسرعة أعمال', es: 'Incubadora o aceleradora', pt: 'Incubadora ou aceleradora' },
    park: { zh: '科技园区', en: 'Science park', fr: 'Parc scientifique', ru: 'Технопарк', ar: 'مجمع علمي', es: 'Parque científico', pt: 'Parque científico' },
    'overseas-park': { zh: '海外科技园区', en: 'Science park abroad', fr: 'Parc scientifique à l\'étranger', ru: 'Зарубежный технопарк', ar: 'مجمع علمي في الخارج', es: 'Parque científico en el exterior', pt: 'Parque científico no exterior' },
    chamber: { zh: '商协会', en: 'Chamber or business association', fr: 'Chambre ou association professionnelle', ru: 'Торговая палата или ассоциация', ar: 'غرفة تجارة أو جمعية أعمال', es: 'Cámara o asociación empresarial', pt: 'Câmara ou associação empresarial' },
    'law-firm': { zh: '律师事务所', en: 'Law firm', fr: 'Cabinet d\'avocats', ru: 'Юридическая фирма', ar: 'مكتب محاماة', es: 'Bufete de abogados', pt: 'Escritório de advogados' },
    'accounting-tax': { zh: '会计税务机构', en: 'Accounting and tax firm', fr: 'Cabinet comptable et fiscal', ru: 'Бухгалтерская и налоговая фирма', ar: 'مكتب محاسبة وضرائب', es: 'Asesoría contable y fiscal', pt: 'Gabinete de contabilidade e fiscalidade' },
    'ip-agency': { zh: '知识产权代理机构', en: 'Intellectual property agency', fr: 'Cabinet de propriété intellectuelle', ru: 'Агентство интеллектуальной собственности', ar: 'وكالة ملكية فكرية', es: 'Agencia de propiedad intelectual', pt: 'Agência de propriedade intelectual' },
    'testing-certification': { zh: '检验检测认证机构', en: 'Testing and certification body', fr: 'Organisme d\'essais et de certification', ru: 'Орган по испытаниям и сертификации', ar: 'جهة اختبار واعتماد', es: 'Organismo de ensayo y certificación', pt: 'Organismo de ensaio e certificação' },
    consulting: { zh: '咨询机构', en: 'Consultancy', fr: 'Cabinet de conseil', ru: 'Консалтинговая компания', ar: 'مكتب استشارات', es: 'Consultora', pt: 'Consultora' },
    translation: { zh: '翻译机构', en: 'Translation agency', fr: 'Agence de traduction', ru: 'Бюро переводов', ar: 'مكتب ترجمة', es: 'Agencia de traducción', pt: 'Agência de tradução' },
    logistics: { zh: '物流企业', en: 'Logistics company', fr: 'Entreprise de logistique', ru: 'Логистическая компания', ar: 'شركة لوجستية', es: 'Empresa de logística', pt: 'Empresa de logística' },
    insurance: { zh: '保险及信用保险机构', en: 'Insurer or export credit insurer', fr: 'Assureur ou assureur-crédit', ru: 'Страховая компания или экспортное кредитное агентство', ar: 'شركة تأمين أو ضمان ائتمان', es: 'Aseguradora o seguro de crédito', pt: 'Seguradora ou seguro de crédito' },
    'bank-fund': { zh: '银行、基金', en: 'Bank or fund', fr: 'Banque ou fonds', ru: 'Банк или фонд', ar: 'بنك أو صندوق', es: 'Banco o fondo', pt: 'Banco ou fundo' },
    'human-resources': { zh: '人力资源机构', en: 'Human resources agency', fr: 'Agence de ressources humaines', ru: 'Кадровое агентство', ar: 'وكالة موارد بشرية', es: 'Agencia de recursos humanos', pt: 'Agência de recursos humanos' },
    'embassy-office': { zh: '外国使馆商务科技处', en: 'Embassy trade or science office', fr: 'Service commercial ou scientifique d\'ambassade', ru: 'Торговый или научный отдел посольства', ar: 'مكتب تجاري أو علمي بسفارة', es: 'Oficina comercial o científica de embajada', pt: 'Secção comercial ou científica de embaixada' },
    'international-organisation': { zh: '国际组织', en: 'International organisation', fr: 'Organisation internationale', ru: 'Международная организация', ar: 'منظمة دولية', es: 'Organización internacional', pt: 'Organização internacional' },
    'overseas-centre': { zh: '海外服务中心', en: 'Service centre abroad', fr: 'Centre de services à l\'étranger', ru: 'Зарубежный сервисный центр', ar: 'مركز خدمات في الخارج', es: 'Centro de servicios en el exterior', pt: 'Centro de serviços no exterior' }
  } satisfies LabelsFor<typeof institutionTypes>
}

export const serviceMode = {
  name: 'service-mode', edition: '2026', source: 'How a service reaches a country',
  values: {
    'on-site': { zh: '现场服务', en: 'On site', fr: 'Sur place', ru: 'На месте', ar: 'في الموقع', es: 'Presencial', pt: 'Presencial' },
    remote: { zh: '远程服务', en: 'Remote', fr: 'À distance', ru: 'Дистанционно', ar: 'عن بعد', es: 'A distancia', pt: 'À distância' },
    partner: { zh: '由合作机构提供', en: 'Through a partner', fr: 'Par un partenaire', ru: 'Через партнера', ar: 'عبر شريك', es: 'A través de un socio', pt: 'Através de um parceiro' }
  } satisfies LabelsFor<typeof serviceModes>
}

export const pricing = {
  name: 'pricing', edition: '2026', source: 'How a service is charged',
  values: {
    free: { zh: '免费', en: 'Free of charge', fr: 'Gratuit', ru: 'Бесплатно', ar: 'مجاني', es: 'Gratuito', pt: 'Gratuito' },
    subsidised: { zh: '政府补贴', en: 'Subsidised', fr: 'Subventionné', ru: 'Субсидируется', ar: 'مدعوم', es: 'Subvencionado', pt: 'Subsidiado' },
    fixed: { zh: '固定收费', en: 'Fixed fee', fr: 'Prix forfaitaire', ru: 'Фиксированная плата', ar: 'رسم ثابت', es: 'Tarifa fija', pt: 'Preço fixo' },
    hourly: { zh: '按小时收费', en: 'Hourly rate', fr: 'Tarif horaire', ru: 'Почасовая оплата', ar: 'أجر بالساعة', es: 'Tarifa por hora', pt: 'Tarifa horária' },
    'success-fee': { zh: '按成效收费', en: 'Success fee', fr: 'Honoraires de résultat', ru: 'Вознаграждение за результат', ar: 'أتعاب عند النجاح', es: 'Comisión por éxito', pt: 'Comissão de sucesso' }
  } satisfies LabelsFor<typeof pricings>
}

export const languageLevel = {
  name: 'language-level', edition: '2026', source: 'Command of a language offered by an institution',
  values: {
    basic: { zh: '基础', en: 'Basic', fr: 'Notions', ru: 'Базовый', ar: 'أساسي', es: 'Básico', pt: 'Básico' },
    working: { zh: '工作语言', en: 'Working', fr: 'Langue de travail', ru: 'Рабочий', ar: 'لغة عمل', es: 'De trabajo', pt: 'De trabalho' },
    professional: { zh: '专业', en: 'Professional', fr: 'Professionnel', ru: 'Профессиональный', ar: 'مهني', es: 'Profesional', pt: 'Profissional' },
    native: { zh: '母语', en: 'Native', fr: 'Langue maternelle', ru: 'Родной', ar: 'لغة أم', es: 'Nativo', pt: 'Nativo' }
  } satisfies LabelsFor<typeof languageLevels>
}
