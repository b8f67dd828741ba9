import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { env } from '#lib/env.ts'
import * as schema from './schema/index.ts'

export type Database = PostgresJsDatabase<typeof schema>
/** A transaction, or the database itself where none is open: what a verb's inner functions take. */
export type Tx = Parameters<Parameters<Database['transaction']>[0]>[0] | Database

type Opened = { sql: postgres.Sql; db: Database; besideSql: postgres.Sql; besideDb: Database }

const besideConnections = 2

// Next bundles this file more than once a process: the pool is kept where all copies find it (one pool a process).
const kept = globalThis as typeof globalThis & { gangwayDatabase?: Opened }

function open(): Opened {
  const sql = pool(env().DATABASE_POOL)
  const besideSql = pool(besideConnections)
  return { sql, db: drizzle(sql, { schema }), besideSql, besideDb: drizzle(besideSql, { schema }) }
}

function pool(max: number): postgres.Sql {
  return postgres(env().DATABASE_URL, {
    max,
    connect_timeout: 5,
    idle_timeout: 60,
    // The driver's own waits grow to 20 seconds: too long after a database that was away for a moment.
    backoff: attempt => Math.min(attempt, 4) * 0.25,
    max_lifetime: 30 * 60,
    onnotice: () => {},
    connection: { application_name: 'gangway', statement_timeout: 15_000, lock_timeout: 5_000 },
  })
}

function opened(): Opened {
  kept.gangwayDatabase ??= open()
  return kept.gangwayDatabase
}

/** The database. Opened at first use, shared by the process. */
export const db = (): Database => opened().db

/** The driver below drizzle, for what drizzle cannot say. */
export const sqlClient = (): postgres.Sql => opened().sql

/**
 * A small pool of its own for what is asked on the side while a transaction may be open, such as a limit that counts although
 * the transaction is rolled back: waiting there for a connection that other such transactions hold would never end.
 */
export const besideSql = (): postgres.Sql => opened().besideSql

/** The same pool through drizzle. */
export const besideDb = (): Database => opened().besideDb

/** Runs `work` in one transaction. Never does HTTP inside: a slow neighbour would hold the connection. */
export const transaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => db().transaction(work)

/** Closes the pools; the process may end afterwards. */
export async function closeDatabase(): Promise<void> {
  const { gangwayDatabase } = kept
  delete kept.gangwayDatabase
  await Promise.all([
    gangwayDatabase?.sql.end({ timeout: 5 }),
    gangwayDatabase?.besideSql.end({ timeout: 5 }),
  ])
}
