import { serviceActor } from '@siku/contracts'
import { closeWork, type WorkItem } from '@siku/db'
import { bestEntries, dossierWeights, scoreInstitution, scorePrecedent, type DossierDemand } from '@siku/matcher'
import { NotAnnotatedError } from '../errors.ts'
import { demandsTouched } from './ask-demands.ts'
import type { DossierContext } from './dossier-context.ts'
import { oweDossiers } from './owe-dossiers.ts'
import { readDemand } from './read-demand.ts'
import { removeDossier, storeDossier, type ComputedDossier } from './store-dossier.ts'

/**
 * Does one claim. A demand's dossier is made and stored in the transaction that closes the claim; a project result or an institution
 * owes the demands that it touches theirs. Both copies must have caught up after the claim was taken.
 */
export async function makeDossier(ctx: DossierContext, item: WorkItem): Promise<void> {
  if (item.library === 'cooperation-demand') return makeForDemand(ctx, item)
  const { recordId, causeId } = item
  if (ctx.dossierCopy.isUnread(recordId)) throw new NotAnnotatedError(recordId, ctx.thesaurus.edition)
  const demandIds = await demandsTouched(ctx, recordId)
  await ctx.db.withTx(actorOf(item), async (tx) => {
    await oweDossiers(tx, { demandIds, cause: 'counterpart.indexed', causeId, lane: 1 })
    await closeWork(tx, [item])
  })
}

async function makeForDemand(ctx: DossierContext, item: WorkItem): Promise<void> {
  const { db, thesaurus, weights } = ctx
  const { edition } = thesaurus
  const demand = await db.withRead(actorOf(item), (tx) => readDemand(tx, item.recordId, edition))
  const computed = demand && computeDossier(ctx, demand)
  await db.withTx(actorOf(item), async (tx) => {
    const versions = `${weights.version} ${dossierWeights().version}`
    if (demand && computed) await storeDossier(tx, { demand, computed, edition, weights: versions, now: ctx.now() })
    else await removeDossier(tx, item.recordId)
    await closeWork(tx, [item])
  })
}

/** The best six of each, by the demand, the head of its shortlist, and what is published; nothing else. */
export function computeDossier(
  { dossierCopy, thesaurus, weights }: Omit<DossierContext, 'db' | 'copy' | 'now'>,
  demand: DossierDemand
): ComputedDossier {
  const results = dossierCopy.resultsNear([demand.entry, ...demand.technologies], demand.country)
  const institutions = dossierCopy.institutionsServing(demand.country)
  return {
    precedents: bestEntries(results.map((result) => scorePrecedent(demand, result, thesaurus, weights))),
    institutions: bestEntries(institutions.map((institution) => scoreInstitution(demand, institution, thesaurus, weights)))
  }
}

const actorOf = ({ causeId }: WorkItem) => serviceActor('service:match', causeId ?? 'dossier')
