import type { controlStates, introductionStates, matchStates, recordStates, screeningStates, workingStates } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const recordState = {
  name: 'record-state', edition: '2026', source: 'State table of records',
  values: {
    new: { zh: '新建', en: 'New', fr: 'Nouveau', ru: 'Новая', ar: 'جديد', es: 'Nuevo', pt: 'Novo' },
    published: { zh: '已发布', en: 'Published', fr: 'Publié', ru: 'Опубликована', ar: 'منشور', es: 'Publicado', pt: 'Publicado' },
    paused: { zh: '已暂停', en: 'Paused', fr: 'Suspendu', ru: 'Приостановлена', ar: 'معلق', es: 'En pausa', pt: 'Em pausa' },
    expired: { zh: '已到期', en: 'Expired', fr: 'Expiré', ru: 'Срок истек', ar: 'منتهي الصلاحية', es: 'Caducado', pt: 'Expirado' },
    withdrawn: { zh: '已撤回', en: 'Withdrawn', fr: 'Retiré', ru: 'Отозвана', ar: 'مسحوب', es: 'Retirado', pt: 'Retirado' },
    archived: { zh: '已归档', en: 'Archived', fr: 'Archivé', ru: 'В архиве', ar: 'مؤرشف', es: 'Archivado', pt: 'Arquivado' },
    merged: { zh: '已合并', en: 'Merged', fr: 'Fusionné', ru: 'Объединена', ar: 'مدمج', es: 'Fusionado', pt: 'Fundido' }
  } satisfies LabelsFor<typeof recordStates>
}

export const workingState = {
  name: 'working-state', edition: '2026', source: 'State table of working versions',
  values: {
    draft: { zh: '草稿', en: 'Draft', fr: 'Brouillon', ru: 'Черновик', ar: 'مسودة', es: 'Borrador', pt: 'Rascunho' },
    submitted: { zh: '已提交', en: 'Submitted', fr: 'Soumis', ru: 'Подано', ar: 'مقدم', es: 'Enviado', pt: 'Submetido' },
    'in-review': { zh: '审核中', en: 'In review', fr: 'En cours d\'examen', ru: 'На рассмотрении', ar: 'قيد المراجعة', es: 'En revisión', pt: 'Em análise' },
    approved: { zh: '审核通过', en: 'Approved', fr: 'Approuvé', ru: 'Одобрено', ar: 'معتمد', es: 'Aprobado', pt: 'Aprovado' }
  } satisfies LabelsFor<typeof workingStates>
}

export const matchState = {
  name: 'match-state', edition: '2026', source: 'State table of matches',
  values: {
    proposed: { zh: '待审匹配', en: 'Proposed', fr: 'Proposé', ru: 'Предложено', ar: 'مقترح', es: 'Propuesto', pt: 'Proposto' },
    'in-review': { zh: '审核中', en: 'In review', fr: 'En cours d\'examen', ru: 'На рассмотрении', ar: 'قيد المراجعة', es: 'En revisión', pt: 'Em análise' },
    approved: { zh: '已批准', en: 'Approved', fr: 'Approuvé', ru: 'Одобрено', ar: 'معتمد', es: 'Aprobado', pt: 'Aprovado' },
    rejected: { zh: '未通过', en: 'Rejected', fr: 'Rejeté', ru: 'Отклонено', ar: 'مرفوض', es: 'Rechazado', pt: 'Rejeitado' },
    deferred: { zh: '暂缓处理', en: 'Deferred', fr: 'Ajourné', ru: 'Отложено', ar: 'مؤجل', es: 'Aplazado', pt: 'Adiado' },
    withdrawn: { zh: '已撤出', en: 'Withdrawn', fr: 'Retiré', ru: 'Снято', ar: 'مسحوب', es: 'Retirado', pt: 'Retirado' }
  } satisfies LabelsFor<typeof matchStates>
}

export const introductionState = {
  name: 'introduction-state', edition: '2026', source: 'State table of introductions',
  values: {
    prepared: { zh: '引荐准备中', en: 'Prepared', fr: 'Préparée', ru: 'Подготовлено', ar: 'قيد الإعداد', es: 'Preparada', pt: 'Preparada' },
    approached: { zh: '已征询供方', en: 'Supplier approached', fr: 'Fournisseur sollicité', ru: 'Запрошен поставщик', ar: 'تم التواصل مع المورد', es: 'Proveedor consultado', pt: 'Fornecedor consultado' },
    'supplier-accepted': { zh: '供方同意', en: 'Supplier accepted', fr: 'Accord du fournisseur', ru: 'Поставщик согласен', ar: 'وافق المورد', es: 'Proveedor conforme', pt: 'Fornecedor aceitou' },
    'demand-asked': { zh: '已征询需方', en: 'Demand side asked', fr: 'Demandeur sollicité', ru: 'Запрошен заказчик', ar: 'تم التواصل مع صاحب الطلب', es: 'Demandante consultado', pt: 'Demandante consultado' },
    accepted: { zh: '双方同意', en: 'Accepted by both sides', fr: 'Accord des deux parties', ru: 'Согласие обеих сторон', ar: 'وافق الطرفان', es: 'Aceptada por ambas partes', pt: 'Aceite por ambas as partes' },
    released: { zh: '已交换联系方式', en: 'Contacts released', fr: 'Coordonnées communiquées', ru: 'Контакты переданы', ar: 'تم تبادل بيانات الاتصال', es: 'Contactos comunicados', pt: 'Contactos partilhados' },
    contacted: { zh: '已建立联系', en: 'In contact', fr: 'Contact établi', ru: 'Контакт установлен', ar: 'تم الاتصال', es: 'Contacto establecido', pt: 'Contacto estabelecido' },
    met: { zh: '已会谈', en: 'Met', fr: 'Rencontre tenue', ru: 'Встреча состоялась', ar: 'تم عقد اجتماع', es: 'Reunión celebrada', pt: 'Reunião realizada' },
    pilot: { zh: '试点验证', en: 'Pilot', fr: 'Projet pilote', ru: 'Пилотный проект', ar: 'مشروع تجريبي', es: 'Proyecto piloto', pt: 'Projeto-piloto' },
    'contract-talks': { zh: '合同谈判', en: 'Contract talks', fr: 'Négociation du contrat', ru: 'Переговоры по договору', ar: 'مفاوضات العقد', es: 'Negociación del contrato', pt: 'Negociação do contrato' },
    agreed: { zh: '达成合作', en: 'Agreed', fr: 'Accord conclu', ru: 'Соглашение достигнуто', ar: 'تم الاتفاق', es: 'Acuerdo alcanzado', pt: 'Acordo alcançado' },
    ended: { zh: '已终止', en: 'Ended', fr: 'Terminée', ru: 'Завершено', ar: 'منتهية', es: 'Finalizada', pt: 'Encerrada' }
  } satisfies LabelsFor<typeof introductionStates>
}

export const controlState = {
  name: 'control-state', edition: '2026', source: '技术进出口管理条例；中国禁止出口限制出口技术目录；两用物项出口管制条例',
  values: {
    unassessed: { zh: '未评估', en: 'Not assessed', fr: 'Non évaluée', ru: 'Не оценена', ar: 'غير مقيمة', es: 'Sin evaluar', pt: 'Não avaliada' },
    'machine-flagged': { zh: '系统提示待核', en: 'Flagged by the system', fr: 'Signalée par le système', ru: 'Отмечена системой', ar: 'مؤشر عليها آليا', es: 'Señalada por el sistema', pt: 'Sinalizada pelo sistema' },
    'not-listed': { zh: '未列入目录', en: 'Not listed', fr: 'Non répertoriée', ru: 'Не включена в каталог', ar: 'غير مدرجة', es: 'No catalogada', pt: 'Não listada' },
    free: { zh: '自由出口技术', en: 'Freely exportable', fr: 'Exportation libre', ru: 'Свободный экспорт', ar: 'حرة التصدير', es: 'Exportación libre', pt: 'Exportação livre' },
    restricted: { zh: '限制出口技术', en: 'Restricted from export', fr: 'Exportation restreinte', ru: 'Ограниченный экспорт', ar: 'مقيدة التصدير', es: 'Exportación restringida', pt: 'Exportação restrita' },
    prohibited: { zh: '禁止出口技术', en: 'Prohibited from export', fr: 'Exportation interdite', ru: 'Экспорт запрещен', ar: 'محظورة التصدير', es: 'Exportación prohibida', pt: 'Exportação proibida' },
    'dual-use': { zh: '两用物项', en: 'Dual-use item', fr: 'Bien à double usage', ru: 'Товар двойного назначения', ar: 'مزدوجة الاستخدام', es: 'Producto de doble uso', pt: 'Produto de dupla utilização' },
    undetermined: { zh: '待定', en: 'Undetermined', fr: 'Indéterminée', ru: 'Не определена', ar: 'غير محسومة', es: 'Por determinar', pt: 'Por determinar' },
    'not-applicable': { zh: '不适用', en: 'Not applicable', fr: 'Sans objet', ru: 'Не применяется', ar: 'لا ينطبق', es: 'No procede', pt: 'Não aplicável' },
    secret: { zh: '涉及国家秘密', en: 'State secret', fr: 'Secret d\'État', ru: 'Государственная тайна', ar: 'سر من أسرار الدولة', es: 'Secreto de Estado', pt: 'Segredo de Estado' }
  } satisfies LabelsFor<typeof controlStates>
}

export const screeningState = {
  name: 'screening-state', edition: '2026', source: 'Party screening before an approach and a release',
  values: {
    'not-screened': { zh: '未筛查', en: 'Not screened', fr: 'Non vérifié', ru: 'Не проверено', ar: 'لم يتم الفحص', es: 'Sin verificar', pt: 'Não verificado' },
    hit: { zh: '疑似命中', en: 'Possible hit', fr: 'Correspondance possible', ru: 'Возможное совпадение', ar: 'تطابق محتمل', es: 'Posible coincidencia', pt: 'Possível correspondência' },
    'cleared-by': { zh: '核查通过', en: 'Cleared by a person', fr: 'Validé par une personne', ru: 'Проверено сотрудником', ar: 'تم التحقق من قبل موظف', es: 'Validado por una persona', pt: 'Validado por uma pessoa' }
  } satisfies LabelsFor<typeof screeningStates>
}
