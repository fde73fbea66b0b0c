import type { LibraryName } from '@siku/contracts'

/** One difference between what is derived and what it is derived from. */
export type DriftLine = { what: 'row' | 'index' | 'matches'; library: LibraryName; id: string; kind: string }
