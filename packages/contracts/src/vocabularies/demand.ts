import type { budgetSources, criterionKinds, criterionOperators, endUserTypes, intakeChannels, seekings } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const seeking = {
  name: 'seeking', edition: '2026', source: 'What a demand looks for; it routes the matcher',
  values: {
    technology: { zh: '技术', en: 'Technology', fr: 'Technologie', ru: 'Технология', ar: 'تكنولوجيا', es: 'Tecnología', pt: 'Tecnologia' },
    'research-partner': { zh: '研发合作伙伴', en: 'Research partner', fr: 'Partenaire de recherche', ru: 'Партнер по исследованиям', ar: 'شريك بحثي', es: 'Socio de investigación', pt: 'Parceiro de investigação' },
    facility: { zh: '科研设施', en: 'Research facility', fr: 'Infrastructure de recherche', ru: 'Научная инфраструктура', ar: 'مرافق بحثية', es: 'Instalación científica', pt: 'Infraestrutura científica' },
    training: { zh: '技术培训', en: 'Training', fr: 'Formation', ru: 'Обучение', ar: 'تدريب', es: 'Formación', pt: 'Formação' },
    park: { zh: '园区合作', en: 'Science park cooperation', fr: 'Coopération entre parcs', ru: 'Сотрудничество технопарков', ar: 'تعاون بين المجمعات العلمية', es: 'Cooperación entre parques', pt: 'Cooperação entre parques' },
    investment: { zh: '投资', en: 'Investment', fr: 'Investissement', ru: 'Инвестиции', ar: 'استثمار', es: 'Inversión', pt: 'Investimento' }
  } satisfies LabelsFor<typeof seekings>
}

export const criterionKind = {
  name: 'criterion-kind', edition: '2026', source: 'Kinds of criteria of a demand',
  values: {
    must: { zh: '必备条件', en: 'Must have', fr: 'Indispensable', ru: 'Обязательно', ar: 'شرط أساسي', es: 'Imprescindible', pt: 'Obrigatório' },
    nice: { zh: '优选条件', en: 'Nice to have', fr: 'Souhaitable', ru: 'Желательно', ar: 'شرط مفضل', es: 'Deseable', pt: 'Desejável' },
    not: { zh: '不考虑', en: 'Not of interest', fr: 'Sans intérêt', ru: 'Не представляет интереса', ar: 'غير مرغوب', es: 'Sin interés', pt: 'Sem interesse' }
  } satisfies LabelsFor<typeof criterionKinds>
}

export const criterionOperator = {
  name: 'criterion-operator', edition: '2026', source: 'Comparison of a figure with a stated value',
  values: {
    eq: { zh: '等于', en: 'Equal to', fr: 'Égal à', ru: 'Равно', ar: 'يساوي', es: 'Igual a', pt: 'Igual a' },
    gte: { zh: '不小于', en: 'At least', fr: 'Au moins', ru: 'Не менее', ar: 'لا يقل عن', es: 'Al menos', pt: 'Pelo menos' },
    lte: { zh: '不大于', en: 'At most', fr: 'Au plus', ru: 'Не более', ar: 'لا يزيد على', es: 'Como máximo', pt: 'No máximo' },
    gt: { zh: '大于', en: 'More than', fr: 'Supérieur à', ru: 'Больше', ar: 'أكبر من', es: 'Mayor que', pt: 'Maior que' },
    lt: { zh: '小于', en: 'Less than', fr: 'Inférieur à', ru: 'Меньше', ar: 'أصغر من', es: 'Menor que', pt: 'Menor que' },
    between: { zh: '介于', en: 'Between', fr: 'Compris entre', ru: 'В диапазоне', ar: 'بين', es: 'Entre', pt: 'Entre' }
  } satisfies LabelsFor<typeof criterionOperators>
}

export const endUserType = {
  name: 'end-user-type', edition: '2026', source: 'Who will use what a demand asks for',
  values: {
    ministry: { zh: '政府部委', en: 'Ministry or public authority', fr: 'Ministère ou autorité publique', ru: 'Министерство или ведомство', ar: 'وزارة أو جهة عامة', es: 'Ministerio o autoridad pública', pt: 'Ministério ou autoridade pública' },
    'state-enterprise': { zh: '国有企业', en: 'State-owned enterprise', fr: 'Entreprise publique', ru: 'Государственное предприятие', ar: 'مؤسسة مملوكة للدولة', es: 'Empresa estatal', pt: 'Empresa estatal' },
    'private-company': { zh: '民营企业', en: 'Private company', fr: 'Entreprise privée', ru: 'Частная компания', ar: 'شركة خاصة', es: 'Empresa privada', pt: 'Empresa privada' },
    university: { zh: '高等学校', en: 'University', fr: 'Université', ru: 'Университет', ar: 'جامعة', es: 'Universidad', pt: 'Universidade' },
    ngo: { zh: '非政府组织', en: 'Non-governmental organisation', fr: 'Organisation non gouvernementale', ru: 'Неправительственная организация', ar: 'منظمة غير حكومية', es: 'Organización no gubernamental', pt: 'Organização não governamental' },
    community: { zh: '社区', en: 'Community', fr: 'Collectivité', ru: 'Местное сообщество', ar: 'مجتمع محلي', es: 'Comunidad local', pt: 'Comunidade local' },
    other: { zh: '其他', en: 'Other', fr: 'Autre', ru: 'Другое', ar: 'أخرى', es: 'Otro', pt: 'Outro' }
  } satisfies LabelsFor<typeof endUserTypes>
}

export const intakeChannel = {
  name: 'intake-channel', edition: '2026', source: 'How a demand reached the desk',
  values: {
    'note-verbale': { zh: '外交照会', en: 'Note verbale', fr: 'Note verbale', ru: 'Вербальная нота', ar: 'مذكرة شفوية', es: 'Nota verbal', pt: 'Nota verbal' },
    email: { zh: '电子邮件', en: 'E-mail', fr: 'Courriel', ru: 'Электронная почта', ar: 'بريد إلكتروني', es: 'Correo electrónico', pt: 'Correio eletrónico' },
    meeting: { zh: '会见会谈', en: 'Meeting', fr: 'Réunion', ru: 'Встреча', ar: 'اجتماع', es: 'Reunión', pt: 'Reunião' },
    form: { zh: '在线表单', en: 'Web form', fr: 'Formulaire en ligne', ru: 'Веб-форма', ar: 'نموذج إلكتروني', es: 'Formulario web', pt: 'Formulário web' },
    visit: { zh: '走访调研', en: 'Visit', fr: 'Visite', ru: 'Визит', ar: 'زيارة', es: 'Visita', pt: 'Visita' },
    spreadsheet: { zh: '电子表格', en: 'Spreadsheet', fr: 'Tableur', ru: 'Электронная таблица', ar: 'جدول بيانات', es: 'Hoja de cálculo', pt: 'Folha de cálculo' }
  } satisfies LabelsFor<typeof intakeChannels>
}

export const budgetSource = {
  name: 'budget-source', edition: '2026', source: 'Where the money of a demand comes from',
  values: {
    own: { zh: '自有资金', en: 'Own funds', fr: 'Fonds propres', ru: 'Собственные средства', ar: 'أموال ذاتية', es: 'Fondos propios', pt: 'Fundos próprios' },
    loan: { zh: '贷款', en: 'Loan', fr: 'Prêt', ru: 'Кредит', ar: 'قرض', es: 'Préstamo', pt: 'Empréstimo' },
    grant: { zh: '赠款', en: 'Grant', fr: 'Subvention', ru: 'Грант', ar: 'منحة', es: 'Subvención', pt: 'Subvenção' },
    'development-bank': { zh: '开发性金融机构', en: 'Development bank', fr: 'Banque de développement', ru: 'Банк развития', ar: 'بنك تنمية', es: 'Banco de desarrollo', pt: 'Banco de desenvolvimento' },
    aid: { zh: '援助资金', en: 'Development aid', fr: 'Aide au développement', ru: 'Помощь в целях развития', ar: 'مساعدة إنمائية', es: 'Ayuda al desarrollo', pt: 'Ajuda ao desenvolvimento' }
  } satisfies LabelsFor<typeof budgetSources>
}
