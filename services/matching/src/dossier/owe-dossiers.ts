import { oweWorkForAll, type Tx } from '@siku/db'

export type OwedDossiers = { demandIds: Iterable<string>; cause: string; causeId: string | null; lane?: 0 | 1 }

/** The dossiers of these demands are to be made again; in the transaction that made them stale. */
export const oweDossiers = (tx: Tx, { demandIds, ...owed }: OwedDossiers): Promise<void> =>
  oweWorkForAll(tx, { kind: 'dossier', library: 'cooperation-demand', recordIds: [...new Set(demandIds)].sort(), ...owed })
