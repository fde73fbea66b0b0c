import type { sectors2017, sectors2021 } from '../codes.ts'
import type { LabelsFor } from './vocabulary.ts'

export const sector2017 = {
  name: 'sector-2017', edition: '2017', source: '北京市委、市政府关于加快科技创新构建高精尖经济结构的系列文件（2017年），十大高精尖产业',
  values: {
    'next-gen-it': { zh: '新一代信息技术', en: 'Next-generation information technology', fr: 'Technologies de l\'information de nouvelle génération', ru: 'Информационные технологии нового поколения', ar: 'الجيل الجديد من تكنولوجيا المعلومات', es: 'Tecnologías de la información de nueva generación', pt: 'Tecnologias da informação de nova geração' },
    'integrated-circuits': { zh: '集成电路', en: 'Integrated circuits', fr: 'Circuits intégrés', ru: 'Интегральные микросхемы', ar: 'الدوائر المتكاملة', es: 'Circuitos integrados', pt: 'Circuitos integrados' },
    health: { zh: '医药健康', en: 'Medicine and health', fr: 'Médecine et santé', ru: 'Медицина и здоровье', ar: 'الدواء والصحة', es: 'Medicina y salud', pt: 'Medicina e saúde' },
    'intelligent-equipment': { zh: '智能装备', en: 'Intelligent equipment', fr: 'Équipements intelligents', ru: 'Интеллектуальное оборудование', ar: 'المعدات الذكية', es: 'Equipos inteligentes', pt: 'Equipamentos inteligentes' },
    'energy-saving-environment': { zh: '节能环保', en: 'Energy saving and environmental protection', fr: 'Économies d\'énergie et protection de l\'environnement', ru: 'Энергосбережение и охрана окружающей среды', ar: 'توفير الطاقة وحماية البيئة', es: 'Ahorro de energía y protección ambiental', pt: 'Poupança de energia e proteção ambiental' },
    'new-energy-vehicles': { zh: '新能源智能汽车', en: 'New-energy intelligent vehicles', fr: 'Véhicules intelligents à énergies nouvelles', ru: 'Интеллектуальные автомобили на новых источниках энергии', ar: 'المركبات الذكية العاملة بالطاقة الجديدة', es: 'Vehículos inteligentes de nuevas energías', pt: 'Veículos inteligentes de novas energias' },
    'new-materials': { zh: '新材料', en: 'New materials', fr: 'Nouveaux matériaux', ru: 'Новые материалы', ar: 'المواد الجديدة', es: 'Nuevos materiales', pt: 'Novos materiais' },
    'artificial-intelligence': { zh: '人工智能', en: 'Artificial intelligence', fr: 'Intelligence artificielle', ru: 'Искусственный интеллект', ar: 'الذكاء الاصطناعي', es: 'Inteligencia artificial', pt: 'Inteligência artificial' },
    'software-services': { zh: '软件和信息服务业', en: 'Software and information services', fr: 'Logiciels et services d\'information', ru: 'Программное обеспечение и информационные услуги', ar: 'البرمجيات وخدمات المعلومات', es: 'Software y servicios de información', pt: 'Software e serviços de informação' },
    'sci-tech-services': { zh: '科技服务业', en: 'Science and technology services', fr: 'Services scientifiques et technologiques', ru: 'Научно-технические услуги', ar: 'الخدمات العلمية والتكنولوجية', es: 'Servicios científicos y tecnológicos', pt: 'Serviços científicos e tecnológicos' }
  } satisfies LabelsFor<typeof sectors2017>
}

export const sector2021 = {
  name: 'sector-2021', edition: '2021', source: '北京市“十四五”时期高精尖产业发展规划（京政发〔2021〕21号），“2441”产业体系',
  values: {
    'next-gen-it-2021': { zh: '新一代信息技术', en: 'Next-generation information technology', fr: 'Technologies de l\'information de nouvelle génération', ru: 'Информационные технологии нового поколения', ar: 'الجيل الجديد من تكنولوجيا المعلومات', es: 'Tecnologías de la información de nueva generación', pt: 'Tecnologias da informação de nova geração' },
    'health-2021': { zh: '医药健康', en: 'Medicine and health', fr: 'Médecine et santé', ru: 'Медицина и здоровье', ar: 'الدواء والصحة', es: 'Medicina y salud', pt: 'Medicina e saúde' },
    'integrated-circuits-2021': { zh: '集成电路', en: 'Integrated circuits', fr: 'Circuits intégrés', ru: 'Интегральные микросхемы', ar: 'الدوائر المتكاملة', es: 'Circuitos integrados', pt: 'Circuitos integrados' },
    'connected-vehicles': { zh: '智能网联汽车', en: 'Intelligent connected vehicles', fr: 'Véhicules intelligents et connectés', ru: 'Интеллектуальные подключенные автомобили', ar: 'المركبات الذكية المتصلة', es: 'Vehículos inteligentes y conectados', pt: 'Veículos inteligentes e conectados' },
    'intelligent-manufacturing': { zh: '智能制造与装备', en: 'Intelligent manufacturing and equipment', fr: 'Fabrication et équipements intelligents', ru: 'Интеллектуальное производство и оборудование', ar: 'التصنيع الذكي والمعدات', es: 'Fabricación inteligente y equipos', pt: 'Fabrico inteligente e equipamentos' },
    'green-energy': { zh: '绿色能源与节能环保', en: 'Green energy and environmental protection', fr: 'Énergie verte et protection de l\'environnement', ru: 'Зеленая энергетика и охрана окружающей среды', ar: 'الطاقة الخضراء وحماية البيئة', es: 'Energía verde y protección ambiental', pt: 'Energia verde e proteção ambiental' },
    'blockchain-computing': { zh: '区块链与先进计算', en: 'Blockchain and advanced computing', fr: 'Chaîne de blocs et calcul avancé', ru: 'Блокчейн и передовые вычисления', ar: 'سلسلة الكتل والحوسبة المتقدمة', es: 'Cadena de bloques y computación avanzada', pt: 'Cadeia de blocos e computação avançada' },
    'sci-tech-services-2021': { zh: '科技服务业', en: 'Science and technology services', fr: 'Services scientifiques et technologiques', ru: 'Научно-технические услуги', ar: 'الخدمات العلمية والتكنولوجية', es: 'Servicios científicos y tecnológicos', pt: 'Serviços científicos e tecnológicos' },
    'smart-city': { zh: '智慧城市', en: 'Smart city', fr: 'Ville intelligente', ru: 'Умный город', ar: 'المدينة الذكية', es: 'Ciudad inteligente', pt: 'Cidade inteligente' },
    'digital-content': { zh: '信息内容消费', en: 'Digital content consumption', fr: 'Consommation de contenus numériques', ru: 'Потребление цифрового контента', ar: 'استهلاك المحتوى الرقمي', es: 'Consumo de contenidos digitales', pt: 'Consumo de conteúdos digitais' }
  } satisfies LabelsFor<typeof sectors2021>
}
