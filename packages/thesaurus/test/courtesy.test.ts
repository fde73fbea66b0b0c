import type { Language } from '@siku/contracts'
import t from 'tap'
import { annotate, loadThesaurus } from '../src/index.ts'

const thesaurus = loadThesaurus()

/** What stands in every note of an embassy and every letter of a factory, and is about nothing. */
const courtesies: Record<Language, string[]> = {
  ru: [
    'Посольство свидетельствует своё уважение и имеет честь обратиться с просьбой',
    'Просим рассмотреть возможность и направить ответ до конца месяца',
    'Мы ищем партнёра, который готов приехать и показать всё на месте',
    'Нам нужно решение, которое работает без лишних расходов',
    'Раньше всё делали сами, теперь некому',
    'Каждый год одно и то же: весной плохо, летом ещё хуже',
    'Люди уходят, молодые уезжают, старики остаются',
    'Срок до двух лет, сначала небольшая проба',
    'Нужна помощь, обучение и понятная инструкция на русском языке',
    'За счёт бюджета района; решение принимает глава',
    'Пытались купить у соседей, но не подошло',
    'Если получится, закажем ещё',
    'Мы платим слишком много и ничего не получаем',
    'Главное, чтобы было просто и недорого',
    'Просят также указать цену и сроки поставки',
    'Не хватает рук и времени',
    'Пробовали несколько раз, ничего не вышло',
    'Хотим понять, сколько это будет стоить'
  ],
  ar: [
    'تتشرف السفارة بأن تنقل إليكم طلب الوزارة',
    'نبحث عن شريك جاد يساعدنا في أقرب وقت',
    'نحتاج إلى حل بسيط ورخيص لا يحتاج إلى خبرة',
    'نريد أن نعرف كم يكلف هذا',
    'الناس يرحلون والشباب يغادرون',
    'نملك الأرض والمكان ولا نملك المال',
    'كل سنة نفس المشكلة وتزداد سوءا',
    'مستعدون لدفع نصف المبلغ والباقي على أقساط',
    'من دون فائدة حتى الآن',
    'الرجاء الرد قبل نهاية الشهر',
    'كنا نعمل بأيدينا والآن لا يوجد من يعمل'
  ],
  fr: [
    "L'ambassade présente ses compliments et a l'honneur de transmettre la demande suivante",
    'Nous cherchons un partenaire sérieux qui puisse venir sur place',
    'Il nous faut une solution simple et pas chère',
    'Chaque année c’est la même chose et cela empire',
    'Les gens partent, les jeunes ne reviennent pas',
    'Nous avons essayé plusieurs fois sans succès',
    'Merci de préciser le prix, le délai et la garantie',
    'À la lumière de ce qui précède, nous souhaitons avancer',
    'Le ministère prendra en charge la moitié',
    'Nous voulons d’abord un essai, ensuite une commande plus grande',
    'Une fois par an, un expert passe',
    'Cela nous coûte trop et ne rapporte rien',
    'Nous restons à votre disposition pour toute information'
  ],
  es: [
    'La embajada saluda atentamente y tiene el honor de trasladar la siguiente solicitud',
    'Buscamos un socio serio que pueda venir y quedarse',
    'Necesitamos una solución sencilla y barata',
    'Todos los años pasa lo mismo y va a peor',
    'La gente se va y los jóvenes no vuelven',
    'Lo hemos intentado varias veces sin resultado',
    'Se ruega indicar precio, plazo y garantía',
    'Nadie sabe arreglarlo',
    'Queremos primero una prueba y luego un pedido mayor',
    'La junta decide a fin de mes',
    'De vez en cuando viene un técnico',
    'Gastamos demasiado y no ganamos nada'
  ],
  pt: [
    'A embaixada cumprimenta e tem a honra de transmitir o seguinte pedido',
    'Procuramos um parceiro sério que possa vir e ficar',
    'Precisamos de uma solução simples e barata',
    'Todo ano é a mesma coisa e só piora',
    'As pessoas vão embora e os jovens não voltam',
    'Já tentámos várias vezes sem resultado',
    'Pedimos que indiquem preço, prazo e garantia',
    'Podemos pagar metade agora com a verba do município',
    'Queremos primeiro um teste e depois uma encomenda maior',
    'Uma vez por ano vem um técnico',
    'Gastamos demais e não ganhamos nada',
    'O banco não empresta e os sócios perdem',
    'Com a ajuda do governo podemos começar'
  ],
  en: [
    'The embassy presents its compliments and has the honour to transmit the following request',
    'We are looking for a serious partner who can come and stay a while',
    'We need a simple and cheap solution that needs no expert',
    'Every year it is the same and it gets worse',
    'People leave and the young do not come back',
    'We tried several times without success',
    'Please state price, delivery time and warranty',
    'We can pay half now and the rest later',
    'We want a small trial first and then a larger order',
    'Once a year somebody comes',
    'We spend too much and earn nothing',
    'The work stops when the boss is away',
    'We have land, a building and willing hands',
    'The board decides at the end of the month',
    'Our members asked for help'
  ],
  zh: [
    '我馆谨转达该国主管部门的合作意向，请予协助',
    '我们在找一家靠谱的合作伙伴，能来现场看一看',
    '希望方案简单便宜，不需要专家',
    '每年都是这样，而且越来越严重',
    '年轻人都走了，没有人愿意做',
    '试过好几次都没有用',
    '请说明价格、交货期和质保',
    '可以先付一半，剩下的分期付',
    '没有人会修',
    '先做小规模试验，再扩大',
    '花了很多钱却没有效果',
    '理事会月底做决定',
    '欢迎来函洽谈',
    '贵方如有意向请与我处联系'
  ]
}

/** From here on a concept would bring proposals of its own. */
const loud = 0.5
const fieldOf = (id: string) => thesaurus.concepts[thesaurus.positions.get(id) ?? -1]?.field

for (const [language, sentences] of Object.entries(courtesies)) {
  t.test(`words of courtesy name nothing of a field: ${language}`, async (t) => {
    for (const text of sentences) {
      const { concepts } = annotate(thesaurus, { language, fields: [{ field: 'title', text, weight: 1 }] })
      const heard = concepts.filter(({ id, weight }) => weight >= loud && fieldOf(id) !== 'everyday')
      t.same(
        heard.map(({ id }) => id),
        [],
        text
      )
    }
  })
}

t.test('a text of the same length about something is heard', async (t) => {
  const text = 'Просим предложить установку обратного осмоса'
  const { concepts } = annotate(thesaurus, { language: 'ru', fields: [{ field: 'title', text, weight: 1 }] })
  t.ok(concepts.some(({ id, weight }) => id === 'reverse-osmosis' && weight >= loud))
})
