import { getTableColumns, is, SQL, sql } from 'drizzle-orm'
import type { PgInsertValue, PgTable } from 'drizzle-orm/pg-core'

/**
 * An insert of one row as a part (`with … as`) of a larger statement, done where the statement's part `won` has a row, and not done
 * where it has none. So a change that hangs on a row that has to be won is one statement, and one commit.
 */
export function insertWhere<T extends PgTable>(won: string, table: T, row: PgInsertValue<T>): SQL {
  const columns = getTableColumns(table)
  const given = Object.entries(row).flatMap(([key, value]) => {
    const column = columns[key]
    return column && value !== undefined ? [{ column, value }] : []
  })
  const names = given.map(({ column }) => sql.identifier(column.name))
  // In a select nothing says of which type a parameter is.
  const values = given.map(({ column, value }) =>
    is(value, SQL) ? value : sql`${sql.param(value, column)}::${sql.raw(column.getSQLType())}`,
  )
  const list = (parts: SQL[] | ReturnType<typeof sql.identifier>[]) => sql.join(parts, sql`, `)
  return sql`insert into ${table} (${list(names)}) select ${list(values)} from ${sql.identifier(won)}`
}
