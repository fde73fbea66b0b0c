import { collectionOf, schemaOf, type Actor, type LibraryName } from '@siku/contracts'
import { schemasOf } from '@siku/library-kit'
import { libraries } from '../../dev/installation/migrations.ts'
import { draftOf, type Json } from '../support/drafts.ts'
import type { Schema } from '../support/openapi.ts'
import type { Ask } from './open-canary.ts'
import type { TokenMaker } from './tokens.ts'

export type MarkedRecord = {
  library: LibraryName
  id: string
  revision: number
  ownerId: string
  files: string[]
  confidentialFields: string[]
}
export type Marking = { ask: Ask; maker: TokenMaker; author: Actor; reviewer: Actor; over?: Json }

/** Puts a token into every confidential text that the library's schema has, wherever it stands; says which fields these are. */
function confidentialParts(
  library: LibraryName,
  mark: (what: string, format: string | undefined) => string
): { value: Json; fields: string[] } {
  const found = libraries.find(({ name }) => name === library)
  if (!found) throw new Error(`there is no library ${library}`)
  const fields: string[] = []
  const value = fill(schemasOf(found).draft as unknown as Schema, '', { isMarked: false, fields, mark })
  return { value: value as Json, fields }
}

type Filling = { isMarked: boolean; fields: string[]; mark: (what: string, format: string | undefined) => string }

/** A value for each marked part of a schema, as small as the schema allows; nothing for the rest. */
function fill(schema: Schema, pointer: string, filling: Filling): unknown {
  const isMarked = filling.isMarked || schema['x-class'] === 'confidential'
  const here = { ...filling, isMarked }
  if (schema.properties) {
    const inner = Object.entries(schema.properties)
      .map(([name, field]) => [name, fill(field, `${pointer}/${name}`, here)] as const)
      .filter(([, value]) => value !== undefined)
    // What a marked object or its neighbours need is given too, or the draft would be refused.
    if (inner.length === 0) return undefined
    const needed = isBase(pointer)
      ? []
      : (schema.required ?? []).map(
          (name) =>
            [name, fill(schema.properties?.[name] ?? {}, `${pointer}/${name}`, here) ?? smallest(schema.properties?.[name])] as const
        )
    return Object.fromEntries([...needed, ...inner])
  }
  if (schema.items) {
    const item = fill(schema.items, `${pointer}/0`, here)
    return item === undefined ? undefined : [item]
  }
  if (!isMarked || schema.type !== 'string') return undefined
  if (schema.enum || schema.pattern || schema.format === 'date') return smallest(schema)
  filling.fields.push(pointer)
  return filling.mark(pointer, schema.format)
}

/** The draft that is laid underneath gives what these two need. */
const isBase = (pointer: string) => pointer === '' || pointer === '/details'

function smallest(schema: Schema = {}): unknown {
  if (schema.enum) return schema.enum[0]
  // No country that anybody here comes from: what is excluded or owned there keeps nobody away.
  if (schema.pattern === '^[A-Z]{2}$') return 'AQ'
  if (schema.pattern === '^[A-Z]{3}$') return 'CNY'
  if (schema.format === 'date') return '2030-01-01'
  if (schema.properties) return Object.fromEntries((schema.required ?? []).map((name) => [name, smallest(schema.properties?.[name])]))
  return schema.type === 'integer' || schema.type === 'number' ? 1 : undefined
}

/** A record with a token in every field that is not for everybody: posted, sent back once, published. */
export async function markedRecord(library: LibraryName, { ask, maker, author, reviewer, over = {} }: Marking): Promise<MarkedRecord> {
  const ownerId = author.organisationId ?? ''
  const about = (kind: Parameters<TokenMaker['word']>[0]['kind'], what: string) => ({ kind, what: `${library} ${what}`, ownerId })
  const path = `/v1/${collectionOf[library]}`
  const marked = confidentialParts(library, (what, format) => (format === 'uuid' ? maker.uuid : maker.word)(about('confidential', what)))
  const { details = {}, ...envelope } = marked.value as Json & { details?: Json }
  const draft = draftOf(library, { country: author.country, targetCountries: [], ...envelope, ...over, details })
  const say = async (actor: Actor, method: string, url: string, body?: unknown, headers: Record<string, string> = {}) => {
    const answer = await ask({ actor, service: library, method, url: `${path}${url}`, body, headers })
    if (answer.status >= 300) throw new Error(`${method} ${schemaOf(library)}${url} was answered ${answer.status}: ${answer.text}`)
    return JSON.parse(answer.text) as { id: string; revision: number }
  }
  const { id, ...created } = await say(author, 'POST', '', draft)
  let { revision } = created
  const step = async (actor: Actor, name: string, body?: unknown) =>
    ({ revision } = await say(actor, 'POST', `/${id}/${name}`, body, { 'if-match': `"r${revision}"` }))

  const files: string[] = []
  for (const confidentiality of ['owner', 'staff'] as const) {
    const [name, title, content] = ['name', 'title', 'content'].map((part) =>
      maker.word(about('closed file', `${confidentiality} file, ${part}`))
    )
    files.push(
      (
        await say(
          author,
          'POST',
          `/${id}/files?name=${name}.txt&title=${title}&confidentiality=${confidentiality}`,
          Buffer.from(`${content}`)
        )
      ).id
    )
    // A file is part of the draft.
    revision += 1
  }
  const contact = (what: string) => maker.word(about('contact', what))
  await say(author, 'PUT', `/${id}/contact`, {
    name: contact('name'),
    position: contact('position'),
    email: `${contact('mail')}@example.org`,
    address: contact('address'),
    phone: `+${maker.digits(about('contact', 'phone'))}`
  })
  await step(author, 'submit')
  await step(reviewer, 'return', { reasons: [{ code: 'other', text: maker.word(about('return reason', 'return reason')) }] })
  await step(author, 'submit')
  await step(reviewer, 'approve')
  return { library, id, revision, ownerId, files, confidentialFields: marked.fields }
}
