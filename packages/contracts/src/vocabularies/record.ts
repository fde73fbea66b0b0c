import type { recordTypes, sourceChannels, visibilities, fileConfidentialities } from '../codes.ts'
import type { Labels, Language } from '../language.ts'
import type { LabelsFor } from './vocabulary.ts'

type RecordType = (typeof recordTypes)[keyof typeof recordTypes][number]

export const language = {
  name: 'language', edition: '2026', source: 'ISO 639-1',
  values: {
    zh: { zh: '中文', en: 'Chinese', fr: 'Chinois', ru: 'Китайский', ar: 'الصينية', es: 'Chino', pt: 'Chinês' },
    en: { zh: '英文', en: 'English', fr: 'Anglais', ru: 'Английский', ar: 'الإنجليزية', es: 'Inglés', pt: 'Inglês' },
    fr: { zh: '法文', en: 'French', fr: 'Français', ru: 'Французский', ar: 'الفرنسية', es: 'Francés', pt: 'Francês' },
    ru: { zh: '俄文', en: 'Russian', fr: 'Russe', ru: 'Русский', ar: 'الروسية', es: 'Ruso', pt: 'Russo' },
    ar: { zh: '阿拉伯文', en: 'Arabic', fr: 'Arabe', ru: 'Арабский', ar: 'العربية', es: 'Árabe', pt: 'Árabe' },
    es: { zh: '西班牙文', en: 'Spanish', fr: 'Espagnol', ru: 'Испанский', ar: 'الإسبانية', es: 'Español', pt: 'Espanhol' },
    pt: { zh: '葡萄牙文', en: 'Portuguese', fr: 'Portugais', ru: 'Португальский', ar: 'البرتغالية', es: 'Portugués', pt: 'Português' }
  } satisfies Record<Language, Labels>
}

export const library = {
  name: 'library', edition: '2025-2027', source: '“一带一路”科技创新北京行动计划（2025-2027年）二（一）2',
  values: {
    'project-results': { zh: '项目成果库', en: 'Project results', fr: 'Résultats de projets', ru: 'Результаты проектов', ar: 'نتائج المشاريع', es: 'Resultados de proyectos', pt: 'Resultados de projetos' },
    'technology-reserve': { zh: '技术储备库', en: 'Technology reserve', fr: 'Réserve de technologies', ru: 'Резерв технологий', ar: 'مخزون التكنولوجيا', es: 'Reserva de tecnologías', pt: 'Reserva de tecnologias' },
    'cooperation-demand': { zh: '合作需求库', en: 'Cooperation demand', fr: 'Demandes de coopération', ru: 'Запросы на сотрудничество', ar: 'طلبات التعاون', es: 'Demandas de cooperación', pt: 'Demandas de cooperação' },
    'platform-institutions': { zh: '平台机构库', en: 'Platform institutions', fr: 'Organismes de plateforme', ru: 'Сервисные организации', ar: 'المؤسسات الداعمة', es: 'Instituciones de plataforma', pt: 'Instituições de plataforma' }
  } satisfies Record<keyof typeof recordTypes, Labels>
}

export const recordType = {
  name: 'record-type', edition: '2024', source: 'Enterprise Europe Network, partnering profile types; PR, CAP and PI are ours',
  values: {
    PR: { zh: '项目成果', en: 'Project result', fr: 'Résultat de projet', ru: 'Результат проекта', ar: 'نتيجة مشروع', es: 'Resultado de proyecto', pt: 'Resultado de projeto' },
    TO: { zh: '技术供给', en: 'Technology offer', fr: 'Offre technologique', ru: 'Технологическое предложение', ar: 'عرض تكنولوجي', es: 'Oferta tecnológica', pt: 'Oferta tecnológica' },
    BO: { zh: '商业供给', en: 'Business offer', fr: 'Offre commerciale', ru: 'Деловое предложение', ar: 'عرض تجاري', es: 'Oferta comercial', pt: 'Oferta comercial' },
    TR: { zh: '技术需求', en: 'Technology request', fr: 'Demande technologique', ru: 'Технологический запрос', ar: 'طلب تكنولوجي', es: 'Demanda tecnológica', pt: 'Pedido tecnológico' },
    BR: { zh: '商业需求', en: 'Business request', fr: 'Demande commerciale', ru: 'Деловой запрос', ar: 'طلب تجاري', es: 'Demanda comercial', pt: 'Pedido comercial' },
    RDR: { zh: '联合研发需求', en: 'R&D request', fr: 'Demande de R&D', ru: 'Запрос на НИОКР', ar: 'طلب بحث وتطوير', es: 'Demanda de I+D', pt: 'Pedido de I&D' },
    CAP: { zh: '能力建设需求', en: 'Capacity-building request', fr: 'Demande de renforcement des capacités', ru: 'Запрос на развитие потенциала', ar: 'طلب بناء القدرات', es: 'Demanda de fortalecimiento de capacidades', pt: 'Pedido de reforço de capacidades' },
    PI: { zh: '平台机构', en: 'Platform institution', fr: 'Organisme de plateforme', ru: 'Сервисная организация', ar: 'مؤسسة داعمة', es: 'Institución de plataforma', pt: 'Instituição de plataforma' }
  } satisfies Record<RecordType, Labels>
}

export const sourceChannel = {
  name: 'source-channel', edition: '2025-2027', source: '“一带一路”科技创新北京行动计划（2025-2027年）二（一）2，使馆、外国商协会等机构渠道',
  values: {
    enterprise: { zh: '企业', en: 'Enterprise', fr: 'Entreprise', ru: 'Предприятие', ar: 'شركة', es: 'Empresa', pt: 'Empresa' },
    university: { zh: '高等学校', en: 'University', fr: 'Université', ru: 'Университет', ar: 'جامعة', es: 'Universidad', pt: 'Universidade' },
    'research-institute': { zh: '科研院所', en: 'Research institute', fr: 'Institut de recherche', ru: 'Научно-исследовательский институт', ar: 'معهد أبحاث', es: 'Instituto de investigación', pt: 'Instituto de investigação' },
    embassy: { zh: '使馆', en: 'Embassy', fr: 'Ambassade', ru: 'Посольство', ar: 'سفارة', es: 'Embajada', pt: 'Embaixada' },
    'foreign-chamber': { zh: '外国商协会', en: 'Foreign chamber of commerce', fr: 'Chambre de commerce étrangère', ru: 'Иностранная торговая палата', ar: 'غرفة تجارة أجنبية', es: 'Cámara de comercio extranjera', pt: 'Câmara de comércio estrangeira' },
    'international-organisation': { zh: '国际组织', en: 'International organisation', fr: 'Organisation internationale', ru: 'Международная организация', ar: 'منظمة دولية', es: 'Organización internacional', pt: 'Organização internacional' },
    'overseas-park': { zh: '海外科技园区', en: 'Science park abroad', fr: 'Parc scientifique à l\'étranger', ru: 'Зарубежный технопарк', ar: 'مجمع علمي في الخارج', es: 'Parque científico en el exterior', pt: 'Parque científico no exterior' },
    event: { zh: '对接活动', en: 'Matchmaking event', fr: 'Événement de mise en relation', ru: 'Мероприятие по подбору партнеров', ar: 'فعالية لقاءات الشراكة', es: 'Encuentro de cooperación', pt: 'Evento de parcerias' },
    'import-een': { zh: '欧洲企业网络导入', en: 'Import from Enterprise Europe Network', fr: 'Import depuis Enterprise Europe Network', ru: 'Импорт из Enterprise Europe Network', ar: 'استيراد من شبكة Enterprise Europe Network', es: 'Importación de Enterprise Europe Network', pt: 'Importação da Enterprise Europe Network' },
    'import-other': { zh: '其他系统导入', en: 'Import from another system', fr: 'Import depuis un autre système', ru: 'Импорт из другой системы', ar: 'استيراد من نظام آخر', es: 'Importación de otro sistema', pt: 'Importação de outro sistema' },
    staff: { zh: '工作人员录入', en: 'Entered by staff', fr: 'Saisie par le personnel', ru: 'Внесено сотрудниками', ar: 'إدخال من الموظفين', es: 'Registro por el personal', pt: 'Registo pelo pessoal' }
  } satisfies LabelsFor<typeof sourceChannels>
}

export const visibility = {
  name: 'visibility', edition: '2026', source: 'Audience of a record',
  values: {
    staff: { zh: '仅工作人员可见', en: 'Staff only', fr: 'Personnel uniquement', ru: 'Только сотрудники', ar: 'الموظفون فقط', es: 'Solo el personal', pt: 'Apenas o pessoal' },
    network: { zh: '认证机构可见', en: 'Verified organisations', fr: 'Organisations vérifiées', ru: 'Проверенные организации', ar: 'المؤسسات الموثقة', es: 'Organizaciones verificadas', pt: 'Organizações verificadas' },
    'demand-side': { zh: '仅需求方可见', en: 'Demand side only', fr: 'Demandeurs uniquement', ru: 'Только сторона спроса', ar: 'أصحاب الطلبات فقط', es: 'Solo los demandantes', pt: 'Apenas os demandantes' },
    'public-anonymous': { zh: '公开（匿名）', en: 'Public, anonymous', fr: 'Public, anonyme', ru: 'Открыто, без имени', ar: 'علني دون ذكر الاسم', es: 'Público, anónimo', pt: 'Público, anónimo' },
    'public-named': { zh: '公开（署名）', en: 'Public, named', fr: 'Public, nominatif', ru: 'Открыто, с именем', ar: 'علني مع ذكر الاسم', es: 'Público, con nombre', pt: 'Público, com nome' }
  } satisfies LabelsFor<typeof visibilities>
}

export const fileConfidentiality = {
  name: 'file-confidentiality', edition: '2026', source: 'Audience of an attachment',
  values: {
    public: { zh: '公开', en: 'Public', fr: 'Public', ru: 'Открытый', ar: 'علني', es: 'Público', pt: 'Público' },
    network: { zh: '认证机构', en: 'Verified organisations', fr: 'Organisations vérifiées', ru: 'Проверенные организации', ar: 'المؤسسات الموثقة', es: 'Organizaciones verificadas', pt: 'Organizações verificadas' },
    staff: { zh: '工作人员', en: 'Staff', fr: 'Personnel', ru: 'Сотрудники', ar: 'الموظفون', es: 'Personal', pt: 'Pessoal' },
    owner: { zh: '仅所有者', en: 'Owner only', fr: 'Titulaire uniquement', ru: 'Только владелец', ar: 'المالك فقط', es: 'Solo el titular', pt: 'Apenas o titular' }
  } satisfies LabelsFor<typeof fileConfidentialities>
}
