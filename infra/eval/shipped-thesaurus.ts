import { compileThesaurus, readThesaurusSource, type Thesaurus } from '@siku/thesaurus'

let shipped: Thesaurus | undefined
let empty: Thesaurus | undefined

/** The vocabulary as shipped, read once in a process. */
export const shippedThesaurus = (): Thesaurus => (shipped ??= compileThesaurus(readThesaurusSource()))

/** No concept is recognised, so that every word of a text is a term. */
export const emptyThesaurus = (): Thesaurus => (empty ??= compileThesaurus({ ...readThesaurusSource(), concepts: [], labelRules: [] }))
