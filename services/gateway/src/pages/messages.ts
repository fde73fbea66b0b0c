import type { Labels, Language } from '@siku/contracts'
import { faultMessages } from './fault-messages.ts'

// oxfmt-ignore
const pageMessages = {
  product: { zh: '四库', en: 'Siku', fr: 'Siku', ru: 'Siku', ar: 'سيكو', es: 'Siku', pt: 'Siku' },
  languages: { zh: '语言', en: 'Languages', fr: 'Langues', ru: 'Языки', ar: 'اللغات', es: 'Idiomas', pt: 'Idiomas' },
  signInTitle: { zh: '登录', en: 'Sign in', fr: 'Connexion', ru: 'Вход', ar: 'تسجيل الدخول', es: 'Iniciar sesión', pt: 'Iniciar sessão' },
  email: { zh: '电子邮箱', en: 'Email address', fr: 'Adresse électronique', ru: 'Адрес электронной почты', ar: 'البريد الإلكتروني', es: 'Correo electrónico', pt: 'Endereço de correio eletrónico' },
  password: { zh: '密码', en: 'Password', fr: 'Mot de passe', ru: 'Пароль', ar: 'كلمة المرور', es: 'Contraseña', pt: 'Palavra-passe' },
  signIn: { zh: '登录', en: 'Sign in', fr: 'Se connecter', ru: 'Войти', ar: 'دخول', es: 'Entrar', pt: 'Entrar' },
  forgotten: { zh: '忘记密码？请联系本单位管理员，由其为您生成重设链接。', en: 'Forgotten your password? Ask your organisation’s administrator for a reset link.', fr: 'Mot de passe oublié ? Demandez un lien de réinitialisation à l’administrateur de votre organisation.', ru: 'Забыли пароль? Попросите ссылку для сброса у администратора вашей организации.', ar: 'هل نسيت كلمة المرور؟ اطلب رابط إعادة التعيين من مسؤول جهتك.', es: '¿Olvidó su contraseña? Pida un enlace de restablecimiento al administrador de su organización.', pt: 'Esqueceu a palavra-passe? Peça uma ligação de redefinição ao administrador da sua organização.' },
  signInWith: { zh: '通过 {name} 登录', en: 'Sign in with {name}', fr: 'Se connecter avec {name}', ru: 'Войти через {name}', ar: 'الدخول عبر {name}', es: 'Entrar con {name}', pt: 'Entrar com {name}' },
  codeTitle: { zh: '验证码', en: 'Authenticator code', fr: 'Code de vérification', ru: 'Код подтверждения', ar: 'رمز التحقق', es: 'Código de verificación', pt: 'Código de verificação' },
  codeText: { zh: '请输入身份验证器当前显示的六位数字；如无法使用，可输入一个恢复码。', en: 'Enter the six digits your authenticator shows now. If you cannot use it, enter a recovery code.', fr: 'Saisissez les six chiffres affichés par votre application d’authentification. À défaut, saisissez un code de secours.', ru: 'Введите шесть цифр из приложения-аутентификатора. Если оно недоступно, введите резервный код.', ar: 'أدخل الأرقام الستة التي يعرضها تطبيق المصادقة الآن. إذا تعذر ذلك فأدخل أحد رموز الاسترداد.', es: 'Introduzca los seis dígitos que muestra su autenticador. Si no puede usarlo, introduzca un código de recuperación.', pt: 'Introduza os seis dígitos que o seu autenticador mostra agora. Se não o puder usar, introduza um código de recuperação.' },
  code: { zh: '验证码或恢复码', en: 'Code or recovery code', fr: 'Code ou code de secours', ru: 'Код или резервный код', ar: 'الرمز أو رمز الاسترداد', es: 'Código o código de recuperación', pt: 'Código ou código de recuperação' },
  confirm: { zh: '确认', en: 'Confirm', fr: 'Confirmer', ru: 'Подтвердить', ar: 'تأكيد', es: 'Confirmar', pt: 'Confirmar' },
  inviteTitle: { zh: '接受邀请', en: 'Accept the invitation', fr: 'Accepter l’invitation', ru: 'Принять приглашение', ar: 'قبول الدعوة', es: 'Aceptar la invitación', pt: 'Aceitar o convite' },
  inviteText: { zh: '“{organisation}”邀请您加入。请为账号 {email} 设置密码。', en: '{organisation} invites you to join. Set a password for {email}.', fr: '{organisation} vous invite. Choisissez un mot de passe pour {email}.', ru: '{organisation} приглашает вас. Задайте пароль для {email}.', ar: 'تدعوك {organisation} للانضمام. عيّن كلمة مرور للحساب {email}.', es: '{organisation} le invita a unirse. Elija una contraseña para {email}.', pt: '{organisation} convida-o a aderir. Defina uma palavra-passe para {email}.' },
  name: { zh: '姓名', en: 'Your name', fr: 'Votre nom', ru: 'Ваше имя', ar: 'الاسم', es: 'Su nombre', pt: 'O seu nome' },
  newPassword: { zh: '新密码', en: 'New password', fr: 'Nouveau mot de passe', ru: 'Новый пароль', ar: 'كلمة المرور الجديدة', es: 'Nueva contraseña', pt: 'Nova palavra-passe' },
  passwordHint: { zh: '至少 12 个字符；四五个词组成的一句话就很好。', en: 'At least 12 characters; a sentence of four or five words is good.', fr: 'Au moins 12 caractères ; une phrase de quatre ou cinq mots convient bien.', ru: 'Не менее 12 знаков; подойдет фраза из четырех-пяти слов.', ar: '12 حرفا على الأقل؛ جملة من أربع أو خمس كلمات مناسبة.', es: 'Al menos 12 caracteres; una frase de cuatro o cinco palabras es buena.', pt: 'Pelo menos 12 caracteres; uma frase de quatro ou cinco palavras é boa.' },
  repeatPassword: { zh: '再次输入新密码', en: 'New password again', fr: 'Répétez le mot de passe', ru: 'Повторите пароль', ar: 'أعد كتابة كلمة المرور', es: 'Repita la contraseña', pt: 'Repita a palavra-passe' },
  setPassword: { zh: '设置密码', en: 'Set the password', fr: 'Enregistrer le mot de passe', ru: 'Сохранить пароль', ar: 'حفظ كلمة المرور', es: 'Guardar la contraseña', pt: 'Guardar a palavra-passe' },
  resetTitle: { zh: '重设密码', en: 'Set another password', fr: 'Changer de mot de passe', ru: 'Новый пароль', ar: 'إعادة تعيين كلمة المرور', es: 'Cambiar la contraseña', pt: 'Redefinir a palavra-passe' },
  resetText: { zh: '为账号 {email} 设置新密码。所有已登录的会话都会结束。', en: 'Set another password for {email}. All open sessions end.', fr: 'Choisissez un nouveau mot de passe pour {email}. Toutes les sessions ouvertes prendront fin.', ru: 'Задайте новый пароль для {email}. Все открытые сеансы завершатся.', ar: 'عيّن كلمة مرور جديدة للحساب {email}. ستنتهي جميع الجلسات المفتوحة.', es: 'Elija otra contraseña para {email}. Todas las sesiones abiertas terminarán.', pt: 'Defina outra palavra-passe para {email}. Todas as sessões abertas terminam.' },
  passwordSet: { zh: '密码已设置，请登录。', en: 'The password is set. Sign in with it.', fr: 'Le mot de passe est enregistré. Connectez-vous.', ru: 'Пароль сохранен. Войдите с ним.', ar: 'تم حفظ كلمة المرور. سجل الدخول بها.', es: 'La contraseña está guardada. Entre con ella.', pt: 'A palavra-passe foi guardada. Entre com ela.' },
  enrolTitle: { zh: '绑定身份验证器', en: 'Set up your authenticator', fr: 'Configurer l’authentification', ru: 'Подключение аутентификатора', ar: 'إعداد تطبيق المصادقة', es: 'Configurar el autenticador', pt: 'Configurar o autenticador' },
  enrolText: { zh: '您的岗位需要身份验证器。请在验证器应用中添加此账号：打开下面的链接，或手动输入密钥，然后输入应用显示的六位数字。', en: 'Your role needs an authenticator. Add this account to an authenticator app: open the link below, or type the key, then enter the six digits it shows.', fr: 'Votre fonction exige une application d’authentification. Ajoutez-y ce compte : ouvrez le lien ci-dessous ou saisissez la clé, puis entrez les six chiffres affichés.', ru: 'Для вашей роли нужен аутентификатор. Добавьте учетную запись в приложение: откройте ссылку ниже или введите ключ, затем введите шесть цифр.', ar: 'يتطلب دورك تطبيق مصادقة. أضف هذا الحساب إلى التطبيق: افتح الرابط أدناه أو اكتب المفتاح، ثم أدخل الأرقام الستة التي تظهر.', es: 'Su función requiere un autenticador. Añada esta cuenta a la aplicación: abra el enlace o escriba la clave y luego introduzca los seis dígitos.', pt: 'A sua função exige um autenticador. Adicione esta conta à aplicação: abra a ligação abaixo ou escreva a chave e introduza os seis dígitos.' },
  enrolKey: { zh: '密钥', en: 'Key', fr: 'Clé', ru: 'Ключ', ar: 'المفتاح', es: 'Clave', pt: 'Chave' },
  enrolOpen: { zh: '在验证器应用中打开', en: 'Open in the authenticator app', fr: 'Ouvrir dans l’application', ru: 'Открыть в приложении', ar: 'فتح في تطبيق المصادقة', es: 'Abrir en la aplicación', pt: 'Abrir na aplicação' },
  sixDigits: { zh: '六位数字', en: 'Six digits', fr: 'Six chiffres', ru: 'Шесть цифр', ar: 'ستة أرقام', es: 'Seis dígitos', pt: 'Seis dígitos' },
  recoveryTitle: { zh: '恢复码', en: 'Recovery codes', fr: 'Codes de secours', ru: 'Резервные коды', ar: 'رموز الاسترداد', es: 'Códigos de recuperación', pt: 'Códigos de recuperação' },
  recoveryText: { zh: '请妥善保存以下恢复码。每个只能使用一次，并且不会再次显示。', en: 'Keep these codes in a safe place. Each works once, and they are not shown again.', fr: 'Conservez ces codes en lieu sûr. Chacun sert une seule fois et ils ne seront plus affichés.', ru: 'Сохраните эти коды в надежном месте. Каждый действует один раз, и больше они не будут показаны.', ar: 'احتفظ بهذه الرموز في مكان آمن. يعمل كل رمز مرة واحدة ولن تظهر مجددا.', es: 'Guarde estos códigos en un lugar seguro. Cada uno sirve una sola vez y no volverán a mostrarse.', pt: 'Guarde estes códigos num lugar seguro. Cada um funciona uma vez e não voltam a ser mostrados.' },
  goOn: { zh: '继续', en: 'Continue', fr: 'Continuer', ru: 'Продолжить', ar: 'متابعة', es: 'Continuar', pt: 'Continuar' },
  accountTitle: { zh: '我的账号', en: 'Your account', fr: 'Votre compte', ru: 'Ваша учетная запись', ar: 'حسابك', es: 'Su cuenta', pt: 'A sua conta' },
  signedInAs: { zh: '已登录：{name}，{organisation}', en: 'Signed in as {name}, {organisation}', fr: 'Connecté : {name}, {organisation}', ru: 'Вы вошли как {name}, {organisation}', ar: 'تم الدخول باسم {name}، {organisation}', es: 'Sesión iniciada: {name}, {organisation}', pt: 'Sessão iniciada: {name}, {organisation}' },
  pendingNote: { zh: '贵单位的申请正在审核。', en: 'Your organisation is waiting to be verified.', fr: 'Votre organisation attend sa vérification.', ru: 'Ваша организация ожидает проверки.', ar: 'جهتك بانتظار التحقق.', es: 'Su organización está pendiente de verificación.', pt: 'A sua organização aguarda verificação.' },
  docs: { zh: '查看并试用接口', en: 'Read and try the API', fr: 'Lire et essayer l’API', ru: 'Описание и проба API', ar: 'قراءة الواجهة البرمجية وتجربتها', es: 'Leer y probar la API', pt: 'Ler e experimentar a API' },
  signOut: { zh: '退出登录', en: 'Sign out', fr: 'Se déconnecter', ru: 'Выйти', ar: 'تسجيل الخروج', es: 'Cerrar sesión', pt: 'Terminar sessão' }
} satisfies Record<string, Labels>

const messages = { ...pageMessages, ...faultMessages }
export type MessageKey = keyof typeof messages

/** Keeps an address or a name of another script from turning the sentence around it (Unicode isolates, UAX #9). */
const isolated = (value: string | number | undefined, place: string) =>
  typeof value === 'string' ? `\u2068${value}\u2069` : String(value ?? place)

/** A sentence in the reader's language, with its `{places}` filled. */
export function say(language: Language, key: MessageKey, values: Record<string, string | number> = {}): string {
  return messages[key][language].replaceAll(/\{(\w+)\}/g, (place, name: string) => isolated(values[name], place))
}

export const messageKeys = Object.keys(messages) as MessageKey[]
