import type { Draft, PublishedText } from '@siku/contracts'
import { writeDocument, type Tx } from '@siku/db'
import type { LibraryContext } from './context.ts'
import type { Library } from './define-library.ts'
import type { RecordRow } from './tables.ts'

/** Sectors of both official editions are classification codes of one scheme; the owner's primary one stands first. */
function sectorsOf(draft: Draft): string[] {
  const lines = (draft.classification ?? []).filter((line) => line.scheme === 'beijing-high-precision' || line.scheme === 'plan-field')
  const ordered = [...lines].sort((a, b) => Number(b.isPrimary ?? false) - Number(a.isPrimary ?? false))
  return [...new Set(ordered.map((line) => line.code))]
}

/** The public text of a version: what index, matcher and feed may ever meet. Confidential fields never come here. */
export function publicText(library: Library, row: RecordRow, draft: Draft): PublishedText {
  const parts = library.publish(draft as never)
  const { name, type, country, district } = row.owner
  return {
    reference: row.reference,
    recordType: draft.recordType,
    sourceLanguage: draft.sourceLanguage,
    title: draft.title,
    summary: draft.summary,
    description: draft.description,
    translations: (draft.translations ?? [])
      .filter((line) => line.status !== 'draft')
      .map(({ language, title, summary, description, status }) => ({
        language,
        title,
        summary,
        ...(description === undefined ? {} : { description }),
        status: status === 'reviewed' ? 'reviewed' : 'machine'
      })),
    keywords: draft.keywords ?? [],
    sectors: sectorsOf(draft),
    classification: (draft.classification ?? []).map(({ scheme, edition, code }) => ({ scheme, edition, code })),
    stage: null,
    trl: null,
    cooperationModes: [],
    partnerTypes: [],
    criteria: [],
    performance: [],
    standards: [],
    seeks: null,
    deadline: null,
    services: [],
    serviceCountries: [],
    targetCountries: draft.targetCountries ?? [],
    targetRegions: draft.targetRegions ?? [],
    country: draft.country,
    owner: { name: draft.visibility === 'public-named' ? name : null, type, country, district },
    ...parts
  }
}

/** Writes what others see of a record, in the transaction that changed it. The index and the matcher are owed their work by this. */
export async function publishFace(tx: Tx, ctx: LibraryContext, library: Library, row: RecordRow, draft: Draft): Promise<void> {
  if (row.publishedVersion === null || row.faceRevision === null) return
  await writeDocument(
    tx,
    {
      library: library.name,
      id: row.id,
      version: row.publishedVersion,
      revision: row.faceRevision,
      tombstone: row.state !== 'published',
      state: row.state,
      visibility: draft.visibility,
      openForInterest: row.openForInterest,
      controlState: row.controlState,
      clearedCountries: row.clearedCountries,
      ownerKey: ctx.keyOf(row.ownerOrganisationId),
      excludedKeys: (draft.excludedOrganisations ?? []).map(ctx.keyOf),
      excludedCountries: draft.excludedCountries ?? [],
      country: draft.country,
      validUntil: row.validUntil?.toISOString() ?? null,
      publishedAt: row.publishedAt?.toISOString() ?? null,
      text: publicText(library, row, draft)
    },
    ctx.requestId
  )
}
