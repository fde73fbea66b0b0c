import type { developmentStages, iprOwnerships, iprStatuses, iprTypes, maturityStages, offerings } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const developmentStage = {
  name: 'development-stage', edition: '2024', source: 'Enterprise Europe Network, stage of development; bands of GB/T 22900-2022',
  values: {
    concept: { zh: '概念阶段', en: 'Concept stage', fr: 'Stade de concept', ru: 'Стадия концепции', ar: 'مرحلة المفهوم', es: 'Fase conceptual', pt: 'Fase de conceito' },
    'under-development': { zh: '研发阶段', en: 'Under development', fr: 'En développement', ru: 'В разработке', ar: 'قيد التطوير', es: 'En desarrollo', pt: 'Em desenvolvimento' },
    'lab-tested': { zh: '通过实验室验证', en: 'Lab tested', fr: 'Validé en laboratoire', ru: 'Испытано в лаборатории', ar: 'مختبرة معمليا', es: 'Probada en laboratorio', pt: 'Testada em laboratório' },
    demonstration: { zh: '可供示范', en: 'Available for demonstration', fr: 'Prêt pour démonstration', ru: 'Готово к демонстрации', ar: 'متاحة للعرض التجريبي', es: 'Disponible para demostración', pt: 'Disponível para demonstração' },
    'on-market': { zh: '已投放市场', en: 'Already on the market', fr: 'Déjà sur le marché', ru: 'Уже на рынке', ar: 'مطروحة في السوق', es: 'Ya en el mercado', pt: 'Já no mercado' }
  } satisfies LabelsFor<typeof developmentStages>
}

export const maturityStage = {
  name: 'maturity-stage', edition: '2000', source: '科技成果登记办法，成果所处阶段',
  values: {
    early: { zh: '初期阶段', en: 'Early stage', fr: 'Phase initiale', ru: 'Начальная стадия', ar: 'المرحلة الأولية', es: 'Etapa inicial', pt: 'Fase inicial' },
    middle: { zh: '中期阶段', en: 'Middle stage', fr: 'Phase intermédiaire', ru: 'Промежуточная стадия', ar: 'المرحلة المتوسطة', es: 'Etapa intermedia', pt: 'Fase intermédia' },
    mature: { zh: '成熟应用阶段', en: 'Mature application', fr: 'Application mature', ru: 'Стадия зрелого применения', ar: 'مرحلة التطبيق الناضج', es: 'Aplicación madura', pt: 'Aplicação madura' }
  } satisfies LabelsFor<typeof maturityStages>
}

export const iprStatus = {
  name: 'ipr-status', edition: '2024', source: 'Enterprise Europe Network, IPR status',
  values: {
    none: { zh: '无知识产权保护', en: 'No IPR applied', fr: 'Aucune protection', ru: 'Без правовой охраны', ar: 'دون حماية للملكية الفكرية', es: 'Sin protección', pt: 'Sem proteção' },
    'secret-know-how': { zh: '技术秘密', en: 'Secret know-how', fr: 'Savoir-faire secret', ru: 'Секрет производства (ноу-хау)', ar: 'معرفة فنية سرية', es: 'Conocimiento técnico secreto', pt: 'Saber-fazer secreto' },
    applied: { zh: '已申请', en: 'IPR applied but not yet granted', fr: 'Titre demandé', ru: 'Заявка подана', ar: 'طلب حماية مقدم', es: 'Derecho solicitado', pt: 'Direito requerido' },
    granted: { zh: '已授权', en: 'IPR granted', fr: 'Titre délivré', ru: 'Права выданы', ar: 'حماية ممنوحة', es: 'Derecho concedido', pt: 'Direito concedido' }
  } satisfies LabelsFor<typeof iprStatuses>
}

export const iprType = {
  name: 'ipr-type', edition: '2020', source: '中华人民共和国民法典第一百二十三条，知识产权客体',
  values: {
    'invention-patent': { zh: '发明专利', en: 'Invention patent', fr: 'Brevet d\'invention', ru: 'Патент на изобретение', ar: 'براءة اختراع', es: 'Patente de invención', pt: 'Patente de invenção' },
    'utility-model': { zh: '实用新型专利', en: 'Utility model', fr: 'Modèle d\'utilité', ru: 'Полезная модель', ar: 'نموذج منفعة', es: 'Modelo de utilidad', pt: 'Modelo de utilidade' },
    design: { zh: '外观设计专利', en: 'Industrial design', fr: 'Dessin ou modèle industriel', ru: 'Промышленный образец', ar: 'تصميم صناعي', es: 'Diseño industrial', pt: 'Desenho industrial' },
    copyright: { zh: '著作权', en: 'Copyright', fr: 'Droit d\'auteur', ru: 'Авторское право', ar: 'حق المؤلف', es: 'Derecho de autor', pt: 'Direito de autor' },
    'software-copyright': { zh: '计算机软件著作权', en: 'Software copyright', fr: 'Droit d\'auteur sur logiciel', ru: 'Авторское право на программу для ЭВМ', ar: 'حق مؤلف البرمجيات', es: 'Derecho de autor de software', pt: 'Direito de autor de software' },
    trademark: { zh: '商标', en: 'Trademark', fr: 'Marque', ru: 'Товарный знак', ar: 'علامة تجارية', es: 'Marca', pt: 'Marca' },
    'plant-variety': { zh: '植物新品种权', en: 'Plant variety right', fr: 'Obtention végétale', ru: 'Право на сорт растений', ar: 'حق الصنف النباتي', es: 'Obtención vegetal', pt: 'Obtenção vegetal' },
    'ic-layout': { zh: '集成电路布图设计', en: 'Integrated circuit layout design', fr: 'Topographie de circuits intégrés', ru: 'Топология интегральных микросхем', ar: 'تصميم تخطيطي للدوائر المتكاملة', es: 'Esquema de trazado de circuitos integrados', pt: 'Topografia de circuitos integrados' },
    'know-how': { zh: '专有技术', en: 'Know-how', fr: 'Savoir-faire', ru: 'Ноу-хау', ar: 'معرفة فنية', es: 'Conocimiento técnico', pt: 'Saber-fazer' }
  } satisfies LabelsFor<typeof iprTypes>
}

export const iprOwnership = {
  name: 'ipr-ownership', edition: '2026', source: 'Ownership of intellectual property behind an offer',
  values: {
    sole: { zh: '独有', en: 'Sole ownership', fr: 'Propriété exclusive', ru: 'Единоличная собственность', ar: 'ملكية منفردة', es: 'Titularidad exclusiva', pt: 'Titularidade exclusiva' },
    joint: { zh: '共有', en: 'Joint ownership', fr: 'Copropriété', ru: 'Совместная собственность', ar: 'ملكية مشتركة', es: 'Cotitularidad', pt: 'Cotitularidade' },
    'licensed-in': { zh: '被许可使用', en: 'Licensed in', fr: 'Sous licence d\'un tiers', ru: 'По лицензии третьего лица', ar: 'مرخصة من الغير', es: 'Bajo licencia de un tercero', pt: 'Sob licença de terceiro' },
    'state-funded': { zh: '财政资金资助形成', en: 'State-funded', fr: 'Financée par l\'État', ru: 'Создано за счет госбюджета', ar: 'ممولة من الدولة', es: 'Financiada por el Estado', pt: 'Financiada pelo Estado' },
    'third-party-consent-needed': { zh: '须第三方同意', en: 'Third-party consent needed', fr: 'Accord d\'un tiers requis', ru: 'Требуется согласие третьего лица', ar: 'تتطلب موافقة طرف ثالث', es: 'Requiere consentimiento de terceros', pt: 'Requer consentimento de terceiros' }
  } satisfies LabelsFor<typeof iprOwnerships>
}

export const offering = {
  name: 'offering', edition: '2026', source: 'What a record of the technology reserve offers',
  values: {
    technology: { zh: '技术', en: 'Technology', fr: 'Technologie', ru: 'Технология', ar: 'تكنولوجيا', es: 'Tecnología', pt: 'Tecnologia' },
    'research-capability': { zh: '研发能力', en: 'Research capability', fr: 'Capacité de recherche', ru: 'Научно-исследовательский потенциал', ar: 'قدرات بحثية', es: 'Capacidad de investigación', pt: 'Capacidade de investigação' },
    facility: { zh: '科研设施', en: 'Research facility', fr: 'Infrastructure de recherche', ru: 'Научная инфраструктура', ar: 'مرافق بحثية', es: 'Instalación científica', pt: 'Infraestrutura científica' },
    training: { zh: '技术培训', en: 'Training', fr: 'Formation', ru: 'Обучение', ar: 'تدريب', es: 'Formación', pt: 'Formação' }
  } satisfies LabelsFor<typeof offerings>
}
