import type postgres from 'postgres'
import { leftOut, type TableInBackup } from './format.ts'

type Table = Omit<TableInBackup, 'rows'>

/** The tables of ours that a backup holds, with the columns that are written: the catalog's, so that none is forgotten. */
export async function tablesToKeep(sql: postgres.Sql | postgres.TransactionSql): Promise<Table[]> {
  const rows = await sql<Table[]>`
    select n.nspname as schema, c.relname as name, array_agg(a.attname order by a.attnum)::text[] as columns
    from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and n.nspname in ('public', 'keys')
    group by 1, 2 order by 1, 2`
  return rows.filter(table => !leftOut.includes(`${table.schema}.${table.name}`)).map(row => ({ ...row }))
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A table's name for SQL. */
export const nameOf = ({ schema, name }: Pick<Table, 'schema' | 'name'>): string =>
  `${quoted(schema)}.${quoted(name)}`

/** A table's columns for SQL, in the order of the file. */
export const columnsOf = ({ columns }: Pick<Table, 'columns'>): string => columns.map(quoted).join(', ')
