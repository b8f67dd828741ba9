import { type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'

/**
 * The order of a list whose newest comes first, as `column.desc()` makes an index: the place of nulls, that there are none of,
 * included. PostgreSQL's own `desc` puts them elsewhere, and would sort all rows anew.
 */
export const newestFirst = (...columns: PgColumn[]): SQL[] =>
  columns.map(column => sql`${column} desc nulls last`)
