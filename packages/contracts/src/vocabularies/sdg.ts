import type { Labels } from '../language.ts'

export const sdgCodes = [
  '1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15', '16', '17', 'not-relevant'
] as const

export const sdg = {
  name: 'sdg', edition: '2015', source: 'United Nations, Transforming our world: the 2030 Agenda (A/RES/70/1), short titles of the goals',
  values: {
    1: { zh: '无贫穷', en: 'No poverty', fr: 'Pas de pauvreté', ru: 'Ликвидация нищеты', ar: 'القضاء على الفقر', es: 'Fin de la pobreza', pt: 'Erradicar a pobreza' },
    2: { zh: '零饥饿', en: 'Zero hunger', fr: 'Faim « zéro »', ru: 'Ликвидация голода', ar: 'القضاء التام على الجوع', es: 'Hambre cero', pt: 'Erradicar a fome' },
    3: { zh: '良好健康与福祉', en: 'Good health and well-being', fr: 'Bonne santé et bien-être', ru: 'Хорошее здоровье и благополучие', ar: 'الصحة الجيدة والرفاه', es: 'Salud y bienestar', pt: 'Saúde de qualidade' },
    4: { zh: '优质教育', en: 'Quality education', fr: 'Éducation de qualité', ru: 'Качественное образование', ar: 'التعليم الجيد', es: 'Educación de calidad', pt: 'Educação de qualidade' },
    5: { zh: '性别平等', en: 'Gender equality', fr: 'Égalité entre les sexes', ru: 'Гендерное равенство', ar: 'المساواة بين الجنسين', es: 'Igualdad de género', pt: 'Igualdade de género' },
    6: { zh: '清洁饮水和卫生设施', en: 'Clean water and sanitation', fr: 'Eau propre et assainissement', ru: 'Чистая вода и санитария', ar: 'المياه النظيفة والنظافة الصحية', es: 'Agua limpia y saneamiento', pt: 'Água potável e saneamento' },
    7: { zh: '经济适用的清洁能源', en: 'Affordable and clean energy', fr: 'Énergie propre et d\'un coût abordable', ru: 'Недорогостоящая и чистая энергия', ar: 'طاقة نظيفة وبأسعار معقولة', es: 'Energía asequible y no contaminante', pt: 'Energias renováveis e acessíveis' },
    8: { zh: '体面工作和经济增长', en: 'Decent work and economic growth', fr: 'Travail décent et croissance économique', ru: 'Достойная работа и экономический рост', ar: 'العمل اللائق ونمو الاقتصاد', es: 'Trabajo decente y crecimiento económico', pt: 'Trabalho digno e crescimento económico' },
    9: { zh: '产业、创新和基础设施', en: 'Industry, innovation and infrastructure', fr: 'Industrie, innovation et infrastructure', ru: 'Индустриализация, инновации и инфраструктура', ar: 'الصناعة والابتكار والهياكل الأساسية', es: 'Industria, innovación e infraestructura', pt: 'Indústria, inovação e infraestruturas' },
    10: { zh: '减少不平等', en: 'Reduced inequalities', fr: 'Inégalités réduites', ru: 'Уменьшение неравенства', ar: 'الحد من أوجه عدم المساواة', es: 'Reducción de las desigualdades', pt: 'Reduzir as desigualdades' },
    11: { zh: '可持续城市和社区', en: 'Sustainable cities and communities', fr: 'Villes et communautés durables', ru: 'Устойчивые города и населенные пункты', ar: 'مدن ومجتمعات محلية مستدامة', es: 'Ciudades y comunidades sostenibles', pt: 'Cidades e comunidades sustentáveis' },
    12: { zh: '负责任消费和生产', en: 'Responsible consumption and production', fr: 'Consommation et production responsables', ru: 'Ответственное потребление и производство', ar: 'الاستهلاك والإنتاج المسؤولان', es: 'Producción y consumo responsables', pt: 'Produção e consumo sustentáveis' },
    13: { zh: '气候行动', en: 'Climate action', fr: 'Lutte contre les changements climatiques', ru: 'Борьба с изменением климата', ar: 'العمل المناخي', es: 'Acción por el clima', pt: 'Ação climática' },
    14: { zh: '水下生物', en: 'Life below water', fr: 'Vie aquatique', ru: 'Сохранение морских экосистем', ar: 'الحياة تحت الماء', es: 'Vida submarina', pt: 'Proteger a vida marinha' },
    15: { zh: '陆地生物', en: 'Life on land', fr: 'Vie terrestre', ru: 'Сохранение экосистем суши', ar: 'الحياة في البر', es: 'Vida de ecosistemas terrestres', pt: 'Proteger a vida terrestre' },
    16: { zh: '和平、正义与强大机构', en: 'Peace, justice and strong institutions', fr: 'Paix, justice et institutions efficaces', ru: 'Мир, правосудие и эффективные институты', ar: 'السلام والعدل والمؤسسات القوية', es: 'Paz, justicia e instituciones sólidas', pt: 'Paz, justiça e instituições eficazes' },
    17: { zh: '促进目标实现的伙伴关系', en: 'Partnerships for the goals', fr: 'Partenariats pour la réalisation des objectifs', ru: 'Партнерство в интересах устойчивого развития', ar: 'عقد الشراكات لتحقيق الأهداف', es: 'Alianzas para lograr los objetivos', pt: 'Parcerias para a implementação dos objetivos' },
    'not-relevant': { zh: '不相关', en: 'Not relevant', fr: 'Sans objet', ru: 'Не применимо', ar: 'غير ذي صلة', es: 'No pertinente', pt: 'Não relevante' }
  } satisfies Record<(typeof sdgCodes)[number], Labels>
}
