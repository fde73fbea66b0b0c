import { Closed, Text, type LibraryName } from '@siku/contracts'
import { defineLibrary, passages, type Library } from '@siku/library-kit'
import { Type } from 'typebox'

/** The smallest library there can be, for cases that are the kit's own. */
export const sampleLibrary = (name: LibraryName): Library =>
  defineLibrary<{ note?: string }>({
    name,
    title: 'Sample',
    description: 'A library of notes',
    details: Closed({
      note: Type.Optional(Text(500)),
      code: Type.Optional(Type.String({ pattern: '^[0-9]+$' })),
      day: Type.Optional(Type.String({ format: 'date' }))
    }),
    check: () => [],
    publish: ({ details }) => ({ more: passages(details, ['note']) }),
    validity: { ageing: [], renewalsMax: null, renewableDaysBefore: null },
    controlStateFor: () => 'not-applicable'
  })
