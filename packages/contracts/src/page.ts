import { Type, type TSchema } from 'typebox'
import { Closed, ListOf } from './schema.ts'

export const pageLimitMax = 200
export const pageLimitDefault = 50

/** Query of every list: an opaque cursor from the page before, and how many at most. */
export const pageQuery = {
  cursor: Type.Optional(Type.String({ maxLength: 2048, description: 'Opaque cursor: `next` of the page before' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: pageLimitMax, default: pageLimitDefault, description: 'Items a page' }))
}

export const PageOf = <T extends TSchema>(item: T) =>
  Closed({
    data: ListOf(item, pageLimitMax),
    next: Type.Union([Type.String(), Type.Null()], { description: 'Cursor of the next page; null at the end' })
  })
