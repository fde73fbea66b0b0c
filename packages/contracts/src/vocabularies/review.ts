import type { assigners, classificationSchemes, declineCodes, returnCodes, strengthBands } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const declineCode = {
  name: 'decline-code', edition: '2026', source: 'Reasons given on innovation challenge platforms, with those of the legal gate',
  values: {
    'too-early-stage': { zh: '技术成熟度不足', en: 'Too early a stage', fr: 'Stade trop précoce', ru: 'Слишком ранняя стадия', ar: 'مرحلة مبكرة جدا', es: 'Fase demasiado temprana', pt: 'Fase demasiado inicial' },
    'benefit-unclear': { zh: '效益不明确', en: 'Benefit unclear', fr: 'Avantage peu clair', ru: 'Неясна выгода', ar: 'الفائدة غير واضحة', es: 'Beneficio poco claro', pt: 'Benefício pouco claro' },
    'commercial-route-unclear': { zh: '商业化路径不明确', en: 'Commercial route unclear', fr: 'Voie commerciale peu claire', ru: 'Неясен путь коммерциализации', ar: 'المسار التجاري غير واضح', es: 'Vía comercial poco clara', pt: 'Via comercial pouco clara' },
    'description-unclear': { zh: '描述不清', en: 'Description unclear', fr: 'Description peu claire', ru: 'Неясное описание', ar: 'الوصف غير واضح', es: 'Descripción poco clara', pt: 'Descrição pouco clara' },
    'scientific-issue': { zh: '科学性存疑', en: 'Scientific doubts', fr: 'Réserves scientifiques', ru: 'Научные сомнения', ar: 'تحفظات علمية', es: 'Dudas científicas', pt: 'Dúvidas científicas' },
    'not-in-scope': { zh: '不符合需求范围', en: 'Not in scope', fr: 'Hors du champ', ru: 'Вне рамок запроса', ar: 'خارج النطاق', es: 'Fuera de alcance', pt: 'Fora do âmbito' },
    'already-have-solution': { zh: '已有解决方案', en: 'Solution already in place', fr: 'Solution déjà en place', ru: 'Решение уже есть', ar: 'يوجد حل بالفعل', es: 'Ya se dispone de solución', pt: 'Já existe solução' },
    budget: { zh: '预算不匹配', en: 'Budget', fr: 'Budget', ru: 'Бюджет', ar: 'الميزانية', es: 'Presupuesto', pt: 'Orçamento' },
    timing: { zh: '时间不合适', en: 'Timing', fr: 'Calendrier', ru: 'Сроки', ar: 'التوقيت', es: 'Plazos', pt: 'Prazos' },
    'standards-or-certification': { zh: '标准或认证不符', en: 'Standards or certification', fr: 'Normes ou certification', ru: 'Стандарты или сертификация', ar: 'المعايير أو الاعتماد', es: 'Normas o certificación', pt: 'Normas ou certificação' },
    language: { zh: '语言障碍', en: 'Language', fr: 'Langue', ru: 'Язык', ar: 'اللغة', es: 'Idioma', pt: 'Língua' },
    'country-policy': { zh: '对方国家政策限制', en: 'Country policy', fr: 'Politique du pays', ru: 'Политика страны', ar: 'سياسة البلد', es: 'Política del país', pt: 'Política do país' },
    'export-control': { zh: '出口管制', en: 'Export control', fr: 'Contrôle des exportations', ru: 'Экспортный контроль', ar: 'ضوابط التصدير', es: 'Control de exportaciones', pt: 'Controlo de exportações' },
    'party-risk': { zh: '合作方风险', en: 'Risk of the other party', fr: 'Risque lié au partenaire', ru: 'Риск контрагента', ar: 'مخاطر الطرف الآخر', es: 'Riesgo de la contraparte', pt: 'Risco da contraparte' },
    'no-reply': { zh: '未答复', en: 'No reply', fr: 'Sans réponse', ru: 'Нет ответа', ar: 'لا رد', es: 'Sin respuesta', pt: 'Sem resposta' },
    duplicate: { zh: '重复', en: 'Duplicate', fr: 'Doublon', ru: 'Дубликат', ar: 'مكرر', es: 'Duplicado', pt: 'Duplicado' },
    other: { zh: '其他', en: 'Other', fr: 'Autre', ru: 'Другое', ar: 'أخرى', es: 'Otro', pt: 'Outro' }
  } satisfies LabelsFor<typeof declineCodes>
}

export const returnCode = {
  name: 'return-code', edition: '2026', source: 'Reasons to return a working version to its author',
  values: {
    incomplete: { zh: '信息不完整', en: 'Incomplete', fr: 'Incomplet', ru: 'Неполные сведения', ar: 'غير مكتمل', es: 'Incompleto', pt: 'Incompleto' },
    'description-unclear': { zh: '描述不清', en: 'Description unclear', fr: 'Description peu claire', ru: 'Неясное описание', ar: 'الوصف غير واضح', es: 'Descripción poco clara', pt: 'Descrição pouco clara' },
    'wrong-library': { zh: '所属库有误', en: 'Wrong library', fr: 'Mauvaise base', ru: 'Не та база', ar: 'المكتبة غير صحيحة', es: 'Base equivocada', pt: 'Base errada' },
    'wrong-classification': { zh: '分类有误', en: 'Wrong classification', fr: 'Classement erroné', ru: 'Неверная классификация', ar: 'تصنيف غير صحيح', es: 'Clasificación errónea', pt: 'Classificação errada' },
    'identity-leak': { zh: '匿名信息泄露身份', en: 'Identity revealed', fr: 'Identité révélée', ru: 'Раскрыта личность', ar: 'كشف الهوية', es: 'Identidad revelada', pt: 'Identidade revelada' },
    'confidential-content': { zh: '含保密内容', en: 'Confidential content', fr: 'Contenu confidentiel', ru: 'Конфиденциальные сведения', ar: 'محتوى سري', es: 'Contenido confidencial', pt: 'Conteúdo confidencial' },
    duplicate: { zh: '重复', en: 'Duplicate', fr: 'Doublon', ru: 'Дубликат', ar: 'مكرر', es: 'Duplicado', pt: 'Duplicado' },
    'not-eligible': { zh: '不符合入库条件', en: 'Not eligible', fr: 'Non admissible', ru: 'Не соответствует условиям', ar: 'غير مستوف للشروط', es: 'No admisible', pt: 'Não elegível' },
    'secrecy-concern': { zh: '涉密风险', en: 'Secrecy concern', fr: 'Risque d\'atteinte au secret', ru: 'Риск разглашения тайны', ar: 'شبهة سرية', es: 'Posible secreto', pt: 'Possível segredo' },
    other: { zh: '其他', en: 'Other', fr: 'Autre', ru: 'Другое', ar: 'أخرى', es: 'Otro', pt: 'Outro' }
  } satisfies LabelsFor<typeof returnCodes>
}

export const strengthBand = {
  name: 'strength-band', edition: '2026', source: 'What outsiders see of a score',
  values: {
    strong: { zh: '高度匹配', en: 'Strong match', fr: 'Forte correspondance', ru: 'Высокое соответствие', ar: 'تطابق قوي', es: 'Coincidencia alta', pt: 'Correspondência forte' },
    good: { zh: '较好匹配', en: 'Good match', fr: 'Bonne correspondance', ru: 'Хорошее соответствие', ar: 'تطابق جيد', es: 'Coincidencia buena', pt: 'Boa correspondência' },
    possible: { zh: '可能匹配', en: 'Possible match', fr: 'Correspondance possible', ru: 'Возможное соответствие', ar: 'تطابق محتمل', es: 'Coincidencia posible', pt: 'Correspondência possível' }
  } satisfies LabelsFor<typeof strengthBands>
}

export const classificationScheme = {
  name: 'classification-scheme', edition: '2026', source: 'Schemes a record may be classified in',
  values: {
    'beijing-high-precision': { zh: '北京市高精尖产业', en: 'Beijing high-precision industries', fr: 'Industries de pointe de Beijing', ru: 'Высокотехнологичные отрасли Пекина', ar: 'صناعات بكين المتقدمة', es: 'Industrias avanzadas de Beijing', pt: 'Indústrias avançadas de Beijing' },
    'plan-field': { zh: '行动计划领域', en: 'Fields of the action plan', fr: 'Domaines du plan d\'action', ru: 'Направления плана действий', ar: 'مجالات خطة العمل', es: 'Ámbitos del plan de acción', pt: 'Domínios do plano de ação' },
    ipc: { zh: '国际专利分类', en: 'International Patent Classification', fr: 'Classification internationale des brevets', ru: 'Международная патентная классификация', ar: 'التصنيف الدولي للبراءات', es: 'Clasificación Internacional de Patentes', pt: 'Classificação Internacional de Patentes' },
    cpc: { zh: '联合专利分类', en: 'Cooperative Patent Classification', fr: 'Classification coopérative des brevets', ru: 'Совместная патентная классификация', ar: 'التصنيف التعاوني للبراءات', es: 'Clasificación Cooperativa de Patentes', pt: 'Classificação Cooperativa de Patentes' },
    'gbt-4754': { zh: '国民经济行业分类（GB/T 4754）', en: 'Chinese industrial classification (GB/T 4754)', fr: 'Classification chinoise des activités (GB/T 4754)', ru: 'Китайская отраслевая классификация (GB/T 4754)', ar: 'التصنيف الصناعي الصيني (GB/T 4754)', es: 'Clasificación industrial china (GB/T 4754)', pt: 'Classificação industrial chinesa (GB/T 4754)' },
    nace: { zh: '欧盟经济活动分类', en: 'European classification of economic activities (NACE)', fr: 'Nomenclature européenne des activités (NACE)', ru: 'Европейская классификация видов деятельности (NACE)', ar: 'التصنيف الأوروبي للأنشطة الاقتصادية (NACE)', es: 'Clasificación europea de actividades (NACE)', pt: 'Classificação europeia de atividades (NACE)' },
    'een-technology': { zh: '欧洲企业网络技术关键词', en: 'EEN technology keywords', fr: 'Mots-clés technologiques EEN', ru: 'Технологические ключевые слова EEN', ar: 'كلمات EEN المفتاحية للتكنولوجيا', es: 'Palabras clave tecnológicas EEN', pt: 'Palavras-chave tecnológicas EEN' },
    'een-market': { zh: '欧洲企业网络市场关键词', en: 'EEN market keywords', fr: 'Mots-clés de marché EEN', ru: 'Рыночные ключевые слова EEN', ar: 'كلمات EEN المفتاحية للسوق', es: 'Palabras clave de mercado EEN', pt: 'Palavras-chave de mercado EEN' },
    sdg: { zh: '可持续发展目标', en: 'Sustainable Development Goals', fr: 'Objectifs de développement durable', ru: 'Цели в области устойчивого развития', ar: 'أهداف التنمية المستدامة', es: 'Objetivos de Desarrollo Sostenible', pt: 'Objetivos de Desenvolvimento Sustentável' },
    'strategic-emerging': { zh: '战略性新兴产业分类', en: 'Strategic emerging industries', fr: 'Industries stratégiques émergentes', ru: 'Стратегические новые отрасли', ar: 'الصناعات الناشئة الاستراتيجية', es: 'Industrias emergentes estratégicas', pt: 'Indústrias emergentes estratégicas' }
  } satisfies LabelsFor<typeof classificationSchemes>
}

export const assigner = {
  name: 'assigner', edition: '2026', source: 'Who gave a record its class',
  values: {
    owner: { zh: '所有者', en: 'Owner', fr: 'Titulaire', ru: 'Владелец', ar: 'المالك', es: 'Titular', pt: 'Titular' },
    staff: { zh: '工作人员', en: 'Staff', fr: 'Personnel', ru: 'Сотрудники', ar: 'الموظفون', es: 'Personal', pt: 'Pessoal' },
    machine: { zh: '系统', en: 'System', fr: 'Système', ru: 'Система', ar: 'النظام', es: 'Sistema', pt: 'Sistema' }
  } satisfies LabelsFor<typeof assigners>
}
