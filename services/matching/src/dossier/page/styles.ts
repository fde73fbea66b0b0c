/** Eight colours that people with any kind of colour vision tell apart (Okabe and Ito 2008), as grounds light enough for black text. */
const grounds = ['#cfe6f7', '#fbdca6', '#bfe8d6', '#f6cbe0', '#f4eda0', '#f3c9ae', '#c5d4ee', '#dcdcdc']
const lines = ['#0072b2', '#b36b00', '#00785a', '#a8457f', '#7d7500', '#b04a00', '#274b8c', '#555555']
/** Two channels beside colour: the number, and the kind of line under the words. */
const kinds = ['solid', 'dashed', 'dotted', 'double']

const pairStyles = grounds
  .map((ground, index) => `.p${index + 1}{background:${ground};border-bottom:2px ${kinds[index % kinds.length]} ${lines[index]}}`)
  .join('\n')

export const dossierStyles = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#f5f4f0;color:#1c1c1c;font:16px/1.6 system-ui,"Noto Sans","Noto Sans CJK SC","Noto Sans Arabic","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem}
header{border-bottom:3px solid #8a1c1c;margin-bottom:1.5rem;padding-bottom:.75rem}
h1{font-size:1.5rem;line-height:1.35;margin:.25rem 0}
[dir=rtl] header h1{text-align:right}
h2{font-size:1.15rem;margin:2rem 0 .75rem;color:#8a1c1c}
h3{font-size:1.05rem;margin:0}
h4{font-size:.85rem;margin:1rem 0 .25rem;color:#555}
.sub{color:#555;font-size:.9rem;margin:0}
.card{background:#fff;border:1px solid #d8d5cc;border-radius:8px;padding:1rem 1.25rem;margin:0 0 1rem;break-inside:avoid-page}
summary{cursor:pointer}
summary h3{display:inline}
.badge{display:inline-block;border:1px solid currentColor;border-radius:4px;padding:0 .4rem;font-size:.8rem;margin-inline-end:.35rem}
.warn{color:#8a1c1c}
.texts{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin:.75rem 0}
.text{border-inline-start:3px solid #d8d5cc;padding-inline-start:.9rem;line-height:2.1;overflow-wrap:anywhere;min-width:0}
.text p{margin:.35rem 0;text-align:start}
.text .title{font-weight:600}
.text .aside{font-size:.9rem;color:#444;line-height:2;margin:.15rem 0}
.text .keyword{display:inline-block;font-size:.9rem;color:#444;margin:.15rem 0;margin-inline-end:.9rem}
mark{color:inherit;border-radius:2px;padding:0 .1em}
mark>sup,.key{font-size:.7em;font-weight:700;line-height:0}
ruby{ruby-align:center}
rt{font-size:.56em;color:#4a4a4a;font-weight:400;line-height:1.1;white-space:nowrap;padding:0 .2em}
table{border-collapse:collapse;width:100%;font-size:.9rem;margin:.5rem 0}
td,th{text-align:start;padding:.25rem .5rem;border-bottom:1px solid #e6e3da;vertical-align:top}
td.n{width:2.5rem}
.key{display:inline-block;min-width:1.7em;text-align:center;line-height:1.5;font-size:.85em;padding:0 .3em}
ul{margin:.25rem 0;padding-inline-start:1.2rem}
.why{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:0 1.5rem}
.missing li::marker{content:"?  ";font-weight:700}
.against li::marker{content:"\\2212  ";font-weight:700}
.entries{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem}
.entries .card{margin:0}
footer{color:#666;font-size:.85rem;margin-top:2rem;border-top:1px solid #d8d5cc;padding-top:.75rem}
${pairStyles}
@media (max-width:48rem){.texts{grid-template-columns:1fr}main{padding:.75rem}}
@media print{
body{background:#fff;font-size:10.5pt}main{max-width:none;padding:0}.card{border-color:#999}
mark{-webkit-print-color-adjust:exact;print-color-adjust:exact}
details::details-content{content-visibility:visible;block-size:auto}
summary{list-style:none}
@page{margin:15mm}
}`
