import type { attributions, contractKinds, evidenceGrades, outcomeTypes, partnerRoles, resultClasses, resultForms, resultKinds } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const resultKind = {
  name: 'result-kind', edition: '2026', source: 'Kinds of cooperation result',
  values: {
    'scitech-result': { zh: '科技成果', en: 'Science and technology result', fr: 'Résultat scientifique et technologique', ru: 'Научно-технический результат', ar: 'نتيجة علمية وتكنولوجية', es: 'Resultado científico y tecnológico', pt: 'Resultado científico e tecnológico' },
    'cooperation-project': { zh: '合作项目', en: 'Cooperation project', fr: 'Projet de coopération', ru: 'Проект сотрудничества', ar: 'مشروع تعاون', es: 'Proyecto de cooperación', pt: 'Projeto de cooperação' },
    'joint-lab': { zh: '联合实验室', en: 'Joint laboratory', fr: 'Laboratoire conjoint', ru: 'Совместная лаборатория', ar: 'مختبر مشترك', es: 'Laboratorio conjunto', pt: 'Laboratório conjunto' },
    'technology-transfer': { zh: '技术转移', en: 'Technology transfer', fr: 'Transfert de technologie', ru: 'Трансфер технологий', ar: 'نقل التكنولوجيا', es: 'Transferencia de tecnología', pt: 'Transferência de tecnologia' },
    standard: { zh: '标准', en: 'Standard', fr: 'Norme', ru: 'Стандарт', ar: 'معيار', es: 'Norma', pt: 'Norma' },
    training: { zh: '培训', en: 'Training', fr: 'Formation', ru: 'Обучение', ar: 'تدريب', es: 'Formación', pt: 'Formação' },
    park: { zh: '科技园区', en: 'Science park', fr: 'Parc scientifique', ru: 'Технопарк', ar: 'مجمع علمي', es: 'Parque científico', pt: 'Parque científico' },
    event: { zh: '交流活动', en: 'Exchange event', fr: 'Événement d\'échange', ru: 'Мероприятие по обмену опытом', ar: 'فعالية تبادل', es: 'Evento de intercambio', pt: 'Evento de intercâmbio' }
  } satisfies LabelsFor<typeof resultKinds>
}

export const resultClass = {
  name: 'result-class', edition: '2000', source: '科技成果登记办法，成果类别',
  values: {
    'applied-technology': { zh: '应用技术成果', en: 'Applied technology', fr: 'Technologie appliquée', ru: 'Прикладная технология', ar: 'تكنولوجيا تطبيقية', es: 'Tecnología aplicada', pt: 'Tecnologia aplicada' },
    'basic-theory': { zh: '基础理论成果', en: 'Basic theory', fr: 'Théorie fondamentale', ru: 'Фундаментальная теория', ar: 'نظرية أساسية', es: 'Teoría básica', pt: 'Teoria fundamental' },
    'soft-science': { zh: '软科学研究成果', en: 'Policy and management research', fr: 'Recherche en politique et gestion', ru: 'Управленческие и политические исследования', ar: 'بحوث السياسات والإدارة', es: 'Investigación en políticas y gestión', pt: 'Investigação em políticas e gestão' }
  } satisfies LabelsFor<typeof resultClasses>
}

export const resultForm = {
  name: 'result-form', edition: '2000', source: '科技成果登记办法，成果体现形式',
  values: {
    'new-technology': { zh: '新技术', en: 'New technology', fr: 'Nouvelle technologie', ru: 'Новая технология', ar: 'تكنولوجيا جديدة', es: 'Nueva tecnología', pt: 'Nova tecnologia' },
    'new-process': { zh: '新工艺', en: 'New process', fr: 'Nouveau procédé', ru: 'Новый технологический процесс', ar: 'عملية جديدة', es: 'Nuevo proceso', pt: 'Novo processo' },
    'new-product': { zh: '新产品', en: 'New product', fr: 'Nouveau produit', ru: 'Новый продукт', ar: 'منتج جديد', es: 'Nuevo producto', pt: 'Novo produto' },
    'new-material': { zh: '新材料', en: 'New material', fr: 'Nouveau matériau', ru: 'Новый материал', ar: 'مادة جديدة', es: 'Nuevo material', pt: 'Novo material' },
    'new-equipment': { zh: '新装备', en: 'New equipment', fr: 'Nouvel équipement', ru: 'Новое оборудование', ar: 'معدات جديدة', es: 'Nuevo equipo', pt: 'Novo equipamento' },
    'new-variety': { zh: '农业、生物新品种', en: 'New agricultural or biological variety', fr: 'Nouvelle variété agricole ou biologique', ru: 'Новый сорт или биологический вид', ar: 'صنف زراعي أو حيوي جديد', es: 'Nueva variedad agrícola o biológica', pt: 'Nova variedade agrícola ou biológica' },
    software: { zh: '计算机软件', en: 'Software', fr: 'Logiciel', ru: 'Программное обеспечение', ar: 'برمجيات', es: 'Software', pt: 'Software' },
    standard: { zh: '标准', en: 'Standard', fr: 'Norme', ru: 'Стандарт', ar: 'معيار', es: 'Norma', pt: 'Norma' },
    paper: { zh: '论文', en: 'Paper', fr: 'Article scientifique', ru: 'Научная статья', ar: 'ورقة علمية', es: 'Artículo científico', pt: 'Artigo científico' },
    other: { zh: '其他', en: 'Other', fr: 'Autre', ru: 'Другое', ar: 'أخرى', es: 'Otro', pt: 'Outro' }
  } satisfies LabelsFor<typeof resultForms>
}

export const outcomeType = {
  name: 'outcome-type', edition: '2026', source: 'Outcomes counted by AUTM, ASTP and the China–ASEAN technology transfer centre, joined',
  values: {
    contract: { zh: '签订合同', en: 'Contract signed', fr: 'Contrat signé', ru: 'Заключенный договор', ar: 'عقد موقع', es: 'Contrato firmado', pt: 'Contrato assinado' },
    licence: { zh: '技术许可', en: 'Licence granted', fr: 'Licence accordée', ru: 'Выданная лицензия', ar: 'ترخيص ممنوح', es: 'Licencia concedida', pt: 'Licença concedida' },
    'joint-venture': { zh: '设立合资企业', en: 'Joint venture founded', fr: 'Coentreprise créée', ru: 'Созданное совместное предприятие', ar: 'مشروع مشترك مؤسس', es: 'Empresa conjunta creada', pt: 'Empreendimento conjunto criado' },
    'joint-lab': { zh: '建成联合实验室', en: 'Joint laboratory founded', fr: 'Laboratoire conjoint créé', ru: 'Созданная совместная лаборатория', ar: 'مختبر مشترك منشأ', es: 'Laboratorio conjunto creado', pt: 'Laboratório conjunto criado' },
    demonstration: { zh: '建成示范项目', en: 'Demonstration in place', fr: 'Démonstration réalisée', ru: 'Реализованный демонстрационный проект', ar: 'مشروع نموذجي منفذ', es: 'Demostración realizada', pt: 'Demonstração realizada' },
    'product-sale': { zh: '产品销售', en: 'Product sale', fr: 'Vente de produits', ru: 'Продажа продукции', ar: 'بيع منتجات', es: 'Venta de productos', pt: 'Venda de produtos' },
    'standard-adopted': { zh: '标准被采用', en: 'Standard adopted', fr: 'Norme adoptée', ru: 'Принятый стандарт', ar: 'معيار معتمد', es: 'Norma adoptada', pt: 'Norma adotada' },
    patent: { zh: '专利', en: 'Patent', fr: 'Brevet', ru: 'Патент', ar: 'براءة اختراع', es: 'Patente', pt: 'Patente' },
    publication: { zh: '论文著作', en: 'Publication', fr: 'Publication', ru: 'Публикация', ar: 'منشور علمي', es: 'Publicación', pt: 'Publicação' },
    'staff-trained': { zh: '人员培训', en: 'Staff trained', fr: 'Personnel formé', ru: 'Обученный персонал', ar: 'كوادر مدربة', es: 'Personal capacitado', pt: 'Pessoal formado' },
    investment: { zh: '投资到位', en: 'Investment made', fr: 'Investissement réalisé', ru: 'Осуществленные инвестиции', ar: 'استثمار منفذ', es: 'Inversión realizada', pt: 'Investimento realizado' }
  } satisfies LabelsFor<typeof outcomeTypes>
}

export const evidenceGrade = {
  name: 'evidence-grade', edition: '2026', source: 'Grades A, B and C of the evidence behind an outcome',
  values: {
    document: { zh: '文件证明', en: 'Documentary evidence', fr: 'Preuve documentaire', ru: 'Документальное подтверждение', ar: 'إثبات بوثيقة', es: 'Prueba documental', pt: 'Prova documental' },
    'third-party': { zh: '第三方证明', en: 'Third-party confirmation', fr: 'Confirmation d\'un tiers', ru: 'Подтверждение третьей стороной', ar: 'تأكيد من طرف ثالث', es: 'Confirmación de un tercero', pt: 'Confirmação de terceiros' },
    'self-reported': { zh: '自行申报', en: 'Self-reported', fr: 'Autodéclaration', ru: 'По собственным данным', ar: 'إفادة ذاتية', es: 'Autodeclarado', pt: 'Autodeclarado' }
  } satisfies LabelsFor<typeof evidenceGrades>
}

export const attribution = {
  name: 'attribution', edition: '2026', source: 'Part of the platform in an outcome',
  values: {
    originated: { zh: '由平台促成', en: 'Originated by the platform', fr: 'Initié par la plateforme', ru: 'Инициировано платформой', ar: 'نشأ عبر المنصة', es: 'Originado por la plataforma', pt: 'Originado pela plataforma' },
    assisted: { zh: '平台协助', en: 'Assisted by the platform', fr: 'Soutenu par la plateforme', ru: 'При содействии платформы', ar: 'بمساعدة المنصة', es: 'Apoyado por la plataforma', pt: 'Apoiado pela plataforma' },
    reported: { zh: '平台收录', en: 'Reported to the platform', fr: 'Signalé à la plateforme', ru: 'Сообщено платформе', ar: 'أبلغت به المنصة', es: 'Comunicado a la plataforma', pt: 'Comunicado à plataforma' }
  } satisfies LabelsFor<typeof attributions>
}

export const partnerRole = {
  name: 'partner-role', edition: '2026', source: 'Part of an organisation in a project',
  values: {
    lead: { zh: '牵头单位', en: 'Lead partner', fr: 'Chef de file', ru: 'Ведущий партнер', ar: 'الشريك الرئيسي', es: 'Socio principal', pt: 'Parceiro líder' },
    partner: { zh: '参与单位', en: 'Partner', fr: 'Partenaire', ru: 'Партнер', ar: 'شريك', es: 'Socio', pt: 'Parceiro' },
    funder: { zh: '资助方', en: 'Funder', fr: 'Bailleur de fonds', ru: 'Финансирующая сторона', ar: 'الجهة الممولة', es: 'Financiador', pt: 'Financiador' },
    user: { zh: '用户单位', en: 'User', fr: 'Utilisateur', ru: 'Пользователь', ar: 'المستخدم', es: 'Usuario', pt: 'Utilizador' }
  } satisfies LabelsFor<typeof partnerRoles>
}

export const contractKind = {
  name: 'contract-kind', edition: '2020', source: '民法典第二十章技术合同',
  values: {
    development: { zh: '技术开发合同', en: 'Technology development contract', fr: 'Contrat de développement technologique', ru: 'Договор на разработку технологии', ar: 'عقد تطوير تكنولوجي', es: 'Contrato de desarrollo tecnológico', pt: 'Contrato de desenvolvimento tecnológico' },
    transfer: { zh: '技术转让合同', en: 'Technology transfer contract', fr: 'Contrat de cession de technologie', ru: 'Договор о передаче технологии', ar: 'عقد نقل تكنولوجيا', es: 'Contrato de cesión de tecnología', pt: 'Contrato de cessão de tecnologia' },
    licence: { zh: '技术许可合同', en: 'Technology licence contract', fr: 'Contrat de licence de technologie', ru: 'Лицензионный договор на технологию', ar: 'عقد ترخيص تكنولوجيا', es: 'Contrato de licencia de tecnología', pt: 'Contrato de licença de tecnologia' },
    consulting: { zh: '技术咨询合同', en: 'Technical consulting contract', fr: 'Contrat de conseil technique', ru: 'Договор на технические консультации', ar: 'عقد استشارات فنية', es: 'Contrato de consultoría técnica', pt: 'Contrato de consultoria técnica' },
    service: { zh: '技术服务合同', en: 'Technical service contract', fr: 'Contrat de services techniques', ru: 'Договор на технические услуги', ar: 'عقد خدمات فنية', es: 'Contrato de servicios técnicos', pt: 'Contrato de serviços técnicos' }
  } satisfies LabelsFor<typeof contractKinds>
}
