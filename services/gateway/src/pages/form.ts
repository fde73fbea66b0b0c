import { html, type Html } from './html.ts'

export type Field = {
  name: string
  label: string
  type: 'email' | 'password' | 'text'
  autocomplete: string
  value?: string
  hint?: string
  inputmode?: 'numeric'
  maxlength?: number
}

export type Form = {
  action: string
  csrf: string
  button: string
  fields: readonly Field[]
  hidden?: Record<string, string>
  look?: 'second'
}

/** A form that works without scripts; every field is labelled and says how a browser may fill it. */
export function form({ action, csrf, button, fields, hidden = {}, look }: Form): Html {
  const kept = Object.entries({ ...hidden, csrf }).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)
  return html`<form method="post" action="${action}" accept-charset="utf-8">
    ${kept}${fields.map(field)}
    <button type="submit" ${look === 'second' ? html` class="second"` : undefined}>${button}</button>
  </form>`
}

function field({ name, label, type, autocomplete, value, hint, inputmode, maxlength }: Field): Html {
  const describedBy = hint === undefined ? undefined : html` aria-describedby="${name}-hint"`
  const extras = [
    ...(value === undefined ? [] : [html` value="${value}"`]),
    ...(inputmode === undefined ? [] : [html` inputmode="${inputmode}"`]),
    ...(maxlength === undefined ? [] : [html` maxlength="${maxlength}"`])
  ]
  const direction = name === 'name' ? 'auto' : 'ltr'
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" dir="${direction}" required${extras}${describedBy} />
    ${hint === undefined ? undefined : html`<p class="hint" id="${name}-hint">${hint}</p>`}
  </div>`
}

export const fault = (sentence: string | undefined): Html =>
  sentence === undefined ? html`` : html`<p class="fault" role="alert">${sentence}</p>`
export const notice = (sentence: string | undefined): Html =>
  sentence === undefined ? html`` : html`<p class="notice" role="status">${sentence}</p>`
