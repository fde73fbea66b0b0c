/** Staff changed the thesaurus of other shipped files than this process has: it must not read a text with anything else. */
export class EditionOfOtherFilesError extends Error {
  readonly code = 'SIKU_KIT_EDITION_OF_OTHER_FILES'

  constructor({ edition, base, shipped }: { edition: string; base: string; shipped: string }) {
    super(
      `Thesaurus edition ${edition} stands on shipped files ${base}, and this process has ${shipped}; run the version of the software ` +
        'that shipped those, or `npm run siku -- migrate` with this one to take the changes over'
    )
    this.name = 'EditionOfOtherFilesError'
  }
}

/** Another edition came while texts were read; the work comes due again and is done with it. */
export class EditionMovedError extends Error {
  readonly code = 'SIKU_KIT_EDITION_MOVED'

  constructor() {
    super('A newer thesaurus edition came while these records were read; they are read again with it')
    this.name = 'EditionMovedError'
  }
}
