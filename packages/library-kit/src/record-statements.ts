import { insertInto, selectFrom, selectWhere, statement, updateOf } from '@siku/db'
import type { LibraryTables } from './tables.ts'

export type RecordStatements = ReturnType<typeof recordStatements>

/** The statements that nearly every verb sends, made once for a library. */
export function recordStatements({ schemaName, record, version }: LibraryTables) {
  const sequence = `${schemaName}.reference`
  return {
    /** The reference is given without its number, which a sequence adds; gaps are allowed. */
    insertRecord: insertInto(record, { reference: `$ || nextval('${sequence}'::regclass)::text` }),
    /** The number that the insert of this connection has just taken. */
    lastNumber: statement<{ n: number }>(`select currval('${sequence}'::regclass) as n`),
    insertVersion: insertInto(version),
    recordById: selectFrom(record, ['id']),
    recordByReference: selectFrom(record, ['reference']),
    lockById: selectFrom(record, ['id'], 'update'),
    lockByReference: selectFrom(record, ['reference'], 'update'),
    /** The version of a record that is being worked on. */
    workingVersionOf: selectWhere(
      version,
      `record_id = $1 and version = (select working_version from ${schemaName}.record where id = record_id)`
    ),
    versionOf: selectFrom(version, ['recordId', 'version']),
    updateRecord: updateOf(record, ['id', 'revision']),
    updateVersion: updateOf(version, ['recordId', 'version'], 'nothing')
  }
}
