/** What conversations of one language are made of: `{topic}` and `{name}` stand for one of its topics and for a made-up name. */
export interface Language {
  /** How many of a hundred conversations are in it. */
  share: number
  titles: readonly string[]
  topics: readonly string[]
  questions: readonly string[]
  sentences: readonly string[]
}

const english: Language = {
  share: 50,
  titles: [
    'Planning {topic}',
    'Why {topic} fails on Mondays',
    'Notes on {topic}',
    '{name}: {topic}',
    'Choosing between two ways of {topic}',
    'A letter about {topic}',
    'First steps with {topic}',
    'Reviewing {name} before the release',
  ],
  topics: [
    'database indexes',
    'a garden in the shade',
    'unit tests',
    'the kitchen renovation',
    'sourdough bread',
    'a train journey to Lisbon',
    'retirement savings',
    'onboarding new colleagues',
    'the quarterly report',
    'learning the cello',
    'rate limiting',
    'bedtime stories',
    'marathon training',
    'a tax return',
    'type inference',
    'the history of lighthouses',
    'password resets',
    'meeting notes',
    'a birthday speech',
    'container networking',
    'bird migration',
    'an apology to a customer',
    'colour contrast',
    'camera lenses',
  ],
  questions: [
    'How would you go about {topic}? I have tried the obvious things.',
    'What is the difference between {name} and {topic}?',
    'Please look at this and tell me what is wrong with {topic}.',
    'Give me three options for {topic}, with what speaks against each.',
    'Can you shorten that? {name} will not read more than a page.',
    'We decided on {name} last week. What does that mean for {topic}?',
    'Explain {topic} as you would to a patient beginner.',
  ],
  sentences: [
    'The first thing to settle about {topic} is what you want to be true afterwards.',
    'Most of the cost of {topic} lies in what has to be undone later.',
    'If {name} is already in place, start from there and change one thing at a time.',
    'Measure before you decide, since intuition about {topic} is often wrong.',
    'There is a simpler way that {name} uses, and it holds up well in practice.',
    'It depends on how often it happens and on who has to notice.',
    'A good rule is to write down the assumption next to {topic} and to come back in a week.',
    'None of this is urgent, but the second point saves the most work.',
    'Keep the old arrangement until the new one has survived a full month.',
    'Ask {name} what they would miss if {topic} went away.',
  ],
}

const german: Language = {
  share: 14,
  titles: [
    'Fragen zu {topic}',
    '{topic} verständlich erklärt',
    'Entwurf für {name}',
    'Was {topic} wirklich kostet',
    'Übersicht: {topic}',
  ],
  topics: [
    'Wärmepumpen',
    'Steuererklärung',
    'Datenbankindizes',
    'Hochbeeten',
    'Elterngeld',
    'Brückenbau',
    'Klavierunterricht',
    'Barrierefreiheit',
    'Urlaubsplanung',
    'Öffnungszeiten',
    'Mietverträgen',
    'Überstunden',
  ],
  questions: [
    'Wie gehe ich bei {topic} am besten vor?',
    'Was spricht gegen {topic}, wenn {name} schon läuft?',
    'Kannst du das für {name} in drei Sätzen zusammenfassen?',
    'Erkläre mir {topic} bitte noch einmal von vorn.',
  ],
  sentences: [
    'Bei {topic} kommt es vor allem auf die Reihenfolge an.',
    'Zuerst sollte geklärt sein, wer dafür zuständig ist und bis wann es fertig sein muss.',
    'Für {name} genügt in der Regel die einfachere Lösung.',
    'Die größten Kosten entstehen erst später, nämlich durch Änderungen.',
    'Das lässt sich prüfen, indem man {topic} eine Woche lang mitschreibt.',
    'Möglicherweise ist {name} gar nicht die Ursache, sondern nur der Ort, an dem es auffällt.',
  ],
}

const french: Language = {
  share: 9,
  titles: [
    'Comprendre {topic}',
    'Préparer {topic} sans stress',
    'Lettre à propos de {name}',
    'Idées pour {topic}',
  ],
  topics: [
    'la fermentation',
    'un déménagement',
    'les impôts',
    'la photographie argentique',
    'un entretien d’embauche',
    'le potager d’été',
    'les requêtes lentes',
    'un voyage à vélo',
  ],
  questions: [
    'Comment commencer avec {topic} ?',
    'Peux-tu reformuler ce passage pour {name} ?',
    'Quels sont les pièges de {topic} ?',
  ],
  sentences: [
    'Pour {topic}, mieux vaut avancer par petites étapes.',
    'L’essentiel est de noter ce qui change et ce qui reste.',
    'Avec {name}, la difficulté vient surtout des détails que personne ne voit.',
    'On peut vérifier cette hypothèse en une matinée.',
    'Rien n’empêche de garder l’ancienne méthode pendant un mois.',
  ],
}

const spanish: Language = {
  share: 9,
  titles: [
    'Dudas sobre {topic}',
    'Guía breve de {topic}',
    'Correo para {name}',
    '{topic}: ventajas y riesgos',
  ],
  topics: [
    'la declaración de la renta',
    'los índices de la base de datos',
    'un huerto en el balcón',
    'el español jurídico',
    'una mudanza en otoño',
    'las pruebas automáticas',
    'la cocina sin gluten',
  ],
  questions: [
    '¿Cómo se organiza {topic} en la práctica?',
    '¿Qué cambiarías en {name}?',
    'Resume lo anterior, por favor, y añade un ejemplo de {topic}.',
  ],
  sentences: [
    'En {topic} conviene empezar por lo que no se puede deshacer.',
    'La decisión depende de cuántas personas usan {name} cada día.',
    'Después de una semana se ve con claridad qué sobra.',
    'Lo más barato suele ser no hacerlo todavía.',
  ],
}

const russian: Language = {
  share: 6,
  titles: ['Вопрос про {topic}', 'План: {topic}', 'Письмо для {name}'],
  topics: [
    'индексы базы данных',
    'ремонт на кухне',
    'поездку на Байкал',
    'налоговый вычет',
    'уроки игры на гитаре',
  ],
  questions: [
    'Как лучше организовать {topic}?',
    'Что не так с {name}?',
    'Объясни, пожалуйста, короче и с примером.',
  ],
  sentences: [
    'Сначала стоит записать, чего вы хотите добиться.',
    'Если {name} уже работает, меняйте только одну вещь за раз.',
    'Обычно всё решает порядок действий, а не их число.',
    'Проверьте это на небольшом примере, прежде чем браться за {topic}.',
  ],
}

const japanese: Language = {
  share: 5,
  titles: ['{topic}について', '{topic}の始め方', '{name}のレビュー'],
  topics: ['データベースの索引', '京都旅行の計画', '味噌汁の作り方', '確定申告', '単体テスト'],
  questions: [
    '{topic}はどう進めればいいですか。',
    '{name}の問題点を教えてください。',
    'もう少し短く説明してください。',
  ],
  sentences: [
    'まず、何を達成したいのかを書き出してみましょう。',
    '{name}がすでに動いているなら、一度に一つだけ変えるのが安全です。',
    '{topic}では、順番がいちばん大切です。',
    '一週間ほど記録を取ると、無駄な部分が見えてきます。',
  ],
}

const chinese: Language = {
  share: 4,
  titles: ['关于{topic}的问题', '{topic}入门', '给{name}的邮件'],
  topics: ['数据库索引', '阳台种菜', '退休储蓄', '单元测试', '去云南旅行'],
  questions: ['{topic}应该从哪里开始？', '{name}有什么缺点？', '请再简短一些，并举一个例子。'],
  sentences: [
    '首先要弄清楚最后希望得到什么结果。',
    '如果{name}已经在运行，一次只改一个地方。',
    '关于{topic}，顺序往往比数量更重要。',
    '先用一个小例子验证，再决定是否继续。',
  ],
}

const arabic: Language = {
  share: 3,
  titles: ['أسئلة حول {topic}', 'خطة من أجل {topic}'],
  topics: ['فهارس قاعدة البيانات', 'السفر إلى مراكش', 'تعلم الخط العربي', 'ميزانية الأسرة'],
  questions: ['كيف أبدأ في {topic}؟', 'ما الخطأ في {name}؟', 'هل يمكنك تلخيص ذلك مع مثال؟'],
  sentences: [
    'من الأفضل أن تكتب أولاً ما تريد الوصول إليه.',
    'إذا كان {name} يعمل بالفعل فغيّر شيئاً واحداً في كل مرة.',
    'في {topic} يكون الترتيب أهم من العدد.',
    'جرّب ذلك على مثال صغير قبل أن تقرر.',
  ],
}

export const languages: readonly Language[] = [
  ...[english, german, french, spanish, russian, japanese, chinese, arabic],
]

/** Of these two, made-up names are put together: some thousands, so that a search has something rare to find. */
export const nameBeginnings = [
  ...['Mar', 'Vol', 'Ketter', 'Ori', 'Sand', 'Quil', 'Bram', 'Tesse', 'Lun', 'Ferro', 'Aster', 'Hal', 'Nim'],
  ...[
    'Corvi',
    'Peri',
    'Wex',
    'Dorn',
    'Ilse',
    'Jun',
    'Rosa',
    'Styr',
    'Ulm',
    'Yar',
    'Zeph',
    'Ebb',
    'Grim',
    'Cald',
  ],
] as const
export const nameMiddles = ['an', 'el', 'o', 'i', 'ar', 'une', 'es', 'ova', 'ur', 'ite', 'am', 'yl'] as const
export const nameEndings = [
  ...['dale', 'wick', 'mere', 'stein', 'ford', 'lin', 'ski', 'berg', 'port', 'nova', 'gate', 'rook', 'mont'],
] as const
