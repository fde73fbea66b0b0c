import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Type, type Static } from 'typebox'
import { namesOf, readJudgements, type Judgements } from './read-judgements.ts'
import { readJsonLines, refuseRepeated } from './read-lines.ts'

/** A finished project or an institution; collections name the same things in many ways, so all but the id is read by `dossier-text.ts`. */
export const DossierLine = Type.Object({ id: Type.String({ minLength: 1 }) })
export type DossierLine = Static<typeof DossierLine> & Readonly<Record<string, unknown>>

export type DossierCollection = { projects: DossierLine[]; institutions: DossierLine[]; judgements: Judgements }

const files = { projects: 'projects.jsonl', institutions: 'institutions.jsonl', judgements: 'dossier-qrels.tsv' }

/** Null where the folder judges no dossiers. */
export function readDossierCollection(
  folder: string,
  demands: readonly { id: string; need?: string | null | undefined }[]
): DossierCollection | null {
  if (!Object.values(files).every((file) => existsSync(join(folder, file)))) return null
  const projects: DossierLine[] = readJsonLines(join(folder, files.projects), DossierLine)
  const institutions: DossierLine[] = readJsonLines(join(folder, files.institutions), DossierLine)
  refuseRepeated([...projects, ...institutions], 'project or institution')
  const judgements = readJudgements(join(folder, files.judgements), {
    demands: namesOf(demands),
    judged: new Set([...projects, ...institutions].map(({ id }) => id)),
    kind: { noun: 'project or institution', absent: `which neither ${files.projects} nor ${files.institutions} has` }
  })
  return { projects, institutions, judgements }
}
