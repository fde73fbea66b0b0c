/** A statement: subject, property, and an object as `<iri>` or `"text"@language`. */
export type Triple = readonly [subject: string, property: string, object: string]

const rdfType = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type'
// Terminals of RDF 1.1 Turtle, section 6.5, as far as this graph may use them; anything else is refused.
const space = /(?:[ \t\r\n]|#[^\r\n]*)*/y
const iri = /<((?:[^\u0000-\u0020<>"{}|^`\\])*)>/y // oxlint-disable-line no-control-regex
const prefix = /([A-Za-z](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?):/y
const localName = /([A-Za-z_0-9:](?:[A-Za-z0-9_:.-]*[A-Za-z0-9_:-])?)/y
const quoted = /"((?:[^"\\\n\r]|\\[tbnrf"'\\]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*)"/y
const languageTag = /@([a-zA-Z]+(?:-[a-zA-Z0-9]+)*)/y

/** Reads Turtle strictly: a document that is not of the grammar throws with its place. */
export function readTurtle(document: string): Triple[] {
  const prefixes = new Map<string, string>()
  const triples: Triple[] = []
  let at = 0
  const fail = (wanted: string): never => {
    throw new Error(`${wanted} expected at ${at}: ${JSON.stringify(document.slice(at, at + 60))}`)
  }
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at
    const found = pattern.exec(document)
    if (!found) return undefined
    at = pattern.lastIndex
    return found[1] ?? found[0]
  }
  const skip = () => void take(space)
  const takeSign = (sign: string): boolean => {
    skip()
    if (!document.startsWith(sign, at)) return false
    at += sign.length
    return true
  }
  const name = (): string => {
    skip()
    const whole = take(iri)
    if (whole !== undefined) return whole
    const head = take(prefix) ?? fail('an IRI or a prefixed name')
    return `${prefixes.get(head) ?? fail(`a declared prefix instead of ${head}`)}${take(localName) ?? ''}`
  }
  const literal = (): string | undefined => {
    skip()
    const words = take(quoted)
    if (words === undefined) return undefined
    const language = take(languageTag)
    return `${JSON.stringify(unescaped(words))}${language === undefined ? '' : `@${language}`}`
  }
  const property = (): string => {
    skip()
    return take(/a(?=[ \t\r\n])/y) === undefined ? name() : rdfType
  }
  const statement = () => {
    const subject = name()
    do {
      const verb = property()
      do triples.push([subject, verb, literal() ?? `<${name()}>`])
      while (takeSign(','))
    } while (takeSign(';'))
    if (!takeSign('.')) fail('a full stop')
  }
  for (skip(); at < document.length; skip()) {
    if (!takeSign('@prefix')) {
      statement()
      continue
    }
    skip()
    const head = take(prefix) ?? fail('a prefix')
    skip()
    prefixes.set(head, take(iri) ?? fail('an IRI'))
    if (!takeSign('.')) fail('a full stop')
  }
  return triples
}

const letters: Record<string, string> = { t: '\t', b: '\b', n: '\n', r: '\r', f: '\f', '"': '"', "'": "'", '\\': '\\' }
const unescaped = (words: string): string =>
  words.replaceAll(/\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))/g, (_, four, eight, letter) =>
    letter === undefined ? String.fromCodePoint(Number.parseInt(String(four ?? eight), 16)) : (letters[String(letter)] ?? '')
  )
