import { isStaff, visibleFieldClasses, type Actor } from '@siku/contracts'
import { draftSchema } from './draft-schema.ts'
import type { Library } from './define-library.ts'
import { projectFields } from './project-fields.ts'
import { readingOfVersion } from './reading-of-version.ts'
import type { RecordRow, VersionRow } from './tables.ts'
import { turnOf } from './turn.ts'

export type RecordView = Record<string, unknown> & {
  id: string
  reference: string
  version: number
  revision: number
  state: string
  hidden: string[]
}

const instant = (at: Date | null) => at?.toISOString() ?? null

/** `tellsReading`: owner and staff are told what of the text is read for matching; finding out takes a moment for each record. */
export type Reader = { actor: Actor; now: Date; tellsReading?: boolean }

/** A record as this reader gets it: system fields, envelope and details, without what the reader may not see. */
export function toRecord(library: Library, row: RecordRow, version: VersionRow, reader: Reader): RecordView {
  const { actor, now } = reader
  const classes = visibleFieldClasses(actor, row.ownerOrganisationId)
  const isOwner = actor.organisationId !== null && actor.organisationId === row.ownerOrganisationId
  const inside = isOwner || isStaff(actor) || actor.kind === 'service'
  const { value, hidden } = projectFields(draftSchema(library), version.draft, classes)
  const reading = inside && reader.tellsReading === true ? readingOfVersion(library, row, version.draft) : undefined
  return {
    id: row.id,
    library: library.name,
    reference: row.reference,
    version: version.version,
    revision: revisionFor(row, inside),
    state: row.state,
    ...(inside ? { workingState: row.workingState, workingVersion: row.workingVersion, returnReasons: row.returnReasons } : {}),
    owner: ownerOf(row, version, inside),
    controlState: row.controlState,
    // With whom else there is a letter is nobody's business outside.
    clearedCountries: inside ? row.clearedCountries : row.clearedCountries.filter((country) => country === actor.country),
    ...(classes.has('internal') ? { screeningState: row.screeningState } : {}),
    ...(classes.has('review') ? { reviewNotes: row.reviewNotes } : {}),
    validUntil: instant(row.validUntil),
    renewals: row.renewals,
    lastConfirmedAt: instant(row.lastConfirmedAt),
    createdAt: row.createdAt.toISOString(),
    updatedAt: (inside ? row.updatedAt : (row.faceUpdatedAt ?? row.createdAt)).toISOString(),
    publishedAt: instant(row.publishedAt),
    mergedInto: row.mergedInto,
    turn: turnOf(library, row, { now, inside, reading }),
    ...(reading ? { reading } : {}),
    hidden,
    ...(value as object),
    openForInterest: row.openForInterest
  }
}

/** What guards writes is for those who may write; outsiders count changes of what they see. */
const revisionFor = (row: RecordRow, inside: boolean): number => (inside ? row.revision : (row.faceRevision ?? 1))

/** Outsiders learn the owner's name only where the record is public under it. */
function ownerOf(row: RecordRow, version: VersionRow, inside: boolean) {
  const { name, type, country, district } = row.owner
  const named = inside || version.draft.visibility === 'public-named'
  return { organisationId: named ? row.ownerOrganisationId : null, name: named ? name : null, type, country, district }
}
