import { prefixes, type Resource, type Term } from './skos-resources.ts'

/** JSON-LD 1.1, a piece at a time: one context, and a graph with a resource a line. */
export function* writeJsonLd(resources: Iterable<Resource>): Generator<string> {
  yield `{"@context":${JSON.stringify(prefixes)},"@graph":[\n`
  let separator = ''
  for (const resource of resources) {
    yield `${separator}${JSON.stringify(nodeOf(resource))}`
    separator = ',\n'
  }
  yield '\n]}\n'
}

function nodeOf({ name, properties }: Resource): Record<string, unknown> {
  const node: Record<string, unknown> = { '@id': name }
  for (const [property, values] of properties) {
    if (values.length === 0) continue
    if (property === 'a') node['@type'] = values.flatMap((term) => ('name' in term ? [term.name] : []))
    else node[property] = values.map(valueOf)
  }
  return node
}

const valueOf = (term: Term): Record<string, string> =>
  'name' in term ? { '@id': term.name } : { '@value': term.text, ...(term.language === undefined ? {} : { '@language': term.language }) }
