import { languages } from '@siku/contracts'
import { compileEdition, relationKinds, type OverlayChange } from '@siku/thesaurus'
import t from 'tap'
import { prefixes, skosResources } from '../../src/concepts/skos/skos-resources.ts'
import { writeJsonLd } from '../../src/concepts/skos/write-json-ld.ts'
import { writeTurtle } from '../../src/concepts/skos/write-turtle.ts'
import { matchingService } from '../review/service.ts'
import { thesaurus } from '../support.ts'
import { readTurtle, type Triple } from './read-turtle.ts'

const skos = (name: string) => `${prefixes.skos}${name}`
const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
const conceptOf = (id: string) => `${prefixes.c}${id}`

/** The statements of a JSON-LD document of the plain form that is written here: a context of prefixes, and nodes one after another. */
function readJsonLd(document: string): Triple[] {
  type Value = { '@id': string } | { '@value': string; '@language'?: string }
  const { '@context': context, '@graph': graph } = JSON.parse(document) as {
    '@context': Record<string, string>
    '@graph': ({ '@id': string; '@type': string[] } & Record<string, Value[] | string | string[]>)[]
  }
  const expanded = (name: string): string => {
    const at = name.indexOf(':')
    return `${context[name.slice(0, at)] ?? `undeclared ${name} `}${name.slice(at + 1)}`
  }
  const objectOf = (value: Value): string =>
    '@id' in value
      ? `<${expanded(value['@id'])}>`
      : `${JSON.stringify(value['@value'])}${value['@language'] === undefined ? '' : `@${value['@language']}`}`
  return graph.flatMap(({ '@id': id, '@type': types, ...properties }) => [
    ...types.map((type): Triple => [expanded(id), rdfType, `<${expanded(type)}>`]),
    ...Object.entries(properties).flatMap(([property, values]) =>
      (values as Value[]).map((value): Triple => [expanded(id), expanded(property), objectOf(value)])
    )
  ])
}

const inOrder = (triples: readonly Triple[]): string[] => triples.map((triple) => triple.join(' ')).toSorted()

t.test('the thesaurus leaves as SKOS in two forms that say the same', async (t) => {
  const { app } = await matchingService(t)
  const get = (query: string, accept?: string) =>
    app.inject({ method: 'GET', url: `/v1/thesaurus/export${query}`, headers: accept === undefined ? {} : { accept } })
  const turtle = await get('')
  t.match(turtle, { statusCode: 200, headers: { 'content-type': 'text/turtle; charset=utf-8', vary: 'accept' } })
  t.match(turtle.headers['content-disposition'], `thesaurus-${thesaurus.edition}.ttl`)
  t.notOk('content-length' in turtle.headers, 'it is sent in pieces')
  const json = await get('', 'application/ld+json')
  t.match(json, { statusCode: 200, headers: { 'content-type': 'application/ld+json' } })
  t.equal((await get('?format=json-ld')).body, json.body)
  t.equal((await get('?format=turtle', 'application/ld+json')).body, turtle.body, 'what is named goes before what is accepted')
  t.equal((await get('?format=rdf-xml')).statusCode, 400)

  const triples = readTurtle(turtle.body)
  const lines = inOrder(triples)
  t.equal(new Set(lines).size, lines.length, 'nothing is said twice')
  t.ok(JSON.stringify(lines) === JSON.stringify(inOrder(readJsonLd(json.body))), 'both say the same')
  t.comment(`${triples.length} statements, ${turtle.body.length} characters of Turtle, ${json.body.length} of JSON-LD`)

  await t.test('all concepts, labels and relations are in it', async (t) => {
    const objects = (subject: string, property: string) =>
      triples.flatMap(([from, by, to]) => (from === subject && by === property ? [to] : []))
    const typed = triples.filter(([, by, to]) => by === rdfType && to === `<${skos('Concept')}>`).map(([from]) => from)
    t.same(typed.filter((name) => name.startsWith(prefixes.c)).toSorted(), thesaurus.conceptIds.map(conceptOf).toSorted())
    const labels = triples.filter(([from, by]) => from.startsWith(prefixes.c) && /#(pref|alt)Label$/.test(by)).length
    const written = thesaurus.concepts.reduce(
      (sum, { labels: own }) => sum + languages.reduce((some, language) => some + new Set(own[language] ?? []).size, 0),
      0
    )
    t.equal(labels, written)
    t.same(objects(`${prefixes.s}scheme`, `${prefixes.owl}versionInfo`), [JSON.stringify(thesaurus.edition)])
    for (const kind of relationKinds) {
      t.same(objects(`${prefixes.r}${kind}`, `${prefixes.rdfs}subPropertyOf`), [`<${skos('semanticRelation')}>`], `${kind} is declared`)
      const said = triples.filter(([, by]) => by === `${prefixes.r}${kind}`).map(([from, , to]) => `<${from}> ${to}`)
      const meant = thesaurus.concepts.flatMap(({ id, relations }) =>
        relations.filter((one) => one.kind === kind).map(({ target }) => `<${conceptOf(id)}> <${conceptOf(target)}>`)
      )
      t.same(said.toSorted(), [...new Set(meant)].toSorted(), kind)
    }
    const declared = Object.values(prefixes)
    t.ok(
      triples.every(([, by]) => by === rdfType || declared.some((iri) => by.startsWith(iri))),
      'no property is of a namespace that is not declared'
    )
  })

  await t.test('the conditions of the SKOS Reference hold', async (t) => {
    const preferred = triples.filter(([, by]) => by === skos('prefLabel')).map(([from, , to]) => `${from} ${to.slice(to.lastIndexOf('@'))}`)
    t.equal(new Set(preferred).size, preferred.length, 'S14: one preferred label a language')
    const labelsBy = (property: string) => triples.filter(([, by]) => by === skos(property)).map(([from, , to]) => `${from} ${to}`)
    const alternative = new Set(labelsBy('altLabel'))
    t.same(
      labelsBy('prefLabel').filter((label) => alternative.has(label)),
      [],
      'S13: preferred and alternative labels are disjoint'
    )
    const parents = new Map<string, string[]>()
    for (const [from, by, to] of triples) {
      if (by === skos('broader')) parents.set(from, [...(parents.get(from) ?? []), to.slice(1, -1)])
    }
    const above = (name: string): string[] => (parents.get(name) ?? []).flatMap((parent) => [parent, ...above(parent)])
    const related = triples.filter(([, by]) => by === skos('related'))
    t.ok(related.length > 0)
    t.same(
      related.filter(([from, , to]) => above(from).includes(to.slice(1, -1)) || above(to.slice(1, -1)).includes(from)),
      [],
      'S27: what is related stands neither above nor below'
    )
    const named = new Set(triples.map(([from]) => from))
    const own = [prefixes.c, prefixes.k, prefixes.s]
    const dangling = triples.filter(([, , to]) => own.some((iri) => to.startsWith(`<${iri}`)) && !named.has(to.slice(1, -1)))
    t.same(dangling, [], 'whatever is named is described')
  })
})

t.test('labels of any letters, and what staff added, are written so that they are read again as they are', async (t) => {
  const odd = ['back\\slash', 'a "quoted" label', 'aposto’phe & <tag>', 'كلمة', '词']
  const changes = odd.map((label): OverlayChange => ({ kind: 'add-label', concept: 'reverse-osmosis', language: 'en', label }))
  const edition = compileEdition(thesaurus, { number: 1, changes })
  const turtle = [...writeTurtle(skosResources(edition))].join('')
  const json = [...writeJsonLd(skosResources(edition))].join('')
  for (const read of [readTurtle(turtle), readJsonLd(json)]) {
    const labels = read.flatMap(([from, by, to]) => (from === conceptOf('reverse-osmosis') && by === skos('altLabel') ? [to] : []))
    for (const label of odd) t.ok(labels.includes(`${JSON.stringify(label)}@en`), label)
    t.ok(read.some(([, by, to]) => by === `${prefixes.owl}versionInfo` && to === JSON.stringify(edition.edition)))
  }
  t.match(
    [...writeTurtle([{ name: 's:x', properties: [['dct:title', [{ text: 'tab\tline\nbell\u0007' }]]] }])].join(''),
    /"tab\\tline\\nbell\\u0007"/
  )
})

t.test('control: what is not Turtle is refused', async (t) => {
  const head = '@prefix s: <urn:s:> .\n'
  t.equal(readTurtle(`${head}s:a s:b "x"@en, <urn:y> ; a s:c .`).length, 3)
  for (const wrong of [
    's:a s:b "x"@en',
    's:a s:b "line\nbreak" .',
    's:a s:b "x\\q" .',
    't:a s:b s:c .',
    's:a s:b .',
    '"x" s:b s:c .',
    's:a s:b s:c , .'
  ])
    t.throws(() => readTurtle(`${head}${wrong}`), wrong)
})
