import { Closed, CodeOf } from '@siku/contracts'
import type { Service } from '@siku/service-kit'
import { Readable } from 'node:stream'
import { setImmediate as yieldToOthers } from 'node:timers/promises'
import { Type } from 'typebox'
import type { Reading } from './concept-routes.ts'
import { skosResources, type Resource } from './skos/skos-resources.ts'
import { writeJsonLd } from './skos/write-json-ld.ts'
import { writeTurtle } from './skos/write-turtle.ts'

const formats = ['turtle', 'json-ld'] as const
type Format = (typeof formats)[number]

const written: Record<Format, { type: string; file: string; write: (resources: Iterable<Resource>) => Iterable<string> }> = {
  turtle: { type: 'text/turtle', file: 'ttl', write: writeTurtle },
  'json-ld': { type: 'application/ld+json', file: 'jsonld', write: writeJsonLd }
}
const pieceLength = 65_536

/** The whole edition that lists are in, for other systems to take over: SKOS as Turtle or JSON-LD. */
export function exportRoutes(app: Service, reading: Reading): void {
  app.get(
    '/export',
    {
      config: { access: { action: 'vocabulary.read', scope: 'matching:read' } },
      schema: {
        operationId: 'export_thesaurus',
        tags: ['thesaurus'],
        summary: 'All concepts as SKOS: labels, broader, related, and the typed relations in a namespace of their own',
        querystring: Closed({
          format: Type.Optional(CodeOf(formats, 'Without it what Accept asks for, text/turtle or application/ld+json; else turtle'))
        }),
        response: {
          200: {
            description: 'The edition that lists are in; owl:versionInfo of the concept scheme names it',
            content: Object.fromEntries(formats.map((format) => [written[format].type, { schema: Type.Any() }]))
          }
        }
      }
    },
    async ({ query, headers }, reply) => {
      const { thesaurus } = reading
      const { type, file, write } = written[query.format ?? accepted(headers.accept)]
      return reply
        .header('content-type', type === 'text/turtle' ? `${type}; charset=utf-8` : type)
        .header('content-disposition', `attachment; filename="thesaurus-${thesaurus.edition}.${file}"`)
        .header('vary', 'accept')
        .send(Readable.from(pieces(write(skosResources(thesaurus)))))
    }
  )
}

const accepted = (accept: string | undefined): Format => (accept?.includes(written['json-ld'].type) ? 'json-ld' : 'turtle')

/** Pieces of some length, and others get their turn in between. */
async function* pieces(parts: Iterable<string>): AsyncGenerator<string> {
  let piece = ''
  for (const part of parts) {
    piece += part
    if (piece.length < pieceLength) continue
    yield piece
    piece = ''
    await yieldToOthers()
  }
  if (piece !== '') yield piece
}
