import type { Language } from '@siku/contracts'
import type { TotpEnrolment } from '../accounts/totp.ts'
import type { DescribedLink } from '../verbs/describe-link.ts'
import { fault, form, notice, type Field } from './form.ts'
import { html, type Html } from './html.ts'
import { say } from './messages.ts'

export const nameLengthMax = 100

/** What every view with a form is given: the reader's language, where the form goes, the value it brings back, and what went wrong. */
export type View = { language: Language; action: string; csrf: string; sentence?: string | undefined }

export type SignInView = View & {
  email?: string | undefined
  done?: string | undefined
  provider?: { name: string; href: string } | undefined
}

export function signInView({ language, action, csrf, sentence, email, done, provider }: SignInView): Html {
  const fields: Field[] = [
    {
      name: 'email',
      label: say(language, 'email'),
      type: 'email',
      autocomplete: 'username',
      maxlength: 254,
      ...(email === undefined ? {} : { value: email })
    },
    {
      name: 'password',
      label: say(language, 'password'),
      type: 'password',
      autocomplete: 'current-password',
      hint: say(language, 'forgotten')
    }
  ]
  const other =
    provider && html`<a class="button second" href="${provider.href}">${say(language, 'signInWith', { name: provider.name })}</a>`
  return html`${fault(sentence)}${notice(done)}${form({ action, csrf, button: say(language, 'signIn'), fields })}${other}`
}

export function codeView({ language, action, csrf, sentence }: View): Html {
  const fields: Field[] = [{ name: 'code', label: say(language, 'code'), type: 'text', autocomplete: 'one-time-code', maxlength: 40 }]
  return html`${fault(sentence)}
    <p>${say(language, 'codeText')}</p>
    ${form({ action, csrf, button: say(language, 'confirm'), fields })}`
}

export type LinkView = View & { token: string; link: DescribedLink; name?: string | undefined }

/** An invitation asks for a name as well; a reset knows whose it is. */
export function linkView({ language, action, csrf, sentence, token, link, name = link.displayName }: LinkView): Html {
  const isReset = link.purpose === 'reset'
  const person: Field = {
    name: 'name',
    label: say(language, 'name'),
    type: 'text',
    autocomplete: 'name',
    maxlength: nameLengthMax,
    value: name
  }
  const passwords: Field[] = [
    {
      name: 'password',
      label: say(language, 'newPassword'),
      type: 'password',
      autocomplete: 'new-password',
      hint: say(language, 'passwordHint')
    },
    { name: 'again', label: say(language, 'repeatPassword'), type: 'password', autocomplete: 'new-password' }
  ]
  const fields = isReset ? passwords : [person, ...passwords]
  const text = say(language, isReset ? 'resetText' : 'inviteText', link)
  return html`${fault(sentence)}
    <p>${text}</p>
    ${form({ action, csrf, button: say(language, 'setPassword'), hidden: { token }, fields })}`
}

export function enrolView({ language, action, csrf, sentence, secret, uri }: View & TotpEnrolment): Html {
  const fields: Field[] = [
    { name: 'code', label: say(language, 'sixDigits'), type: 'text', autocomplete: 'one-time-code', inputmode: 'numeric', maxlength: 10 }
  ]
  const grouped = (secret.match(/.{1,4}/g) ?? []).join(' ')
  return html`${fault(sentence)}
    <p>${say(language, 'enrolText')}</p>
    <p>${say(language, 'enrolKey')} <code class="key">${grouped}</code></p>
    <p><a href="${uri}">${say(language, 'enrolOpen')}</a></p>
    ${form({ action, csrf, button: say(language, 'confirm'), fields })}`
}

export function recoveryView({ language, codes, next }: { language: Language; codes: readonly string[]; next: string }): Html {
  return html`<p>${say(language, 'recoveryText')}</p>
    <ul class="codes">
      ${codes.map((code) => html`<li>${code}</li>`)}
    </ul>
    <a class="button" href="${next}">${say(language, 'goOn')}</a>`
}
