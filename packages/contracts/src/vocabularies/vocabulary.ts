import type { Labels } from '../language.ts'

/** One controlled vocabulary: codes and what each is called in the seven languages, of a stated edition and source. */
export type Vocabulary<Code extends string = string> = {
  readonly name: string
  /** The edition of the source, so that two editions of one scheme can stand side by side. */
  readonly edition: string
  readonly source: string
  readonly values: Readonly<Record<Code, Labels>>
}

/** Labels for exactly the codes of one list of `codes.ts`: a code left out or invented does not compile. */
export type LabelsFor<Codes extends readonly string[]> = Record<Codes[number], Labels>
