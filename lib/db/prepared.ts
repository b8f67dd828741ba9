import { type Database, db } from './client.ts'

/**
 * A query over many columns that is asked often, put together once: doing so costs more than asking it. What differs from one time
 * to the next are its placeholders.
 */
export function prepared<Query>(make: (database: Database) => Query): () => Query {
  const made = new WeakMap<Database, Query>()
  return () => {
    const database = db()
    const query = made.get(database) ?? make(database)
    made.set(database, query)
    return query
  }
}
