export { writeAudit, type AuditEntry } from './audit/write-audit.ts'
export { blobHash, findBlob, putBlob } from './blobs/blobs.ts'
export { assertServiceRole, connectDatabase, type ConnectOptions, type Database, type Tx } from './connect.ts'
export {
  CommitUnknownError,
  FencedOutError,
  LeaseBrokenError,
  MigrationChangedError,
  PoolExhaustedError,
  RolledBackError,
  UnsafeRoleError
} from './errors.ts'
export { migrateDatabase, migrationFiles, type MigrateOptions, type MigrationSet, type ServiceRole } from './migrate/migrate-database.ts'
export { sharedMigrations } from './migrate/shared-migrations.ts'
export { canonicalJson, contentHash } from './published/canonical.ts'
export {
  annotatedById,
  documentsAfter,
  documentsById,
  documentTruth,
  findAccess,
  lastPosition,
  pagesAfter,
  type AnnotatedDocument
} from './published/read-documents.ts'
export {
  carryAnnotations,
  dropAnnotations,
  editionNumbers,
  editionRows,
  firstSlice,
  holdEditions,
  isWaitingForEdition,
  leftBehind,
  liveRecordsAfter,
  lockEditions,
  publishEdition,
  putInForce,
  waitingForEdition,
  type EditionNumbers,
  type EditionRow,
  type LeftBehind
} from './published/thesaurus-editions.ts'
export { numberDocuments, writeAnnotations, type AnnotationRow } from './published/write-annotations.ts'
export { documentHash, writeDocument, type DocumentToWrite } from './published/write-document.ts'
export { insertInto, selectFrom, selectWhere, statement, updateOf } from './statements.ts'
export { takeHints, type Hint } from './work/hints.ts'
export { indexIntents, pruneIntents, type IntentItem, type IntentOutcome, type OpenIntent } from './work/index-intents.ts'
export {
  claimWork,
  closeWork,
  failWork,
  oweReindex,
  oweWork,
  oweWorkForAll,
  redriveWork,
  renewWork,
  type ClaimOptions,
  type Failure,
  type WorkItem,
  type WorkOwed
} from './work/ledger.ts'
export { parkedWork, workSummary, type ParkedWork, type WorkSummary } from './work/summary.ts'
export { finishTimer, takeTimer } from './work/timers.ts'
