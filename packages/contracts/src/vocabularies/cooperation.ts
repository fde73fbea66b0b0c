import type { cooperationModes, organisationTypes, partnerTypes, priceModels } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const cooperationMode = {
  name: 'cooperation-mode', edition: '2024', source: 'Enterprise Europe Network, types of partnership; 民法典第二十章技术合同',
  values: {
    assignment: { zh: '技术转让', en: 'Assignment of rights', fr: 'Cession de droits', ru: 'Отчуждение прав', ar: 'التنازل عن الحقوق', es: 'Cesión de derechos', pt: 'Cessão de direitos' },
    'exclusive-licence': { zh: '独占许可', en: 'Exclusive licence', fr: 'Licence exclusive', ru: 'Исключительная лицензия', ar: 'ترخيص حصري', es: 'Licencia exclusiva', pt: 'Licença exclusiva' },
    'sole-licence': { zh: '排他许可', en: 'Sole licence', fr: 'Licence unique', ru: 'Единственная лицензия', ar: 'ترخيص وحيد', es: 'Licencia única', pt: 'Licença única' },
    'non-exclusive-licence': { zh: '普通许可', en: 'Non-exclusive licence', fr: 'Licence non exclusive', ru: 'Неисключительная лицензия', ar: 'ترخيص غير حصري', es: 'Licencia no exclusiva', pt: 'Licença não exclusiva' },
    'technical-service': { zh: '技术服务', en: 'Technical service', fr: 'Service technique', ru: 'Технические услуги', ar: 'خدمات فنية', es: 'Servicio técnico', pt: 'Serviço técnico' },
    'technical-consulting': { zh: '技术咨询', en: 'Technical consulting', fr: 'Conseil technique', ru: 'Технические консультации', ar: 'استشارات فنية', es: 'Consultoría técnica', pt: 'Consultoria técnica' },
    'joint-development': { zh: '合作开发', en: 'Joint development', fr: 'Développement conjoint', ru: 'Совместная разработка', ar: 'تطوير مشترك', es: 'Desarrollo conjunto', pt: 'Desenvolvimento conjunto' },
    'commissioned-development': { zh: '委托开发', en: 'Commissioned development', fr: 'Développement sur commande', ru: 'Разработка по заказу', ar: 'تطوير بالتكليف', es: 'Desarrollo por encargo', pt: 'Desenvolvimento por encomenda' },
    'joint-venture': { zh: '合资经营', en: 'Joint venture', fr: 'Coentreprise', ru: 'Совместное предприятие', ar: 'مشروع مشترك', es: 'Empresa conjunta', pt: 'Empreendimento conjunto' },
    'equity-contribution': { zh: '技术作价入股', en: 'Technology as equity contribution', fr: 'Apport de technologie au capital', ru: 'Внесение технологии в уставный капитал', ar: 'المساهمة بالتكنولوجيا في رأس المال', es: 'Aportación de tecnología al capital', pt: 'Entrada de tecnologia no capital' },
    manufacturing: { zh: '委托制造', en: 'Manufacturing agreement', fr: 'Accord de fabrication', ru: 'Производственное соглашение', ar: 'اتفاق تصنيع', es: 'Acuerdo de fabricación', pt: 'Acordo de fabrico' },
    supply: { zh: '产品供应', en: 'Supply agreement', fr: 'Accord de fourniture', ru: 'Соглашение о поставках', ar: 'اتفاق توريد', es: 'Acuerdo de suministro', pt: 'Acordo de fornecimento' },
    distribution: { zh: '经销代理', en: 'Distribution agreement', fr: 'Accord de distribution', ru: 'Дистрибьюторское соглашение', ar: 'اتفاق توزيع', es: 'Acuerdo de distribución', pt: 'Acordo de distribuição' },
    turnkey: { zh: '工程总承包', en: 'Turnkey or EPC contract', fr: 'Contrat clé en main (EPC)', ru: 'Контракт под ключ (EPC)', ar: 'عقد تسليم مفتاح', es: 'Contrato llave en mano (EPC)', pt: 'Contrato chave na mão (EPC)' },
    'demonstration-project': { zh: '示范项目', en: 'Demonstration project', fr: 'Projet de démonstration', ru: 'Демонстрационный проект', ar: 'مشروع نموذجي', es: 'Proyecto de demostración', pt: 'Projeto de demonstração' },
    training: { zh: '人员培训', en: 'Training', fr: 'Formation', ru: 'Обучение персонала', ar: 'تدريب', es: 'Formación', pt: 'Formação' },
    'joint-lab': { zh: '共建联合实验室', en: 'Joint laboratory', fr: 'Laboratoire conjoint', ru: 'Совместная лаборатория', ar: 'مختبر مشترك', es: 'Laboratorio conjunto', pt: 'Laboratório conjunto' },
    investment: { zh: '投融资合作', en: 'Investment', fr: 'Investissement', ru: 'Инвестиции', ar: 'استثمار', es: 'Inversión', pt: 'Investimento' },
    'talent-exchange': { zh: '人才引进与交流', en: 'Exchange of talent', fr: 'Échange de talents', ru: 'Обмен кадрами', ar: 'تبادل الكفاءات', es: 'Intercambio de talento', pt: 'Intercâmbio de talentos' },
    'standards-cooperation': { zh: '标准合作', en: 'Cooperation on standards', fr: 'Coopération normative', ru: 'Сотрудничество в области стандартов', ar: 'التعاون في مجال المعايير', es: 'Cooperación en normalización', pt: 'Cooperação em normalização' }
  } satisfies LabelsFor<typeof cooperationModes>
}

export const priceModel = {
  name: 'price-model', edition: '2020', source: '民法典第八百四十六条，技术合同价款支付方式',
  values: {
    'lump-sum': { zh: '一次总付', en: 'Lump sum', fr: 'Forfait', ru: 'Паушальный платеж', ar: 'مبلغ مقطوع', es: 'Suma global', pt: 'Montante único' },
    royalty: { zh: '提成支付', en: 'Royalty', fr: 'Redevance', ru: 'Роялти', ar: 'إتاوة', es: 'Regalía', pt: 'Royalties' },
    hybrid: { zh: '入门费加提成', en: 'Entry fee and royalty', fr: 'Droit d\'entrée et redevance', ru: 'Паушальный платеж и роялти', ar: 'رسم أولي وإتاوة', es: 'Canon de entrada y regalía', pt: 'Taxa de entrada e royalties' },
    equity: { zh: '折算股权', en: 'Equity', fr: 'Participation au capital', ru: 'Доля в капитале', ar: 'حصة في رأس المال', es: 'Participación en el capital', pt: 'Participação no capital' },
    negotiable: { zh: '面议', en: 'Negotiable', fr: 'À négocier', ru: 'По договоренности', ar: 'قابل للتفاوض', es: 'A convenir', pt: 'A negociar' }
  } satisfies LabelsFor<typeof priceModels>
}

export const partnerType = {
  name: 'partner-type', edition: '2024', source: 'Enterprise Europe Network, type and size of partner sought; government and park are ours',
  values: {
    'sme-up-to-10': { zh: '企业（10人及以下）', en: 'SME, up to 10 staff', fr: 'PME, jusqu\'à 10 salariés', ru: 'МСП, до 10 человек', ar: 'شركة صغيرة حتى 10 موظفين', es: 'Pyme, hasta 10 empleados', pt: 'PME, até 10 trabalhadores' },
    'sme-11-49': { zh: '企业（11至49人）', en: 'SME, 11 to 49 staff', fr: 'PME, 11 à 49 salariés', ru: 'МСП, 11–49 человек', ar: 'شركة صغيرة من 11 إلى 49 موظفا', es: 'Pyme, de 11 a 49 empleados', pt: 'PME, 11 a 49 trabalhadores' },
    'sme-50-249': { zh: '企业（50至249人）', en: 'SME, 50 to 249 staff', fr: 'PME, 50 à 249 salariés', ru: 'МСП, 50–249 человек', ar: 'شركة متوسطة من 50 إلى 249 موظفا', es: 'Pyme, de 50 a 249 empleados', pt: 'PME, 50 a 249 trabalhadores' },
    'large-company': { zh: '大型企业', en: 'Large company', fr: 'Grande entreprise', ru: 'Крупная компания', ar: 'شركة كبيرة', es: 'Gran empresa', pt: 'Grande empresa' },
    'research-institution': { zh: '科研机构', en: 'R&D institution', fr: 'Organisme de recherche', ru: 'Научная организация', ar: 'مؤسسة بحثية', es: 'Organismo de investigación', pt: 'Instituição de I&D' },
    university: { zh: '高等学校', en: 'University', fr: 'Université', ru: 'Университет', ar: 'جامعة', es: 'Universidad', pt: 'Universidade' },
    government: { zh: '政府部门', en: 'Government body', fr: 'Organisme public', ru: 'Государственный орган', ar: 'جهة حكومية', es: 'Organismo público', pt: 'Organismo público' },
    park: { zh: '科技园区', en: 'Science park', fr: 'Parc scientifique', ru: 'Технопарк', ar: 'مجمع علمي', es: 'Parque científico', pt: 'Parque científico' },
    other: { zh: '其他', en: 'Other', fr: 'Autre', ru: 'Другое', ar: 'أخرى', es: 'Otro', pt: 'Outro' }
  } satisfies LabelsFor<typeof partnerTypes>
}

export const organisationType = {
  name: 'organisation-type', edition: '2026', source: 'Kinds of organisation that take part',
  values: {
    enterprise: { zh: '企业', en: 'Enterprise', fr: 'Entreprise', ru: 'Предприятие', ar: 'شركة', es: 'Empresa', pt: 'Empresa' },
    university: { zh: '高等学校', en: 'University', fr: 'Université', ru: 'Университет', ar: 'جامعة', es: 'Universidad', pt: 'Universidade' },
    'research-institute': { zh: '科研院所', en: 'Research institute', fr: 'Institut de recherche', ru: 'Научно-исследовательский институт', ar: 'معهد أبحاث', es: 'Instituto de investigación', pt: 'Instituto de investigação' },
    hospital: { zh: '医疗机构', en: 'Hospital', fr: 'Hôpital', ru: 'Медицинское учреждение', ar: 'مستشفى', es: 'Hospital', pt: 'Hospital' },
    government: { zh: '政府部门', en: 'Government body', fr: 'Organisme public', ru: 'Государственный орган', ar: 'جهة حكومية', es: 'Organismo público', pt: 'Organismo público' },
    embassy: { zh: '使馆', en: 'Embassy', fr: 'Ambassade', ru: 'Посольство', ar: 'سفارة', es: 'Embajada', pt: 'Embaixada' },
    consulate: { zh: '领事馆', en: 'Consulate', fr: 'Consulat', ru: 'Консульство', ar: 'قنصلية', es: 'Consulado', pt: 'Consulado' },
    chamber: { zh: '商协会', en: 'Chamber or business association', fr: 'Chambre ou association professionnelle', ru: 'Торговая палата или ассоциация', ar: 'غرفة تجارة أو جمعية أعمال', es: 'Cámara o asociación empresarial', pt: 'Câmara ou associação empresarial' },
    'international-organisation': { zh: '国际组织', en: 'International organisation', fr: 'Organisation internationale', ru: 'Международная организация', ar: 'منظمة دولية', es: 'Organización internacional', pt: 'Organização internacional' },
    park: { zh: '科技园区', en: 'Science park', fr: 'Parc scientifique', ru: 'Технопарк', ar: 'مجمع علمي', es: 'Parque científico', pt: 'Parque científico' },
    'service-institution': { zh: '服务机构', en: 'Service institution', fr: 'Organisme de services', ru: 'Сервисная организация', ar: 'مؤسسة خدمات', es: 'Institución de servicios', pt: 'Instituição de serviços' },
    other: { zh: '其他', en: 'Other', fr: 'Autre', ru: 'Другое', ar: 'أخرى', es: 'Otro', pt: 'Outro' }
  } satisfies LabelsFor<typeof organisationTypes>
}
