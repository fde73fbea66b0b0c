import { clearedStates, serviceActor } from '@siku/contracts'
import type { Database } from '@siku/db'
import type { Library } from '@siku/library-kit'
import { sql } from 'drizzle-orm'
import type { Face } from './may-read.ts'
import type { RecordStanding } from './state-classes.ts'

export type Cloning = { owner: Database; library: Library; keyOf: (organisationId: string) => string }
export type CloneOf = { id: string; fileId: string; base: string; standing: RecordStanding; face: Face | undefined }

const actor = serviceActor('service:index', 'clone')

/**
 * Puts a copy of a published record, with its file, contact and public row, into another state. The matrix needs thousands of them, each
 * used up by one change; only the columns that say the state are other than what the real routes wrote.
 */
export async function cloneRecord({ owner, library, keyOf }: Cloning, { id, fileId, base, standing, face }: CloneOf): Promise<void> {
  const table = (name: string) => sql`${sql.identifier(library.schemaName)}.${sql.identifier(name)}`
  const copied = (name: string, over: object, where: ReturnType<typeof sql>) =>
    sql`insert into ${table(name)} select (jsonb_populate_record(null::${table(name)}, to_jsonb(one) || ${JSON.stringify(over)}::jsonb)).* from ${table(name)} one where ${where}`
  const { state, working } = standing
  const hasPublished = state !== 'new'
  const inDraft = face && {
    visibility: face.visibility,
    excludedCountries: face.excludedCountries,
    excludedOrganisations: face.excludedOrganisations
  }
  const versions = [...(hasPublished ? ['approved'] : []), ...(working ? [working] : [])]
  const record = {
    id,
    reference: `CLONE-${id}`,
    state,
    published_version: hasPublished ? 1 : null,
    working_version: working && versions.length,
    working_state: working,
    latest_version: versions.length,
    merged_into: state === 'merged' ? base : null,
    ...(state === 'expired' && { valid_until: '2020-01-01T00:00:00Z' }),
    ...(face && { visibility: face.visibility, control_state: face.control, cleared_countries: face.letters })
  }
  await owner.withTx(actor, async (tx) => {
    await tx.execute(copied('record', record, sql`id = ${base}::uuid`))
    for (const [index, versionState] of versions.entries()) {
      const over = { record_id: id, version: index + 1, state: versionState }
      await tx.execute(copied('version', over, sql`record_id = ${base}::uuid and version = 1`))
    }
    if (inDraft)
      await tx.execute(
        sql`update ${table('version')} set draft = draft || ${JSON.stringify(inDraft)}::jsonb where record_id = ${id}::uuid and state <> 'approved'`
      )
    await tx.execute(copied('file', { id: fileId, record_id: id }, sql`record_id = ${base}::uuid`))
    await tx.execute(copied('contact', { record_id: id }, sql`record_id = ${base}::uuid`))
    if (hasPublished) await tx.execute(faceOf({ id, base, state, face, keyOf }))
  })
}

function faceOf({ id, base, state, face, keyOf }: Pick<CloneOf, 'id' | 'base' | 'face'> & { state: string; keyOf: Cloning['keyOf'] }) {
  const over = {
    id,
    state,
    tombstone: state !== 'published',
    position: null,
    hash: id,
    ...(face && {
      visibility: face.visibility,
      control_state: face.control,
      cleared_countries: face.letters,
      excluded_keys: face.excludedOrganisations.map(keyOf),
      excluded_countries: face.excludedCountries,
      exposed: face.visibility !== 'staff' && ((clearedStates as readonly string[]).includes(face.control) || face.letters.length > 0)
    })
  }
  return sql`insert into published.document
    select (jsonb_populate_record(null::published.document, to_jsonb(one) || ${JSON.stringify(over)}::jsonb)).* from published.document one where id = ${base}::uuid`
}
