import { getTableColumns } from 'drizzle-orm'
import { getTableConfig, type PgColumn, type PgTable } from 'drizzle-orm/pg-core'
import type { Tx } from './connect.ts'

/*
 * Statements by the typed tables whose text is put together once. Drizzle's builders do that anew for every call, which on a busy path
 * costs more than sending the statement; values and rows are still mapped by the columns themselves.
 */

type Row<T extends PgTable> = T['$inferSelect']
type Param = string | number | boolean | null
type Client = { unsafe: (query: string, params: unknown[]) => { values: () => Promise<unknown[][]>; rows: () => Promise<unknown[]> } }
type Columns = [field: string, column: PgColumn][]

/** A statement as it stands, with `$1`, `$2`, … for its parameters. Calls are sent in the order they are made, also if none is awaited. */
export const statement =
  <R = Record<string, unknown>>(text: string) =>
  (tx: Tx, ...params: Param[]): Promise<R[]> =>
    clientOf(tx).unsafe(text, params).rows() as Promise<R[]>

/** Columns whose value is worked out by the database, as SQL in which `$` stands for the value given. */
export type Expressions = Readonly<Record<string, string>>

/** Inserts one row. A field that is not given takes the default of its column. Nothing is read back, for that asks the reading policies too. */
export function insertInto<T extends PgTable>(table: T, expressions: Expressions = {}) {
  const { name, columns, rowsOf } = partsOf(table)
  const texts = new Map<string, string>()
  const textFor = (given: Columns) => {
    const list = given.map(([, column]) => quote(column.name)).join(', ')
    const values = given.map(([field], index) => (expressions[field] ?? '$').replace('$', () => `$${index + 1}`)).join(', ')
    return `insert into ${name} (${list}) values (${values})`
  }
  return async (tx: Tx, values: T['$inferInsert']): Promise<void> => {
    const given = givenOf(columns, values)
    await rowsOf(tx, textOf(texts, given, textFor), toDriver(given, values))
  }
}

/** Finds the row with these values of these fields; `update` locks it until the transaction ends. */
export function selectFrom<T extends PgTable, const F extends keyof Row<T> & string>(table: T, by: readonly F[], lock?: 'update') {
  const { name, columns, rowsOf } = partsOf(table)
  const keys = keysOf(columns, by)
  const text = `select ${columnList(columns)} from ${name} where ${conditions(keys, 1)}${lock === undefined ? '' : ` for ${lock}`}`
  return async (tx: Tx, key: Pick<Row<T>, F>): Promise<Row<T> | undefined> => {
    const [row] = await rowsOf(tx, text, toDriver(keys, key))
    return row
  }
}

/** Finds the row for which a condition in SQL holds, with `$1` for the value given. */
export function selectWhere<T extends PgTable>(table: T, condition: string) {
  const { name, columns, rowsOf } = partsOf(table)
  const text = `select ${columnList(columns)} from ${name} where ${condition}`
  return async (tx: Tx, value: Param): Promise<Row<T> | undefined> => {
    const [row] = await rowsOf(tx, text, [value])
    return row
  }
}

/**
 * Changes the row with these values of the fields `by` and gives back what it is now, or undefined if there is none. With `nothing` it is
 * not read back, which spares a large row.
 */
export function updateOf<T extends PgTable, const F extends keyof Row<T> & string>(
  table: T,
  by: readonly F[],
  answer: 'row' | 'nothing' = 'row'
) {
  const { name, columns, rowsOf } = partsOf(table)
  const keys = keysOf(columns, by)
  const texts = new Map<string, string>()
  const textFor = (given: Columns) => {
    const list = given.map(([, column], index) => `${quote(column.name)} = $${index + 1}`).join(', ')
    return `update ${name} set ${list} where ${conditions(keys, given.length + 1)}${answer === 'row' ? ` returning ${columnList(columns)}` : ''}`
  }
  return async (tx: Tx, key: Pick<Row<T>, F>, values: Partial<Row<T>>): Promise<Row<T> | undefined> => {
    const given = givenOf(columns, values)
    const [row] = await rowsOf(tx, textOf(texts, given, textFor), [...toDriver(given, values), ...toDriver(keys, key)])
    return row
  }
}

const clientOf = (tx: Tx): Client => (tx as unknown as { $client: Client }).$client

function partsOf<T extends PgTable>(table: T) {
  const { name, schema } = getTableConfig(table)
  const columns = Object.entries(getTableColumns(table)) as Columns
  const rowsOf = async (tx: Tx, text: string, params: unknown[]): Promise<Row<T>[]> => {
    const rows = await clientOf(tx).unsafe(text, params).values()
    return rows.map((values) => fromDriver(columns, values) as Row<T>)
  }
  return { name: schema === undefined ? quote(name) : `${quote(schema)}.${quote(name)}`, columns, rowsOf }
}

const keysOf = (columns: Columns, by: readonly string[]): Columns => by.flatMap((field) => columns.filter(([known]) => known === field))

const conditions = (keys: Columns, from: number) =>
  keys.map(([, column], index) => `${quote(column.name)} = $${from + index}`).join(' and ')
const columnList = (columns: Columns) => columns.map(([, column]) => quote(column.name)).join(', ')
const quote = (name: string) => `"${name.replaceAll('"', '""')}"`

const toDriver = (given: Columns, values: object): unknown[] =>
  given.map(([field, column]) => {
    const value = (values as Record<string, unknown>)[field]
    return value === null ? null : column.mapToDriverValue(value)
  })

function fromDriver(columns: Columns, values: unknown[]): Record<string, unknown> {
  const row: Record<string, unknown> = {}
  for (const [index, [field, column]] of columns.entries()) {
    const value = values[index]
    row[field] = value === null ? null : column.mapFromDriverValue(value)
  }
  return row
}

const givenOf = (columns: Columns, values: object): Columns =>
  columns.filter(([field]) => (values as Record<string, unknown>)[field] !== undefined)

/** The text for these columns, made when they are first given together. */
function textOf(texts: Map<string, string>, given: Columns, make: (given: Columns) => string): string {
  const key = given.map(([field]) => field).join()
  const known = texts.get(key)
  if (known !== undefined) return known
  const text = make(given)
  texts.set(key, text)
  return text
}
