import { prefixes, type Resource, type Term } from './skos-resources.ts'

/** RDF 1.1 Turtle, a piece at a time. Ids are of letters, digits and hyphens, so every name is a prefixed one. */
export function* writeTurtle(resources: Iterable<Resource>): Generator<string> {
  yield `${Object.entries(prefixes)
    .map(([prefix, iri]) => `@prefix ${prefix}: <${iri}> .`)
    .join('\n')}\n`
  for (const resource of resources) yield statementsOf(resource)
}

function statementsOf({ name, properties }: Resource): string {
  const lines = properties
    .filter(([, values]) => values.length > 0)
    .map(([property, values]) => `${property} ${values.map(termOf).join(', ')}`)
  return `\n${name} ${lines.join(' ;\n  ')} .\n`
}

const termOf = (term: Term): string =>
  'name' in term ? term.name : `"${escaped(term.text)}"${term.language === undefined ? '' : `@${term.language}`}`

const escapes: Record<string, string> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const escaped = (words: string): string =>
  // oxlint-disable-next-line no-control-regex
  words.replaceAll(/[\u0000-\u001f\u007f"\\]/g, (char) => escapes[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
