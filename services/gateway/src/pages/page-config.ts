import { guarded, reading, unrepeated, writing } from '../routes/access.ts'

export const formBytesMax = 16 * 1024

/** Pages are for people: they are not in the API document, and their forms carry the CSRF value in a hidden field. */
export const pageGet = { config: reading('session.open'), schema: { hide: true } } as const
export const pagePost = {
  config: { ...writing('session.open'), ...unrepeated, ...guarded, csrf: 'form' },
  schema: { hide: true },
  bodyLimit: formBytesMax
} as const
