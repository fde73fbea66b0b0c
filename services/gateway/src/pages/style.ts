/** One small sheet for all pages; logical properties follow the direction of the text. */
export const style = `
:root { color-scheme: light; --ink: #1c2530; --quiet: #55606d; --line: #c5ccd4; --accent: #0b5c8a; --alarm: #9b1c1c; --paper: #fff; --ground: #f3f5f7 }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "Noto Naskh Arabic", sans-serif }
header { padding: 2rem 1rem .75rem; font-size: 1.125rem }
.mark { color: var(--accent); font-weight: 700; margin-inline-end: .35rem }
main { width: min(27rem, calc(100% - 2rem)); background: var(--paper); border: 1px solid var(--line); border-radius: .5rem; padding: 1.5rem }
h1 { margin: 0 0 1rem; font-size: 1.375rem; line-height: 1.3 }
p { margin: 0 0 1rem; overflow-wrap: anywhere }
label { display: block; font-weight: 600; margin-block-end: .25rem }
.field { margin-block-end: 1rem }
.hint { color: var(--quiet); font-size: .9rem; margin: .25rem 0 0 }
input { width: 100%; padding: .625rem .75rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid #76808b; border-radius: .375rem }
input:focus-visible, button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
input[dir=ltr] { text-align: start }
button, .button { display: inline-block; width: 100%; padding: .7rem 1rem; font: inherit; font-weight: 600; text-align: center; text-decoration: none; color: #fff;
  background: var(--accent); border: 1px solid var(--accent); border-radius: .375rem; cursor: pointer }
.second { color: var(--accent); background: var(--paper) }
form + form, form + .button, .button + form, .button + .button { margin-block-start: .75rem }
.fault, .notice { border: 1px solid; border-inline-start-width: .375rem; border-radius: .25rem; padding: .625rem .75rem }
.fault { color: var(--alarm); background: #fdf3f3 }
.notice { color: #1b5e34; background: #f1f8f3 }
code, .codes li { font: 1rem/1.6 ui-monospace, "DejaVu Sans Mono", monospace; direction: ltr; unicode-bidi: isolate; overflow-wrap: anywhere }
.key { display: block; padding: .5rem .75rem; background: var(--ground); border-radius: .25rem; letter-spacing: .04em }
.codes { list-style: none; margin: 0 0 1rem; padding: .75rem; background: var(--ground); border-radius: .25rem; columns: 2; text-align: center }
footer { padding: 1rem; margin-block-start: auto }
footer ul { list-style: none; display: flex; flex-wrap: wrap; justify-content: center; gap: .25rem 1rem; margin: 0; padding: 0; font-size: .9rem }
footer a { color: var(--quiet); display: inline-block; padding: .25rem 0 }
footer a[aria-current] { color: var(--ink); font-weight: 600 }
@media (max-width: 26rem) { header { padding-block-start: 1rem } main { padding: 1.25rem 1rem } .codes { columns: 1 } }
`.trimStart()

/** Four shelves in one square. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#0b5c8a"/>
<path d="M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9 9h4v4H9z" fill="#fff"/></svg>`
